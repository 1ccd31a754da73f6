import FunSearch
import PythonSyntax

/// Swaps two statements of a block.
struct SwapOperator: MutationOperator {
  let name = "swap"
  let defaultWeight = 0.7

  func apply(to draft: Draft, _ random: inout RandomStream) -> Change? {
    let blocks = draft.inspection.blocks.filter { $0.movable.count > 1 }
    guard !blocks.isEmpty else { return nil }
    let block = random.element(of: blocks)
    let first = random.integer(below: block.movable.count)
    let second = (first + 1 + random.integer(below: block.movable.count - 1)) % block.movable.count
    var statements = block.statements
    statements.swapAt(block.movable.lowerBound + first, block.movable.lowerBound + second)
    return draft.replacing(block, with: statements).map { Change(body: $0) }
  }
}
