import FunSearch
import PythonSyntax

/// Inserts a random statement; a body that is one return first gets something to add to.
struct InsertOperator: MutationOperator {
  let name = "insert"
  let defaultWeight = 1.5

  func apply(to draft: Draft, _ random: inout RandomStream) -> Change? {
    if let body = opened(draft, &random) { return Change(body: body) }
    guard let (block, index) = draft.gap(&random) else { return nil }
    var scope = draft.inspection.scopes[block.scopes[index]]
    var statements = block.statements
    statements.insert(draft.grammar.statement(&scope, &random), at: index)
    return draft.replacing(block, with: statements).map { Change(body: $0) }
  }

  /// `return x` as `score = x`, a new statement, and `return score`.
  private func opened(_ draft: Draft, _ random: inout RandomStream) -> [Statement]? {
    let block = draft.inspection.blocks[0]
    guard block.movable.isEmpty, case .returning(let value?)? = block.statements.last else { return nil }
    let returns = draft.grammar.vocabulary.returns
    guard returns == .float || returns == .array else { return nil }
    var scope = draft.start
    let name = draft.grammar.freshName(Grammar.accumulators, scope)
    scope.define(name, returns == .float ? .float : .floatArray, .local)
    let first = returns == .float ? value : .binary(value, .multiply, .real(1))
    let added = draft.grammar.statement(&scope, &random)
    return block.statements.dropLast() + [.assign([.name(name)], first), added, .returning(.name(name))]
  }
}
