import FunSearch
import PythonSyntax

/// Replaces an expression by a random one of its type.
struct SubtreeOperator: MutationOperator {
  let name = "subtree"
  let defaultWeight = 1.5

  func apply(to draft: Draft, _ random: inout RandomStream) -> Change? {
    guard let site = draft.site(&random, where: { $0.role != .fixed }) else { return nil }
    let depth = 1 + random.integer(below: 3)
    let fresh = draft.grammar.replacement(for: site, draft.scope(site), depth, &random)
    return fresh.flatMap { draft.replacing(site, with: $0) }.map { Change(body: $0) }
  }
}
