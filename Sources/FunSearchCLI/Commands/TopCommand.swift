import ArgumentParser
import Experiment
import FunSearch

struct TopCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "top",
    abstract: "Show the best programs of a run."
  )

  @OptionGroup var selection: RunSelection

  @Option(name: [.short, .long], help: ArgumentHelp("How many programs.", valueName: "n"))
  var limit = 5

  @Flag(help: "Print JSON on standard output and nothing else there.")
  var json = false

  func validate() throws {
    guard limit > 0 else { throw ValidationError("--limit \(limit): write a whole number from 1") }
  }

  func run() throws {
    let programs = try ProgramView.top(limit, in: try selection.folder())
    if json { return try Output.json(programs.map(ProgramObject.init)) }
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
