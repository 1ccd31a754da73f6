import ArgumentParser
import Experiment

struct ResumeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "resume",
    abstract: "Go on with a run that was stopped, killed or has a larger budget now.",
    discussion: """
      Without flags the run goes on to the budget it was started with. --steps and --max-time are totals over \
      all sessions. The history is the one an uninterrupted run would have had.
      """
  )

  @OptionGroup var selection: RunSelection
  @OptionGroup var budget: BudgetOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let folder = try selection.folder()
    Interruption.watch()
    let reporter = RunReporter(output)
    let summary = try await Session.resume(
      folder,
      settings: try budget.settings(),
      installation: try Installation.find(),
      isInterrupted: { Interruption.isRequested },
      observer: reporter.show
    )
    try reporter.finish(summary)
    if summary.ending == .interrupted { throw ExitStatus.interrupted }
  }
}
