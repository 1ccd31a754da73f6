import FunSearch
import PythonSyntax

/// Forgets the parents: a fresh random program.
struct RestartOperator: MutationOperator {
  let name = "restart"
  /// Drawn by the settings' share of random programs, not among the others.
  let defaultWeight = 0.0

  func apply(to draft: Draft, _ random: inout RandomStream) -> Change? {
    Change(body: draft.body.docstring + draft.grammar.program(draft.start, &random))
  }
}

extension [Statement] {
  /// The docstring of a function's body, as one statement or none.
  var docstring: [Statement] {
    if case .expression(let value)? = first, value.isText { [self[0]] } else { [] }
  }
}
