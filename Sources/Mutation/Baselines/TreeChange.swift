import FunSearch
import PythonSyntax

/// One random change of a function's body, with the probabilities of the paper (Supplementary Information, A.2).
///
/// One assignment is inserted at a random place, of a unary or a binary operation, each equally likely; an argument
/// is a variable or a constant. Of the operations that were there each is deleted with probability 0.1 (one of its
/// arguments takes its place); a binary one gets another operator with probability 0.2, or another argument with
/// probability 0.2. What the paper leaves open is read so: `return` is an operation whose argument may be replaced,
/// since nothing that is inserted could have an effect else; and a constant that the paper draws from the normal
/// distribution is a sum of twelve uniform draws, which every machine adds up alike.
struct TreeChange {
  private(set) var random: RandomStream
  /// What was done, for the history: `paper-insert` always, the others where they were drawn.
  private(set) var names = ["paper-insert"]
  private let operations: Operations
  private let parameters: [String]

  /// What an inserted operation may be.
  struct Operations: Sendable {
    static let binary: [BinaryOperator] = [.add, .multiply, .divide, .floorDivide, .power, .modulo]
    private static let numpy = [
      "log", "sum", "argmin", "argmax", "median", "exp", "cumsum", "max", "min", "abs", "sign", "negative",
      "square", "sqrt",
    ]
    private static let math = ["log", "exp", "sqrt"]
    private static let builtin = ["sum", "max", "min", "abs"]

    /// Functions of one argument: numpy's where the specification imports it, else the nearest there are.
    let functions: [Expression]

    init(_ vocabulary: Vocabulary) {
      func members(_ module: String, _ names: [String]) -> [Expression] {
        names.map { .attribute(.name(module), $0) }
      }
      if let numpy = vocabulary.numpy {
        functions = members(numpy, Self.numpy)
      } else {
        functions =
          Self.builtin.filter { !vocabulary.shadowed.contains($0) }.map(Expression.name)
          + (vocabulary.math.map { members($0, Self.math) } ?? [])
      }
    }
  }

  init(_ operations: Operations, _ parameters: [String], _ random: RandomStream) {
    self.operations = operations
    self.parameters = parameters
    self.random = random
  }

  /// The body with one assignment more, and its old operations changed here and there.
  mutating func child(of body: [Statement]) -> [Statement] {
    let fresh = Self.freshName(body, parameters)
    var place = random.integer(below: Self.gaps(in: body, isOutermost: true))
    return changed(body, variables: parameters, isOutermost: true, inserting: fresh, at: &place)
  }

  /// Walks a block in order, so that a variable is used only behind its assignment.
  private mutating func changed(
    _ block: [Statement],
    variables: [String],
    isOutermost: Bool,
    inserting fresh: String,
    at place: inout Int
  ) -> [Statement] {
    var variables = variables
    var result: [Statement] = []
    let gaps = Self.gapRange(of: block, isOutermost: isOutermost)
    for index in 0...block.count {
      if gaps.contains(index) {
        if place == 0 {
          result.append(.assign([.name(fresh)], operation(variables)))
          variables.append(fresh)
        }
        place -= 1
      }
      guard index < block.count else { break }
      var statement = changed(block[index], variables)
      if statement.blocks.count == 2 {
        let inner = variables + Self.loopNames(statement)
        let blocks = statement.blocks
        let first = changed(blocks[0], variables: inner, isOutermost: false, inserting: fresh, at: &place)
        let second =
          blocks[1].isEmpty
          ? [] : changed(blocks[1], variables: variables, isOutermost: false, inserting: fresh, at: &place)
        statement = statement.with(first, second)
      }
      result.append(statement)
      if case .assign(let targets, _) = statement {
        for case .name(let name) in targets where !variables.contains(name) { variables.append(name) }
      }
    }
    return result
  }

  /// The statement with the operations of its own expression changed.
  private mutating func changed(_ statement: Statement, _ variables: [String]) -> Statement {
    guard let part = statement.part, !(part.isText) else { return statement }
    if case .returning = statement, random.chance(0.2) {
      note("paper-replace")
      return statement.with(part: argument(variables))
    }
    return statement.with(part: changed(part, variables))
  }

  /// Innermost operations first.
  private mutating func changed(_ expression: Expression, _ variables: [String]) -> Expression {
    let parts = expression.parts
    guard !parts.isEmpty else { return expression }
    var inner: [Expression] = []
    for part in parts { inner.append(changed(part, variables)) }
    let whole = expression.with(parts: inner)
    guard Self.isOperation(whole) else { return whole }
    if random.chance(0.1) {
      note("paper-delete")
      return random.element(of: inner)
    }
    guard case .binary(let left, let op, let right) = whole else { return whole }
    if random.chance(0.2) {
      note("paper-replace")
      return .binary(left, random.element(of: Operations.binary.filter { $0 != op }), right)
    }
    if random.chance(0.2) {
      note("paper-replace")
      let replacement = argument(variables)
      return random.chance(0.5) ? .binary(replacement, op, right) : .binary(left, op, replacement)
    }
    return whole
  }

  private mutating func note(_ name: String) {
    if !names.contains(name) { names.append(name) }
  }

  // MARK: What is inserted

  private mutating func operation(_ variables: [String]) -> Expression {
    if random.chance(0.5) {
      let (left, right) = (argument(variables), argument(variables))
      return .binary(left, random.element(of: Operations.binary), right)
    }
    let choice = random.integer(below: operations.functions.count + 1)
    guard choice < operations.functions.count else {
      // Indexing a constant cannot mean anything.
      guard !variables.isEmpty else { return argument(variables) }
      return .element(of: .name(random.element(of: variables)), at: argument(variables))
    }
    return .call(operations.functions[choice], [.positional(argument(variables))])
  }

  private mutating func argument(_ variables: [String]) -> Expression {
    if !variables.isEmpty, random.chance(0.5) { return .name(random.element(of: variables)) }
    if random.chance(0.5) { return .whole(random.integer(in: -10...10)) }
    let normal = (0..<12).reduce(-6.0) { sum, _ in sum + random.unit() }
    return .real((normal * 1000).rounded() / 1000)
  }

  // MARK: Places

  private static func isOperation(_ expression: Expression) -> Bool {
    switch expression {
    case .binary, .unary, .element, .call: true
    default: false
    }
  }

  /// Where an assignment may stand in a block: behind a docstring, before the last return.
  private static func gapRange(of block: [Statement], isOutermost: Bool) -> ClosedRange<Int> {
    let first = isOutermost ? block.docstring.count : 0
    guard case .returning? = block.last else { return first...max(first, block.count) }
    return first...max(first, block.count - 1)
  }

  private static func gaps(in block: [Statement], isOutermost: Bool) -> Int {
    block.reduce(gapRange(of: block, isOutermost: isOutermost).count) { count, statement in
      count + statement.blocks.filter { !$0.isEmpty }.reduce(0) { $0 + gaps(in: $1, isOutermost: false) }
    }
  }

  private static func loopNames(_ statement: Statement) -> [String] {
    if case .forLoop(let target, _, _, _) = statement { target.boundNames } else { [] }
  }

  /// The first of v0, v1 … that the function does not use.
  private static func freshName(_ body: [Statement], _ parameters: [String]) -> String {
    let function = FunctionDefinition(name: "", parameters: Parameters(), body: body)
    var used = Set(parameters)
    for case .name(let name) in function.subexpressions { used.insert(name) }
    var number = 0
    while used.contains("v\(number)") { number += 1 }
    return "v\(number)"
  }
}
