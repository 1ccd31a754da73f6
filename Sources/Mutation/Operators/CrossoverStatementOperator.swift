import FunSearch
import PythonSyntax

/// Inserts a statement of another version, or puts it in the place of one.
struct CrossoverStatementOperator: MutationOperator {
  let name = "crossover-statement"
  let defaultWeight = 1.2

  func apply(to draft: Draft, _ random: inout RandomStream) -> Change? {
    guard !draft.donors.isEmpty else { return nil }
    let donor = random.integer(below: draft.donors.count)
    guard let given = draft.inspection(ofDonor: donor) else { return nil }
    let blocks = given.blocks.filter { !$0.movable.isEmpty }
    guard !blocks.isEmpty, let (block, index) = draft.gap(&random) else { return nil }
    let chosen = blocks[random.index(weights: blocks.map { Double($0.movable.count) })]
    let place = random.element(of: Array(chosen.movable))
    let old = given.scopes[chosen.scopes[place]]
    let scope = draft.inspection.scopes[block.scopes[index]]
    let statement = chosen.statements[place]
    guard let names = old.renaming(to: scope, &random, assigns: true, for: { statement.mentions($0) }) else {
      return nil
    }
    var statements = block.statements
    let adapted = names.isEmpty ? statement : statement.renamed(names)
    if block.movable.contains(index), random.chance(0.4) {
      statements[index] = adapted
    } else {
      statements.insert(adapted, at: index)
    }
    return draft.replacing(block, with: statements).map { Change(body: $0, donor: donor) }
  }
}

extension Statement {
  /// True when the name is read or assigned where the mutator can see it.
  func mentions(_ name: String) -> Bool {
    [self].assignedNames.contains(name) || [self].reads(name)
  }

  /// This statement under other names, assigned ones included.
  func renamed(_ names: [String: String]) -> Statement {
    let statement =
      switch self {
      case .assign(let targets, let value): Statement.assign(targets.map { $0.renamed(names) }, value)
      case .augmented(let target, let op, let value): Statement.augmented(target.renamed(names), op, value)
      case .forLoop(let target, let source, let body, let otherwise):
        Statement.forLoop(target.renamed(names), in: source, body: body, otherwise: otherwise)
      default: self
      }
    let own = statement.part.map { statement.with(part: $0.renamed(names)) } ?? statement
    let blocks = own.blocks
    guard blocks.count == 2 else { return own }
    return own.with(blocks[0].map { $0.renamed(names) }, blocks[1].map { $0.renamed(names) })
  }
}

extension [Statement] {
  /// True when the name occurs in an expression that the mutator can see.
  func reads(_ name: String) -> Bool {
    contains { statement in
      statement.part?.mentions(name) == true || statement.blocks.contains { $0.reads(name) }
    }
  }
}
