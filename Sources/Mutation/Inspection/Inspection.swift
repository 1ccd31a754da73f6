import PythonSyntax

/// What the mutator knows of one function: where it may be changed, and what may fail.
struct Inspection: Sendable {
  var expressions: [ExpressionSite] = []
  var blocks: [BlockSite] = []
  var scopes: [Scope] = []
  var doubts = Doubts()
  /// Whether a truth value may stand where a number is meant, as in `max(x > 2, y)`.
  var mixesTruth = false
  /// Type of the value of the last return seen.
  var result: ValueType = .unknown
}

/// An expression that may be replaced.
struct ExpressionSite: Sendable {
  /// Its place in numbering order.
  let number: Int
  let expression: Expression
  var type: ValueType
  var role: SiteRole
  /// Index in ``Inspection/scopes``.
  let scope: Int
}

/// What is asked of an expression beside its type.
enum SiteRole: Hashable, Sendable {
  case value
  /// An index of the named sequence, which must stay within it.
  case index(of: String)
  /// A right side that must not be zero.
  case divisor
  /// A small exponent.
  case exponent
  /// Not to be replaced.
  case fixed
}

/// A block of statements.
struct BlockSite: Sendable {
  /// Its place in numbering order; 0 is the function's body.
  let number: Int
  let statements: [Statement]
  /// Indices in ``Inspection/scopes`` of what has a value before each statement, and at the end.
  var scopes: [Int] = []
}
