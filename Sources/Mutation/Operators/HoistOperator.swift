import FunSearch
import PythonSyntax

/// Replaces an expression by a part of itself, or an `if` or loop by its body.
struct HoistOperator: MutationOperator {
  let name = "hoist"
  let defaultWeight = 0.6

  func apply(to draft: Draft, _ random: inout RandomStream) -> Change? {
    if random.chance(0.3), let body = unwrapped(draft, &random) { return Change(body: body) }
    let sites = draft.inspection.expressions
    guard let site = draft.site(&random, where: { $0.role == .value && !$0.expression.parts.isEmpty }) else {
      return nil
    }
    let end = site.number + site.expression.size
    let parts = sites.filter {
      $0.number > site.number && $0.number < end && $0.role == .value && $0.scope == site.scope
        && $0.type.fits(site.type)
    }
    guard !parts.isEmpty else { return nil }
    return draft.replacing(site, with: random.element(of: parts).expression).map { Change(body: $0) }
  }

  private func unwrapped(_ draft: Draft, _ random: inout RandomStream) -> [Statement]? {
    guard let (block, index) = draft.statement(&random) else { return nil }
    let blocks = block.statements[index].blocks.filter { !$0.isEmpty }
    guard !blocks.isEmpty else { return nil }
    var statements = block.statements
    statements.replaceSubrange(index...index, with: random.element(of: blocks))
    return draft.replacing(block, with: statements)
  }
}
