import FunSearch
import PythonSyntax

extension Grammar {
  /// An element-wise expression of the arrays in scope.
  func array(_ scope: Scope, _ depth: Int, _ random: inout RandomStream) -> Expression {
    if let fragment = fragment(.array, scope, depth, &random) { return fragment }
    let leaf = variable(scope, &random) { $0.type == .array || $0.type == .floatArray } ?? literal(&random)
    if vocabulary.hasMasks, depth > 0, let numpy = vocabulary.numpy, random.chance(0.15) {
      let other = random.chance(0.5) ? array(scope, depth - 1, &random) : numberLeaf(scope, &random)
      return .call(.name(numpy), "where", [mask(scope, 0, &random), leaf, other])
    }
    guard depth > 0, random.chance(0.8) else { return leaf }
    let value = random.chance(0.5) ? leaf : array(scope, depth - 1, &random)
    func other() -> Expression {
      random.chance(0.4) ? array(scope, depth - 1, &random) : numberLeaf(scope, &random)
    }
    func called(_ name: String, _ arguments: [Expression]) -> Expression? {
      vocabulary.numpy.map { .call(.name($0), name, arguments) }
    }
    switch random.index(weights: [3, 4, 2.5, 1, 1, 0.8, 1, 1.5, 0.5]) {
    case 0: return .binary(value, .add, other())
    case 1: return .binary(value, .subtract, other())
    case 2: return .binary(value, .multiply, other())
    case 3: return .binary(value, .divide, arrayDivisor(scope, &random))
    case 4: return .binary(value, .modulo, divisor(scope, 0, &random))
    case 5: return .binary(leaf, .power, .whole(2 + random.geometric(0.4, limit: 2)))
    case 6: return called(random.chance(0.5) ? "maximum" : "minimum", [value, other()]) ?? value
    case 7: return called("where", [mask(scope, depth - 1, &random), value, other()]) ?? value
    default: return .call("abs", value)
    }
  }

  private func arrayDivisor(_ scope: Scope, _ random: inout RandomStream) -> Expression {
    guard random.chance(0.6) else { return divisor(scope, 0, &random) }
    return .binary(.call("abs", array(scope, 1, &random)), .add, random.chance(0.5) ? .whole(1) : .real(0.1))
  }

  /// An element-wise comparison.
  func mask(_ scope: Scope, _ depth: Int, _ random: inout RandomStream) -> Expression {
    if let fragment = fragment(.boolArray, scope, depth, &random) { return fragment }
    if vocabulary.hasMasks, random.chance(0.5),
      let own = variable(scope, &random, where: { $0.type == .boolArray })
    {
      return own
    }
    let left = array(scope, max(depth, 0), &random)
    let op: ComparisonOperator = random.element(of: [.less, .greater, .equal, .greaterOrEqual, .notEqual])
    return .compare(left, op, random.chance(0.3) ? array(scope, 0, &random) : numberLeaf(scope, &random))
  }

  /// The sum or an extreme of an array, where numpy is imported.
  func reduction(_ scope: Scope, _ random: inout RandomStream) -> Expression? {
    guard let numpy = vocabulary.numpy, let array = variable(scope, &random, where: { $0.type.isArray })
    else {
      return nil
    }
    return .call(.name(numpy), random.element(of: ["max", "min", "sum", "mean"]), [array])
  }

  /// A change of an array of our own: of all elements, of those under a mask, or by its neighbours.
  func arrayStatement(_ scope: Scope, _ random: inout RandomStream) -> Statement? {
    guard let name = variable(scope, &random, where: { $0.type == .floatArray && $0.role == .local }) else {
      return nil
    }
    switch random.index(weights: [4, 2, 1, 1.5, 1.5]) {
    case 0: return .augmented(name, random.chance(0.65) ? .add : .subtract, array(scope, 2, &random))
    case 1: return .augmented(name, .multiply, array(scope, 1, &random))
    case 2: return .augmented(name, .divide, arrayDivisor(scope, &random))
    case 3:
      let shifted = Expression.element(of: name, at: .slice(lower: nil, upper: .whole(-1), step: nil))
      let value = random.chance(0.6) ? shifted : .binary(shifted, .multiply, literal(&random))
      let place = Expression.slice(lower: .whole(1), upper: nil, step: nil)
      return .augmented(.element(of: name, at: place), random.chance(0.7) ? .subtract : .add, value)
    default:
      let array = variable(scope, &random) { $0.type == .array || $0.type == .floatArray } ?? name
      let bound = variable(scope, &random) { $0.type == .int || $0.type == .float }
      let op: ComparisonOperator = random.element(of: [.less, .greater, .equal])
      let mask = Expression.compare(array, op, random.chance(0.6) ? bound ?? .whole(0) : literal(&random))
      let change: BinaryOperator = random.element(of: [.multiply, .add, .subtract])
      return .augmented(.element(of: name, at: mask), change, literal(&random))
    }
  }
}
