package import FunSearch
package import LanguageModels
import RunJournal
import SandboxWorkers

/// What an island's next prompt looks like.
package struct PromptView: Sendable {
  package let prompt: Prompt
  package let form: PromptForm
  package let message: PromptMessage

  /// The best-shot prompt of the next step of an island, from the state the journal holds.
  ///
  /// - Parameters:
  ///   - island: its number.
  ///   - folder: the run.
  ///   - form: nil for the run's own.
  ///   - failures: how many failures it tells of at most; nil for what the run says.
  ///   - installation: where the program's own files are.
  /// - Returns: the prompt, and what would be sent.
  /// - Throws: what is wrong with run, problem or machine.
  package static func make(
    of island: Int,
    in folder: RunFolder,
    form: PromptForm?,
    failures: Int?,
    installation: Installation
  ) async throws -> PromptView {
    let stored = try StoredRun(folder)
    let opened = try await stored.open(installation: installation)
    await opened.reader.stop()
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
    let form = form ?? configuration.promptForm
    let writer = try opened.promptWriter(form: form, failures: failures ?? configuration.promptFailures)
    return PromptView(prompt: prompt, form: form, message: try writer.message(for: prompt))
  }
}
