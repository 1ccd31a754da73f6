import PythonSyntax

extension Expression {
  /// True for an operation whose result is plain without running it.
  ///
  /// That is one of literals alone, of an expression with itself, or with a neutral literal. Searching among
  /// such programs is a waste.
  var isIdle: Bool {
    switch self {
    case .unary(_, let operand): operand.isNegation || operand.isConstantTest
    case .binary(let left, let op, let right):
      left.literal != nil && right.literal != nil || op.isIdle(left, right)
    case .comparison(let left, let links):
      links.contains { $0.right == left || $0.right.literal != nil && left.literal != nil }
    case .boolean(_, let operands): operands.count == 2 && operands[0] == operands[1]
    case .conditional(let test, let body, let otherwise): body == otherwise || test.literal != nil
    case .call(.name("abs"), let arguments): arguments.first?.plain?.isNotNegative ?? false
    case .call(.name("max"), let arguments), .call(.name("min"), let arguments):
      arguments.count == 2
        && (arguments[0] == arguments[1] || arguments.allSatisfy { $0.plain?.literal != nil })
    default: false
    }
  }

  private var isNegation: Bool {
    if case .unary(.not, _) = self { true } else if case .unary(.minus, _) = self { true } else { false }
  }

  private var isConstantTest: Bool { if case .comparison = self { isIdle } else { false } }

  private var isNotNegative: Bool {
    if isAbsolute || literal != nil { return true }
    if case .call(.attribute(_, "count"), _) = self { return true }
    if case .call(.name("len"), _) = self { return true }
    return false
  }
}

extension BinaryOperator {
  fileprivate func isIdle(_ left: Expression, _ right: Expression) -> Bool {
    switch self {
    case .add: right.literal == 0 || left.literal == 0
    case .subtract: right.literal == 0 || left == right
    case .multiply: right.literal == 0 || left.literal == 0 || right.literal == 1 || left.literal == 1
    case .divide: right.literal == 1 || left.literal == 0
    case .floorDivide: right.literal == 1 || left.literal == 0 || left == right
    case .modulo: right.wholeLiteral == 1 && !(left.literal == nil) || left == right || left.literal == 0
    case .power: right.literal == 1 || left.literal == 0 || left.literal == 1
    default: left == right
    }
  }
}
