import FunSearch
import PythonSyntax

extension Grammar {
  /// A literal number: mostly small and whole, else from the specification, else a float of few digits.
  func literal(_ random: inout RandomStream) -> Expression {
    if let constant = constant(0.3, &random) { return constant }
    switch random.index(weights: [5, 1, 2, 2]) {
    case 0: return .whole(smallWhole(&random))
    case 1: return specificationLiteral(&random)
    case 2: return .real(random.element(of: [0.5, 0.1, 1.5, 0.25, 0.01, 2.5, 10.0, 100.0]))
    default: return .real(shortFloat(&random))
    }
  }

  /// A whole literal, small or from the specification.
  func wholeLiteral(_ random: inout RandomStream) -> Expression {
    if let constant = constant(0.2, &random), constant.wholeLiteral != nil { return constant }
    if random.chance(0.1), !vocabulary.wholes.isEmpty { return .whole(random.element(of: vocabulary.wholes)) }
    return .whole(smallWhole(&random))
  }

  /// A number the problem gives, with this chance; nil without any.
  private func constant(_ chance: Double, _ random: inout RandomStream) -> Expression? {
    guard !vocabulary.constants.isEmpty, random.chance(chance) else { return nil }
    return random.element(of: vocabulary.constants)
  }

  /// A whole number from -2 to 9, the smaller the likelier.
  func smallWhole(_ random: inout RandomStream) -> Int {
    let value = random.geometric(0.6, limit: 9)
    return value <= 2 && random.chance(0.1) ? -value : value
  }

  private func specificationLiteral(_ random: inout RandomStream) -> Expression {
    let pool = vocabulary.wholes.count + vocabulary.reals.count
    guard pool > 0 else { return .whole(smallWhole(&random)) }
    let choice = random.integer(below: pool)
    if choice < vocabulary.wholes.count { return .whole(vocabulary.wholes[choice]) }
    return .real(vocabulary.reals[choice - vocabulary.wholes.count])
  }

  /// A float between -3 and 10 with one or two digits behind the point.
  private func shortFloat(_ random: inout RandomStream) -> Double {
    let scale = random.chance(0.5) ? 10.0 : 100.0
    return (random.unit() * 13 - 3) * scale.rounded() == 0
      ? 1 : ((random.unit() * 13 - 3) * scale).rounded() / scale
  }

  /// A right side of `%`, `/` or `//` that cannot be zero.
  func divisor(_ scope: Scope, _ depth: Int, _ random: inout RandomStream) -> Expression {
    switch random.index(weights: [6, 2, scope.hasNumbers ? 1 : 0, depth > 0 ? 0.5 : 0]) {
    case 0: return .whole(modulus(&random))
    case 1:
      let scale = random.chance(0.5) ? 10.0 : 100.0
      return .real(max(((random.unit() * 10) * scale).rounded(), 1) / scale)
    case 2: return scope.sequence(&random) { $0 != .unknown }.map { length($0.name, scope) } ?? .whole(2)
    default:
      return .binary(.whole(1), .add, .call("abs", number(scope, 0, &random)))
    }
  }

  /// A whole number from 2 that a value may be taken modulo.
  func modulus(_ random: inout RandomStream) -> Int {
    if !vocabulary.moduli.isEmpty, random.chance(0.5) { return random.element(of: vocabulary.moduli) }
    if random.chance(0.3) {
      let pool = vocabulary.wholes.filter { $0 >= 2 && $0 <= 100 }
      if !pool.isEmpty { return random.element(of: pool) }
    }
    return 2 + random.geometric(0.65, limit: 12)
  }
}
