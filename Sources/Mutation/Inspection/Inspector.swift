import PythonSyntax

/// Walks a function once: finds the types of its expressions, and counts what it cannot prove harmless.
struct Inspector {
  let vocabulary: Vocabulary
  var found = Inspection()
  /// The next expression's place in numbering order.
  var number = 0
  private var blockNumber = 0
  /// Names the function assigns somewhere: they are local, whatever the module defines.
  private var assigned: [String] = []
  /// True inside the value of a shift statement, where whole arrays have the wrong shape.
  var shifting = false
  /// True inside an index, which is changed as a whole but for its literals.
  var indexing = false

  /// What is known of a body, when `start` has a value at its start.
  static func inspect(_ body: [Statement], _ start: Scope, _ vocabulary: Vocabulary) -> Inspection {
    var inspector = Inspector(vocabulary: vocabulary)
    inspector.assigned = body.assignedNames
    inspector.pinned = body.namesOfWhileTests
    var scope = start
    // A parameter that is assigned to may be anything later.
    for name in inspector.assigned {
      guard let parameter = scope[name] else { continue }
      inspector.doubt(.foreign)
      scope.define(name, parameter.type, .local)
    }
    let ends = inspector.block(body, &scope)
    if !ends { inspector.doubt(.shape) }
    return inspector.found
  }

  private init(vocabulary: Vocabulary) {
    self.vocabulary = vocabulary
    found.expressions.reserveCapacity(128)
    found.scopes.reserveCapacity(32)
    found.blocks.reserveCapacity(16)
  }

  mutating func doubt(_ kind: Doubts.Kind) {
    found.doubts.add(kind)
  }

  /// Notes that a value may be a truth value or a number.
  ///
  /// Those that comparisons of numpy's numbers give cannot be subtracted.
  mutating func mixesTruth() {
    found.mixesTruth = true
    if vocabulary.readsArrays { doubt(.type) }
  }

  /// Registers a scope that sites refer to.
  mutating func register(_ scope: Scope) -> Int {
    found.scopes.append(scope)
    return found.scopes.count - 1
  }

  /// Names that decide how often a `while` runs.
  private(set) var pinned: [String] = []

  /// Takes the next number for an expression and makes it a site; its type is filled in by the caller.
  mutating func site(_ expression: Expression, _ role: SiteRole, _ scope: Int) -> Int {
    let role = indexing && role == .value && expression.literal == nil ? .fixed : role
    found.expressions.append(
      ExpressionSite(number: number, expression: expression, type: .unknown, role: role, scope: scope)
    )
    number += 1
    return found.expressions.count - 1
  }

  /// Takes the latest sites, from this index on, out of those that may be changed: what the parent relies on.
  mutating func freeze(from first: Int) {
    for site in first..<found.expressions.count { found.expressions[site].role = .fixed }
  }

  mutating func settle(_ site: Int, _ type: ValueType) -> ValueType {
    found.expressions[site].type = type
    return type
  }

  /// Passes over an expression whose parts are fixed by what stands around them.
  mutating func skip(_ expression: Expression) {
    number += expression.size
  }

  /// The names in what the mutator does not look into: they must have a value, or be of the module.
  mutating func foreign(_ names: Set<String>, _ scope: Scope) {
    doubt(.foreign)
    for name in names where scope[name] == nil && !isGlobal(name) { doubt(.name) }
  }

  /// True when the name is known to the module or to Python.
  func isGlobal(_ name: String) -> Bool {
    !assigned.contains(name) && vocabulary.globals.contains(name)
  }

  /// Goes through a block; true when its end cannot be reached.
  mutating func block(_ statements: [Statement], _ scope: inout Scope) -> Bool {
    let index = found.blocks.count
    found.blocks.append(BlockSite(number: blockNumber, statements: statements))
    blockNumber += 1
    var ended = false
    for statement in statements {
      let before = register(scope)
      found.blocks[index].scopes.append(before)
      if self.statement(statement, &scope, before) { ended = true }
    }
    found.blocks[index].scopes.append(register(scope))
    return ended
  }
}
