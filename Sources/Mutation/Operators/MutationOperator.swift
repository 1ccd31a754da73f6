import FunSearch
import PythonSyntax

/// One way to change a program.
protocol MutationOperator: Sendable {
  /// As in settings and reports.
  var name: String { get }
  var defaultWeight: Double { get }
  /// A changed body; nil where the program offers nothing to change in this way.
  ///
  /// The result need not be harmless: the proposer inspects it and tries again.
  func apply(to draft: Draft, _ random: inout RandomStream) -> Change?
}

/// All operators, in a fixed order.
enum MutationOperators {
  static let all: [any MutationOperator] = [
    ConstantOperator(), PointOperator(), SubtreeOperator(), InsertOperator(), DeleteOperator(),
    DuplicateOperator(), SwapOperator(), HoistOperator(), WrapOperator(), SymmetriseOperator(),
    CrossoverSubtreeOperator(), CrossoverStatementOperator(), RestartOperator(),
  ]
}

/// A program on its way to become a child.
struct Draft: Sendable {
  let grammar: Grammar
  let body: [Statement]
  let inspection: Inspection
  /// The other versions.
  let donors: [Donor]
  /// What has a value at the start of the body.
  let start: Scope

  /// A random expression that passes the test, each equally likely.
  func site(_ random: inout RandomStream, where test: (ExpressionSite) -> Bool) -> ExpressionSite? {
    let count = inspection.expressions.count { test($0) }
    guard count > 0 else { return nil }
    var rest = random.integer(below: count)
    for site in inspection.expressions where test(site) {
      if rest == 0 { return site }
      rest -= 1
    }
    return nil
  }

  func scope(_ site: ExpressionSite) -> Scope { inspection.scopes[site.scope] }

  /// The body with one expression replaced.
  func replacing(_ site: ExpressionSite, with expression: Expression) -> [Statement]? {
    var target = site.number
    return body.replacing(&target) { _ in expression }
  }

  /// The body with one block replaced.
  func replacing(_ block: BlockSite, with statements: [Statement]) -> [Statement]? {
    var target = block.number
    return body.replacingBlock(&target) { _ in statements }
  }

  /// A random place of a statement that may be moved or removed: all but docstrings and the last return.
  func statement(_ random: inout RandomStream) -> (block: BlockSite, index: Int)? {
    let count = inspection.blocks.reduce(0) { $0 + $1.movable.count }
    guard count > 0 else { return nil }
    var rest = random.integer(below: count)
    for block in inspection.blocks {
      if rest < block.movable.count { return (block, block.movable.lowerBound + rest) }
      rest -= block.movable.count
    }
    return nil
  }

  /// A random place between statements, the larger blocks the likelier.
  func gap(_ random: inout RandomStream) -> (block: BlockSite, index: Int)? {
    // An empty `else` is a place too, but a rare one.
    let blocks = inspection.blocks.filter { !$0.statements.isEmpty || random.chance(0.1) }
    guard !blocks.isEmpty else { return nil }
    let block = blocks[random.index(weights: blocks.map { Double($0.movable.count + 1) })]
    return (block, block.movable.lowerBound + random.integer(below: block.movable.count + 1))
  }
}

/// Another version, that gives material; looked at only when it is asked for.
struct Donor: Sendable {
  let program: Program
  /// The program that receives; the donor's parameters may have other names.
  let receiver: ProgramCode
  let parents: ParentCache

  /// What the mutator knows of the donor under the receiver's parameter names; nil for a program that cannot be
  /// decoded.
  func inspection(from start: Scope, _ vocabulary: Vocabulary) -> Inspection? {
    guard let parent = try? parents.parent(program) else { return nil }
    let (given, wanted) = (parent.code.function, receiver.function.parameters)
    if given.parameters == wanted { return parent.inspection }
    return Inspector.inspect(given.body(named: wanted), start, vocabulary)
  }
}

/// What an operator made of a draft.
struct Change {
  let body: [Statement]
  /// Index of the donor that gave something.
  var donor: Int?
}

extension BlockSite {
  /// Indices of the statements that may be moved or removed.
  var movable: Range<Int> {
    guard number == 0 else { return statements.indices }
    var first = 0
    if case .expression(let value)? = statements.first, value.isText { first = 1 }
    guard case .returning? = statements.last else { return first..<statements.count }
    return first..<(statements.count - 1)
  }
}
