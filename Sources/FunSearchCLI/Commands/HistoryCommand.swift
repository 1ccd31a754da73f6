import ArgumentParser
import Experiment
import FunSearch
import PythonSyntax

struct HistoryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "history",
    abstract: "List the steps of a run, all or those with an island, epoch, outcome or operator.",
    discussion: """
      In order of program number; of many the last are shown. Documentation/History.md says what a history is.

        funsearch history --island 3 --outcome scored
        funsearch history --outcome failed --operator crossover-subtree --limit 5
      """
  )

  @OptionGroup var selection: RunSelection

  @Option(help: ArgumentHelp("Only steps of this island, from 0.", valueName: "n"))
  var island: Int?

  @Option(help: ArgumentHelp("Only steps of this epoch, from 0.", valueName: "n"))
  var epoch: Int?

  @Option(help: ArgumentHelp("scored, failed, or one kind of failure, such as timeout.", valueName: "kind"))
  var outcome: String?

  @Option(
    name: .customLong("operator"),
    help: ArgumentHelp("Only programs that this operator had a part in.", valueName: "name")
  )
  var operatorName: String?

  @Option(name: [.short, .long], help: ArgumentHelp("How many at most, or all.", valueName: "n"))
  var limit = "20"

  @Flag(help: "Print JSON on standard output and nothing else there.")
  var json = false

  func validate() throws {
    guard limit == "all" || (Int(limit) ?? 0) > 0 else {
      throw ValidationError("--limit \(limit): write a whole number from 1, or all")
    }
  }

  func run() throws {
    let choice = StepList.Choice(
      island: island,
      epoch: epoch,
      outcome: outcome,
      operatorName: operatorName,
      latest: Int(limit)
    )
    let list = try StepList(choice, in: try selection.folder())
    if json { return try Output.json(list.steps.map { StepObject($0, islands: list.islands) }) }
    guard !list.steps.isEmpty else { return Output.note("no step of the run is like that") }
    let rows = list.steps.map { record in
      [
        "\(record.step.program(islands: list.islands))", "\(record.step.island)", "\(record.step.step)",
        "\(record.epoch)", record.outcome.shortText, record.registration.rawValue,
        record.parents.map(\.description).joined(separator: " "), record.operators.joined(separator: " + "),
      ]
    }
    let titles = ["program", "island", "step", "epoch", "score", "in its island", "parents", "made by"]
    Output.line(TextTable(titles).text(rows))
  }
}

/// One element of `history --json`.
private struct StepObject: Encodable {
  let program: Int
  let island: Int
  let step: Int
  let epoch: Int
  let redraws: Int
  let parents: [Int]
  let operators: [String]
  let hash: String
  let outcome: String
  let score: Double?
  let scores: [Double]?
  let message: String?
  let registration: String
  let verified: Bool?

  init(_ record: StepRecord, islands: Int) {
    program = record.step.program(islands: islands).number
    island = record.step.island.number
    step = record.step.step
    epoch = record.epoch
    redraws = record.redraws
    parents = record.parents.map(\.number)
    operators = record.operators
    hash = record.hash.description
    outcome = record.outcome.name
    score = record.outcome.total
    switch record.outcome {
    case .scored(let result): (scores, message) = (result.perInput, nil)
    case .failed(let failure): (scores, message) = (nil, failure.message)
    }
    registration = record.registration.rawValue
    verified = record.claim?.verified
  }
}
