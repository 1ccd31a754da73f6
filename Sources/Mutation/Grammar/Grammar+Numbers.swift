import FunSearch
import PythonSyntax

extension Grammar {
  /// An expression whose value is a number.
  func number(_ scope: Scope, _ depth: Int, _ random: inout RandomStream) -> Expression {
    if let fragment = fragment(.float, scope, depth, &random) { return fragment }
    guard depth > 0, random.chance(0.75) else { return numberLeaf(scope, &random) }
    let numbers = scope.hasNumbers
    switch random.index(weights: [4, 3, 0.8, numbers && scope.depth < 2 ? 1.5 : 0, 0.6, 0.4, 0.3]) {
    case 0: return arithmetic(.float, scope, depth, &random)
    case 1: return .binary(number(scope, depth - 1, &random), .modulo, divisor(scope, depth - 1, &random))
    case 2:
      return .conditional(
        test: test(scope, depth - 1, &random),
        body: number(scope, depth - 1, &random),
        otherwise: number(scope, depth - 1, &random)
      )
    case 3: return comprehension(scope, depth, &random) ?? numberLeaf(scope, &random)
    case 4: return function(scope, depth, &random)
    case 5: return power(scope, &random)
    default: return .unary(.minus, nonLiteral(scope, &random))
    }
  }

  /// An expression whose value is a whole number.
  func whole(_ scope: Scope, _ depth: Int, _ random: inout RandomStream) -> Expression {
    if let fragment = fragment(.int, scope, depth, &random) { return fragment }
    if let other = other(.int, scope, depth, &random) { return other }
    if depth > 0, random.chance(0.5) {
      if random.chance(0.3) {
        return .binary(whole(scope, depth - 1, &random), .modulo, .whole(modulus(&random)))
      }
      return arithmetic(.int, scope, depth, &random)
    }
    switch random.index(weights: [2, 2, 3, 1]) {
    case 0: return wholeLiteral(&random)
    case 1: return variable(scope, &random) { $0.type == .int } ?? wholeLiteral(&random)
    case 2:
      let sequence = scope.sequence(&random) { $0 == .int }
      return sequence.map { element(of: $0.name, scope, &random) } ?? wholeLiteral(&random)
    default:
      guard let sequence = scope.sequence(&random, where: { $0 == .int }) else {
        return wholeLiteral(&random)
      }
      return .call(.name(sequence.name), "count", [elementValue(scope, &random)])
    }
  }

  /// A literal, a variable, an element, or a summary of a sequence.
  func numberLeaf(_ scope: Scope, _ random: inout RandomStream) -> Expression {
    if let other = other(.float, scope, 1, &random) { return other }
    let numbers = scope.hasNumbers
    let inLoop = scope.variables.contains { if case .index = $0.role { true } else { false } }
    let variables: Double = numbers ? (inLoop ? 1.0 : 0.7) : 4
    let elements: Double = !numbers ? 0 : inLoop ? 4 : 1
    let summaries: Double = !numbers ? 0 : inLoop ? 1 : 5
    switch random.index(weights: [1.2, variables, elements, summaries, 0.1]) {
    case 0: return literal(&random)
    case 1: return variable(scope, &random) { $0.type == .int || $0.type == .float } ?? literal(&random)
    case 2:
      let sequence = scope.sequence(&random) { $0 == .int || $0 == .float || $0 == .bool }
      return sequence.map { element(of: $0.name, scope, &random) } ?? literal(&random)
    case 3: return summary(scope, &random) ?? literal(&random)
    default: return reduction(scope, &random) ?? literal(&random)
    }
  }

  /// `left op right` of numbers.
  private func arithmetic(
    _ type: ValueType,
    _ scope: Scope,
    _ depth: Int,
    _ random: inout RandomStream
  ) -> Expression {
    var left = expression(type, scope, depth - 1, &random)
    if left.literal != nil, random.chance(0.7) { left = nonLiteral(scope, &random, type) }
    switch random.index(weights: [3, 2.5, 3, type == .float ? 0.7 : 0, 0.4]) {
    case 0: return .binary(left, .add, expression(type, scope, depth - 1, &random))
    case 1: return .binary(left, .subtract, expression(type, scope, depth - 1, &random))
    case 2: return .binary(left, .multiply, expression(type, scope, depth - 1, &random))
    case 3: return .binary(left, .divide, divisor(scope, 0, &random))
    default: return .binary(left, .floorDivide, .whole(modulus(&random)))
    }
  }

  /// `abs`, `min` or `max`, or a function of `math` where the specification imports it.
  private func function(_ scope: Scope, _ depth: Int, _ random: inout RandomStream) -> Expression {
    let value = number(scope, depth - 1, &random)
    if let math = vocabulary.math, random.chance(0.3) {
      let owner = Expression.name(math)
      if random.chance(0.4) { return .call(owner, "sqrt", [.call("abs", value)]) }
      return .call(owner, random.element(of: ["sin", "cos", "tanh"]), [value])
    }
    switch random.index(weights: [2, 1, 1]) {
    case 0: return .call("abs", value)
    case 1: return .call("max", value, number(scope, depth - 1, &random))
    default: return .call("min", value, number(scope, depth - 1, &random))
    }
  }

  /// A power that neither overflows nor is complex.
  private func power(_ scope: Scope, _ random: inout RandomStream) -> Expression {
    switch random.index(weights: [3, 1, 1]) {
    case 0: return .binary(nonLiteral(scope, &random), .power, .whole(2 + random.geometric(0.3, limit: 1)))
    case 1: return .binary(.call("abs", nonLiteral(scope, &random)), .power, .real(0.5))
    default:
      let exponent = Expression.binary(
        nonLiteral(scope, &random),
        .modulo,
        .whole(2 + random.integer(below: 6))
      )
      return .binary(.whole(2 + random.integer(below: 2)), .power, exponent)
    }
  }

  /// A leaf that is not a literal, where there is one.
  private func nonLiteral(
    _ scope: Scope,
    _ random: inout RandomStream,
    _ type: ValueType = .float
  ) -> Expression {
    for _ in 0..<4 {
      let leaf = expression(type, scope, 0, &random)
      if leaf.literal == nil { return leaf }
    }
    return .whole(1 + random.integer(below: 3))
  }
}
