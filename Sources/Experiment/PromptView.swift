import FunSearch
import RunJournal

/// What an island's next prompt looks like.
package enum PromptView {
  /// The best-shot prompt of the next step of an island, from the state the journal holds.
  package static func text(
    of island: Int,
    in folder: RunFolder,
    installation: Installation
  ) async throws -> String {
    let stored = try StoredRun(folder)
    let opened = try await stored.open(installation: installation)
    let configuration = try stored.configuration(changedBy: [], problem: opened.problem)
    guard (0..<configuration.search.islands).contains(island) else {
      throw RunError(
        "--island \(island): \(folder.path) has islands 0 to \(configuration.search.islands - 1)",
        in: .usage
      )
    }
    guard let founder = stored.founder else {
      throw RunError("\(folder.path) holds no program yet: the run ended before its first evaluation")
    }
    let engine = try await stored.engine(configuration, problem: opened.problem, founder: founder)
    let step = StepID(island: IslandID(island), step: engine.committed[island])
    let prompt = engine.database.bestShotPrompt(for: step, scoreUnit: opened.problem.scoreUnit)
    return try prompt.text(
      skeleton: Skeleton(opened.problem.specification),
      evolve: opened.problem.specification.evolve
    )
  }
}
