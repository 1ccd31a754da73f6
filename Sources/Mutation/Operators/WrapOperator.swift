import FunSearch
import PythonSyntax

/// Puts an expression into a larger one, or a statement into an `if` or a loop.
struct WrapOperator: MutationOperator {
  let name = "wrap"
  let defaultWeight = 1.0

  func apply(to draft: Draft, _ random: inout RandomStream) -> Change? {
    if random.chance(0.4), let body = statementWrapped(draft, &random) { return Change(body: body) }
    let wraps: (ExpressionSite) -> Bool = { $0.role == .value && ($0.type.isNumber || $0.type.isArray) }
    guard let site = draft.site(&random, where: wraps) else { return nil }
    let wrapped = wrapped(site, draft.scope(site), draft.grammar, &random)
    return draft.replacing(site, with: wrapped).map { Change(body: $0) }
  }

  private func wrapped(
    _ site: ExpressionSite,
    _ scope: Scope,
    _ grammar: Grammar,
    _ random: inout RandomStream
  ) -> Expression {
    let value = site.expression
    if site.type == .boolArray { return .unary(.invert, value) }
    if site.type == .bool {
      if random.chance(0.2) { return .unary(.not, value) }
      return .boolean(random.chance(0.6) ? .and : .or, [value, grammar.test(scope, 0, &random)])
    }
    let array = site.type.isArray
    switch random.index(weights: [3, 3, 1.5, array ? 0 : 1, 1, 0.7]) {
    case 0: return .binary(value, random.chance(0.5) ? .add : .subtract, other(site, scope, grammar, &random))
    case 1: return .binary(value, .multiply, other(site, scope, grammar, &random))
    case 2: return .binary(value, random.chance(0.75) ? .modulo : .divide, grammar.divisor(scope, 0, &random))
    case 3:
      let test = grammar.test(scope, 1, &random)
      return .conditional(test: test, body: value, otherwise: grammar.number(scope, 1, &random))
    case 4: return .call("abs", value)
    default: return value.literal == nil ? .unary(.minus, value) : value
    }
  }

  private func other(
    _ site: ExpressionSite,
    _ scope: Scope,
    _ grammar: Grammar,
    _ random: inout RandomStream
  ) -> Expression {
    grammar.expression(site.type == .int ? .int : site.type.isArray ? .array : .float, scope, 1, &random)
  }

  private func statementWrapped(_ draft: Draft, _ random: inout RandomStream) -> [Statement]? {
    guard let (block, index) = draft.statement(&random) else { return nil }
    let scope = draft.inspection.scopes[block.scopes[index]]
    let sequence = scope.depth < 2 ? scope.sequence(&random) { $0 != .unknown } : nil
    var statements = block.statements
    let inner = [statements[index]]
    if let sequence, random.chance(0.4) {
      let name = draft.grammar.freshName(["i", "j", "k", "l"], scope)
      let range = Expression.call("range", draft.grammar.length(sequence.name, scope))
      statements[index] = .forLoop(.name(name), in: range, body: inner, otherwise: [])
    } else {
      statements[index] = .conditional(draft.grammar.test(scope, 1, &random), then: inner, otherwise: [])
    }
    return draft.replacing(block, with: statements)
  }
}
