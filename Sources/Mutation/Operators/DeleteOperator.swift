import FunSearch
import PythonSyntax

/// Deletes a statement.
struct DeleteOperator: MutationOperator {
  let name = "delete"
  let defaultWeight = 1.0

  func apply(to draft: Draft, _ random: inout RandomStream) -> Change? {
    guard let (block, index) = draft.statement(&random) else { return nil }
    var statements = block.statements
    statements.remove(at: index)
    return draft.replacing(block, with: statements).map { Change(body: $0.withoutEmptyBlocks) }
  }
}

extension [Statement] {
  /// These statements without loops and branches that do nothing.
  var withoutEmptyBlocks: [Statement] {
    compactMap { statement in
      let blocks = statement.blocks
      guard blocks.count == 2 else { return statement }
      let first = blocks[0].withoutEmptyBlocks
      let second = blocks[1].withoutEmptyBlocks
      if first.isEmpty, second.isEmpty { return nil }
      if first.isEmpty {
        guard case .conditional(let test, _, _) = statement else { return nil }
        return .conditional(.unary(.not, test), then: second, otherwise: [])
      }
      return statement.with(first, second)
    }
  }
}
