import ArgumentParser
import Experiment
import FunSearch

struct TopCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "top",
    abstract: "Show the best programs of a run.",
    discussion: """
      Of programs with equal scores that behave the same only the first is shown; --all shows each. Without a \
      behaviour, as the evaluator tells it, the same are those equal but for the names of locals.
      """
  )

  @OptionGroup var selection: RunSelection

  @Option(name: [.short, .long], help: ArgumentHelp("How many programs.", valueName: "n"))
  var limit = 5

  @Option(help: ArgumentHelp("Only programs of this island, from 0.", valueName: "n"))
  var island: Int?

  @Flag(help: "Also programs that behave as one above them.")
  var all = false

  @Flag(help: "Print JSON on standard output and nothing else there.")
  var json = false

  func validate() throws {
    guard limit > 0 else { throw ValidationError("--limit \(limit): write a whole number from 1") }
  }

  func run() throws {
    let programs = try ProgramView.top(
      limit,
      island: island,
      distinct: !all,
      in: try selection.folder()
    )
    if json { return try Output.json(programs.map { ProgramObject($0) }) }
    for view in programs {
      guard case .scored(let scores) = view.outcome else { continue }
      let place =
        view.step.map { "island \($0.step.island), step \($0.step.step)" } ?? "the specification's own"
      let claim = view.claim.map { $0.verified ? ", verified" : ", unverified" } ?? ""
      Output.line("# program \(view.program): score \(numberText(scores.total)), \(place)\(claim)")
      Output.line(view.source)
      Output.line("")
    }
  }
}
