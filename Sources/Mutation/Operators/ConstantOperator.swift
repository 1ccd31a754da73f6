import FunSearch
import PythonSyntax

/// Changes a literal number a little, or draws another: `3` becomes `4`, `0.5` becomes `0.55`.
struct ConstantOperator: MutationOperator {
  let name = "constant"
  let defaultWeight = 1.0

  func apply(to draft: Draft, _ random: inout RandomStream) -> Change? {
    guard let site = draft.site(&random, where: { $0.role != .fixed && $0.expression.literal != nil }) else {
      return nil
    }
    let changed = perturbed(site, draft.grammar, &random)
    return draft.replacing(site, with: changed).map { Change(body: $0) }
  }

  private func perturbed(
    _ site: ExpressionSite,
    _ grammar: Grammar,
    _ random: inout RandomStream
  ) -> Expression {
    if let whole = site.expression.wholeLiteral {
      let far = random.chance(0.3)
      let step = random.chance(0.5) ? 1 : -1
      let wantsWhole = site.type == .int && site.role != .value || random.chance(0.8)
      guard wantsWhole else { return grammar.literal(&random) }
      if site.role == .divisor, far { return .whole(grammar.modulus(&random)) }
      return far
        ? .whole(grammar.smallWhole(&random)) : .whole(whole.addingReportingOverflow(step).partialValue)
    }
    let value = site.expression.literal ?? 0
    switch random.index(weights: [4, 1, 1, 1, 1]) {
    case 0: return .real(short(value * (1 + (random.unit() - 0.5) * (random.chance(0.5) ? 0.2 : 1))))
    case 1: return .real(short(value + (random.chance(0.5) ? 1 : -1)))
    case 2: return .real(short(random.chance(0.5) ? value * 2 : value / 2))
    case 3: return .real(-value)
    default: return grammar.literal(&random)
    }
  }

  /// The value with three significant digits, so that programs stay readable.
  private func short(_ value: Double) -> Double {
    guard value != 0, value.isFinite, abs(value) < 1e12, abs(value) > 1e-9 else { return 1 }
    var scale = 1000.0
    while abs(value) * scale >= 1000 { scale /= 10 }
    while abs(value) * scale < 100 { scale *= 10 }
    return (value * scale).rounded() / scale
  }
}
