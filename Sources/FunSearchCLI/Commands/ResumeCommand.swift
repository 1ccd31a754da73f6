import ArgumentParser
import Experiment

struct ResumeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "resume",
    abstract: "Go on with a run that was stopped, killed or has a larger budget now.",
    discussion: """
      Without flags the run goes on to the budget it has. --steps and --max-time are totals over all sessions. \
      Budget, target and workers may change, which the journal records; what would make another history (seed, \
      islands, lag, problem and so on) is refused. The history is the one an uninterrupted run would have had.

        funsearch resume
        funsearch resume cap-set/0001 --steps 20000 --workers 4
      """
  )

  @OptionGroup var selection: RunSelection
  @OptionGroup var budget: ResumeBudgetOptions
  @OptionGroup var models: ModelBudgetOptions

  @Option(
    name: .customLong("api-base"),
    help: ArgumentHelp("Where the models' server is now, when it moved.", valueName: "url")
  )
  var apiBase: String?

  @Flag(help: "Keep what is whole of a damaged journal, and make the rest again.")
  var salvage = false

  @OptionGroup var output: OutputOptions

  func run() async throws {
    let folder = try selection.folder()
    var settings = try budget.settings() + models.settings
    if let apiBase { settings.append(("models.list", try StoredRun(folder).models(movedTo: apiBase))) }
    Interruption.watch()
    let reporter = RunReporter(output)
    let summary = try await Session.resume(
      folder,
      settings: settings,
      salvage: salvage,
      installation: try Installation.find(),
      isInterrupted: { Interruption.isRequested },
      observer: reporter.show
    )
    try reporter.finish(summary)
    if summary.ending == .interrupted { throw ExitStatus.interrupted }
    if summary.ending == .modelError { throw ExitCode.failure }
  }
}
