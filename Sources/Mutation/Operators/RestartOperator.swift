import FunSearch
import PythonSyntax

/// Forgets the parents: a fresh random program.
struct RestartOperator: MutationOperator {
  let name = "restart"
  /// Drawn by the settings' share of random programs, not among the others.
  let defaultWeight = 0.0

  func apply(to draft: Draft, _ random: inout RandomStream) -> Change? {
    Change(body: draft.inspection.blocks[0].docstring + draft.grammar.program(draft.start, &random))
  }
}

extension BlockSite {
  /// The docstring of a function's body, as one statement or none.
  var docstring: [Statement] {
    if case .expression(let value)? = statements.first, value.isText { [statements[0]] } else { [] }
  }
}
