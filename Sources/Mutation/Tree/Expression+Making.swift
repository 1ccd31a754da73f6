import PythonSyntax

extension Expression {
  /// A literal whole number; a negative one is a minus and its absolute value, as Python parses it.
  static func whole(_ value: Int) -> Expression {
    value < 0 ? .unary(.minus, .constant(.int(-value))) : .constant(.int(value))
  }

  /// A literal float, likewise.
  static func real(_ value: Double) -> Expression {
    value < 0 ? .unary(.minus, .constant(.float(-value))) : .constant(.float(value + 0))
  }

  /// A call of a function by its name, with plain arguments.
  static func call(_ function: String, _ arguments: Expression...) -> Expression {
    .call(.name(function), arguments.map(Argument.positional))
  }

  /// A call of a function of a module, or of a method.
  static func call(_ owner: Expression, _ member: String, _ arguments: [Expression]) -> Expression {
    .call(.attribute(owner, member), arguments.map(Argument.positional))
  }

  /// `left op right` as one comparison.
  static func compare(_ left: Expression, _ op: ComparisonOperator, _ right: Expression) -> Expression {
    .comparison(left, [Comparison(op, right)])
  }

  /// The number a literal stands for, its sign included.
  var literal: Double? {
    switch self {
    case .constant(.int(let value)): Double(value)
    case .constant(.float(let value)): value
    case .unary(.minus, .constant(.int(let value))): -Double(value)
    case .unary(.minus, .constant(.float(let value))): -value
    default: nil
    }
  }

  /// The whole number a literal stands for, its sign included.
  var wholeLiteral: Int? {
    switch self {
    case .constant(.int(let value)): value
    case .unary(.minus, .constant(.int(let value))): -value
    default: nil
    }
  }

  /// True for a literal float.
  var isFloatLiteral: Bool { literal != nil && wholeLiteral == nil }
}
