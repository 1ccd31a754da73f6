import ArgumentParser
import Experiment

struct ForkCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fork",
    abstract: "Start a new run from a past state of another, with other settings from there on.",
    discussion: """
      The new run takes over the first steps of the other as they are, and goes on from that state. Its journal, \
      its best.json and list name where it came from. Without --steps it goes on to the budget of the other run. \
      The islands, the length of an epoch and the clusters stay as they are.

        funsearch fork cap-set/0001 --at 500 --set search.seed=7
        funsearch fork --at 2000 --steps 10000 --set search.temperature=0.5 --name warmer
      """
  )

  @OptionGroup var selection: RunSelection

  @Option(help: ArgumentHelp("How many steps of the run to begin with, over all islands.", valueName: "step"))
  var at: Int

  @Option(help: ArgumentHelp("Key of all further random numbers. Default: the run's.", valueName: "n"))
  var seed: String?

  @Option(help: ArgumentHelp("Name of the new run. Default: the next free number.", valueName: "name"))
  var name: String?

  @OptionGroup var budget: ResumeBudgetOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let installation = try Installation.find()
    var settings = try budget.settings()
    if let seed { settings.append(("search.seed", seed)) }
    let folder = try await Fork.make(
      try selection.folder(),
      at: at,
      settings: settings,
      name: name,
      results: selection.results,
      installation: installation
    )
    Interruption.watch()
    let reporter = RunReporter(output)
    let summary = try await Session.resume(
      folder,
      settings: [],
      installation: installation,
      isInterrupted: { Interruption.isRequested },
      observer: reporter.show
    )
    try reporter.finish(summary)
    if summary.ending == .interrupted { throw ExitStatus.interrupted }
  }
}
