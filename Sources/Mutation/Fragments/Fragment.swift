import PythonSyntax

/// An expression or statement of a problem's vocabulary, checked, with holes to fill.
struct Fragment: Sendable {
  /// The expression, or the statement.
  let shape: Shape
  let holes: [Hole]
  /// Names bound inside it: loop variables.
  let bound: [String]
  /// Parameters of the function that it uses.
  let parameters: [Variable]
  /// Loops inside it that stand in one another.
  let depth: Int
  /// Whether its author vouches for its type and that it cannot fail.
  let isTrusted: Bool

  enum Shape: Sendable {
    case expression(Expression, ValueType)
    case statement(Statement)
  }

  struct Hole: Hashable, Sendable {
    /// What stands for it in the shape.
    let name: String
    let kind: HoleKind
    /// Loop variables of the fragment that have a value at its place.
    let inner: [Variable]
  }
}

/// The checked vocabulary of a problem.
struct Fragments: Sendable {
  var expressions: [Fragment] = []
  var statements: [Fragment] = []
  /// Those of ``expressions`` whose type their author vouches for.
  var trusted: [Fragment] = []

  mutating func add(_ fragment: Fragment) {
    switch fragment.shape {
    case .expression:
      expressions.append(fragment)
      if fragment.isTrusted { trusted.append(fragment) }
    case .statement: statements.append(fragment)
    }
  }
}
