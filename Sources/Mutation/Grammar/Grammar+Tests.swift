import FunSearch
import PythonSyntax

extension Grammar {
  /// An expression whose value is true or false.
  func test(_ scope: Scope, _ depth: Int, _ random: inout RandomStream) -> Expression {
    if let fragment = fragment(.bool, scope, depth, &random) { return fragment }
    if let other = otherTest(scope, &random) { return other }
    if depth > 0, random.chance(0.3) { return combination(scope, depth, &random) }
    guard let sequence = scope.sequence(&random, where: { $0 != .unknown }) else {
      return comparison(scope, depth, &random)
    }
    let name = sequence.name
    let text = sequence.type == .sequence(.string)
    func element() -> Expression { self.element(of: name, scope, &random) }
    switch random.index(weights: [3, text ? 0 : 3, text ? 0 : 1.5, 1, 0.6, 0.2]) {
    case 0: return .compare(element(), equality(&random), element())
    case 1:
      return .compare(element(), order(&random), elementValue(scope, &random))
    case 2:
      let sum = Expression.binary(element(), random.chance(0.75) ? .add : .multiply, element())
      let modulus = modulus(&random)
      return .compare(
        .binary(sum, .modulo, .whole(modulus)),
        equality(&random),
        .whole(random.integer(below: modulus))
      )
    case 3: return comparison(scope, depth, &random)
    case 4: return position(scope, &random) ?? comparison(scope, depth, &random)
    default:
      return .compare(text ? .constant(.string("")) : elementValue(scope, &random), .contained, .name(name))
    }
  }

  private func combination(_ scope: Scope, _ depth: Int, _ random: inout RandomStream) -> Expression {
    if random.chance(0.15) { return .unary(.not, test(scope, depth - 1, &random)) }
    let operands = [test(scope, depth - 1, &random), test(scope, depth - 1, &random)]
    return .boolean(random.chance(0.65) ? .and : .or, operands)
  }

  /// A comparison of two numbers, or of two texts.
  private func comparison(_ scope: Scope, _ depth: Int, _ random: inout RandomStream) -> Expression {
    if random.chance(0.5), let text = variable(scope, &random, where: { $0.type == .string }) {
      let other = variable(scope, &random) { $0.type == .string } ?? text
      return .compare(text, random.chance(0.5) ? .less : equality(&random), other)
    }
    let left = number(scope, depth - 1, &random)
    return .compare(left, order(&random), number(scope, depth - 1, &random))
  }

  /// A test of loop indices: `i % 2 == 1`, `i < j`.
  private func position(_ scope: Scope, _ random: inout RandomStream) -> Expression? {
    let loops = scope.variables.filter { if case .index = $0.role { true } else { false } }
    guard let first = loops.first else { return nil }
    if loops.count > 1, random.chance(0.6) {
      return .compare(
        .name(first.name),
        random.element(of: [.less, .notEqual, .greater]),
        .name(loops[1].name)
      )
    }
    let chosen = Expression.name(random.element(of: loops).name)
    if random.chance(0.3) { return .compare(chosen, order(&random), .whole(random.integer(in: 1...5))) }
    let modulus = 2 + random.geometric(0.4, limit: 4)
    return .compare(
      .binary(chosen, .modulo, .whole(modulus)),
      equality(&random),
      .whole(random.integer(below: modulus))
    )
  }

  private func equality(_ random: inout RandomStream) -> ComparisonOperator {
    random.chance(0.75) ? .equal : .notEqual
  }

  private func order(_ random: inout RandomStream) -> ComparisonOperator {
    random.chance(0.7)
      ? equality(&random) : random.element(of: [.less, .greater, .lessOrEqual, .greaterOrEqual])
  }
}
