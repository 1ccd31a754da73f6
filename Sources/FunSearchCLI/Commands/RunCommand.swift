import ArgumentParser
import Experiment
import FunSearch

struct RunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Search for better programs for a problem.",
    discussion: """
      Starts a new run in RESULTS/PROBLEM/RUN and searches until the budget of steps or time is used up, the \
      target is reached, or Ctrl-C is pressed; a run that was stopped or killed goes on with: funsearch resume. \
      The same problem, settings and seed give the same history with any number of workers.

        funsearch run cap-set --islands 8
        funsearch run cap-set --islands 8 --inputs 6 --steps 5000 --seed 7 --workers 2
        funsearch run bin-packing-or-scalar --inputs-file binpack3.txt

      With --model a language model proposes. Every answer is kept before it is used, so that a run which was killed \
      pays for nothing twice, and --replay makes the same run again without key or network.

        funsearch run cap-set --model gemini-3.8-flash --max-usd 5
        funsearch run cap-set --model qwen3-coder --api-base http://127.0.0.1:11434/v1 --proposer hybrid
        funsearch run cap-set --replay cap-set/0001
      """
  )

  @Argument(help: "A problem's name, its folder, or a specification file.")
  var problem: String

  @Option(help: ArgumentHelp("Number of islands. Default: 10.", valueName: "n"))
  var islands: String?

  @OptionGroup var inputs: InputOptions

  @Option(help: ArgumentHelp("Key of all random numbers, a whole number. Default: 0.", valueName: "n"))
  var seed: String?

  @Option(help: ArgumentHelp("Name of the run. Default: the next free number.", valueName: "name"))
  var name: String?

  @Option(help: ArgumentHelp("The folder that holds all runs.", valueName: "dir"))
  var results = "Results"

  @Option(
    help: ArgumentHelp(
      "auto takes the strongest isolation there is and refuses below Landlock and seccomp; kernel does "
        + "without namespaces; none runs candidates unprotected, and says so in the run.",
      valueName: "kind"
    )
  )
  var isolation: String?

  @OptionGroup var budget: BudgetOptions
  @OptionGroup var models: ModelOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let (before, after) = try models.settings(problem: problem, results: results)
    var settings = before + (try budget.settings()) + after
    if let islands { settings.append(("search.islands", islands)) }
    if let seed { settings.append(("search.seed", seed)) }
    if let isolation { settings.append(("run.isolation", isolation)) }
    let request = RunRequest(
      problem: problem,
      inputs: try inputs.choice(),
      settings: settings,
      name: name,
      results: results
    )
    Interruption.watch()
    let reporter = RunReporter(output)
    let summary = try await Session.start(
      request,
      installation: try Installation.find(),
      isInterrupted: { Interruption.isRequested },
      observer: reporter.show
    )
    try reporter.finish(summary)
    if summary.ending == .interrupted { throw ExitStatus.interrupted }
    if summary.ending == .modelError { throw ExitCode.failure }
  }
}
