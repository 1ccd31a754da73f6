import FunSearch
import PythonSyntax

/// Replaces one operator by another, or one leaf by another of its type.
struct PointOperator: MutationOperator {
  let name = "point"
  let defaultWeight = 1.5

  func apply(to draft: Draft, _ random: inout RandomStream) -> Change? {
    if random.chance(0.2), let body = statementOperator(draft, &random) { return Change(body: body) }
    guard let site = draft.site(&random, where: { $0.role != .fixed }) else { return nil }
    let scope = draft.scope(site)
    let changed = changed(site, scope, draft.grammar, &random)
    return changed.flatMap { draft.replacing(site, with: $0) }.map { Change(body: $0) }
  }

  private func changed(
    _ site: ExpressionSite,
    _ scope: Scope,
    _ grammar: Grammar,
    _ random: inout RandomStream
  ) -> Expression? {
    switch site.expression {
    case .binary(let left, let op, let right):
      if case .index = site.role { return grammar.replacement(for: site, scope, 0, &random) }
      let others: [BinaryOperator] =
        op == .power
        ? [.multiply, .add, .subtract]
        : op.divides
          ? [.divide, .modulo, .floorDivide, .add, .subtract, .multiply] : [.add, .subtract, .multiply]
      return .binary(left, random.element(of: others.filter { $0 != op }), right)
    case .comparison(let left, let links):
      var links = links
      let place = random.integer(below: links.count)
      let all: [ComparisonOperator] = [.equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual]
      links[place].op = random.element(of: all.filter { $0 != links[place].op })
      return .comparison(left, links)
    case .boolean(let op, let operands): return .boolean(op == .and ? .or : .and, operands)
    case .unary(.minus, let operand) where site.expression.literal == nil: return operand
    case .call(.name("min"), let arguments): return .call(.name("max"), arguments)
    case .call(.name("max"), let arguments): return .call(.name("min"), arguments)
    default: return grammar.replacement(for: site, scope, 0, &random)
    }
  }

  /// `+=` becomes `-=` and so on.
  private func statementOperator(_ draft: Draft, _ random: inout RandomStream) -> [Statement]? {
    guard let (block, index) = draft.statement(&random) else { return nil }
    guard case .augmented(let target, let op, let value) = block.statements[index] else { return nil }
    let others: [BinaryOperator] = [.add, .subtract, .multiply]
    var statements = block.statements
    statements[index] = .augmented(target, random.element(of: others.filter { $0 != op }), value)
    return draft.replacing(block, with: statements)
  }
}
