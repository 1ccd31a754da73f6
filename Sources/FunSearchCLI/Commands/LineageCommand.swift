import ArgumentParser
import Experiment
import FunSearch

struct LineageCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lineage",
    abstract: "Show where a program came from: its ancestors, what made each, and how the score changed.",
    discussion: """
      The main line is the program, its first parent, the first parent of that, and so on; --all shows every \
      ancestor. The change is the score less that of the first parent.
      """
  )

  @Argument(help: "The program's number.")
  var program: Int

  @OptionGroup var selection: RunSelection

  @Flag(help: "Every ancestor, and not the main line alone.")
  var all = false

  @Flag(help: "Print JSON on standard output and nothing else there.")
  var json = false

  func run() throws {
    let lineage = try Lineage.make(ProgramID(program), whole: all, in: try selection.folder())
    if json { return try Output.json(LineageObject(lineage)) }
    let rows = lineage.generations.map { generation -> [String] in
      let change = generation.change.map { $0 == 0 ? "=" : ($0 > 0 ? "+" : "") + numberText($0) } ?? ""
      return [
        "\(generation.program)", generation.outcome.shortText, change,
        generation.step.map { "\($0.step.island)" } ?? "", generation.step.map { "\($0.step.step)" } ?? "",
        generation.step?.parents.map(\.description).joined(separator: " ") ?? "",
        generation.step?.operators.joined(separator: " + ") ?? "the specification's own",
      ]
    }
    let titles = ["program", "score", "change", "island", "step", "parents", "made by"]
    Output.line(TextTable(titles).text(rows))
    if lineage.others > 0 { Output.note("\(lineage.others) further ancestors; --all shows them") }
  }
}

/// The object of `lineage --json`.
private struct LineageObject: Encodable {
  let generations: [GenerationObject]
  let others: Int

  struct GenerationObject: Encodable {
    let program: Int
    let outcome: String
    let score: Double?
    let change: Double?
    let island: Int?
    let step: Int?
    let epoch: Int?
    let parents: [Int]
    let operators: [String]
  }

  init(_ lineage: Lineage) {
    others = lineage.others
    generations = lineage.generations.map { generation in
      GenerationObject(
        program: generation.program.number,
        outcome: generation.outcome.name,
        score: generation.outcome.total,
        change: generation.change,
        island: generation.step?.step.island.number,
        step: generation.step?.step.step,
        epoch: generation.step?.epoch,
        parents: generation.step?.parents.map(\.number) ?? [],
        operators: generation.step?.operators ?? []
      )
    }
  }
}

extension Outcome {
  /// `scored`, or the kind of failure.
  var name: String {
    switch self {
    case .scored: "scored"
    case .failed(let failure): failure.kind.rawValue
    }
  }

  /// The score, or the kind of failure.
  var shortText: String { total.map(numberText) ?? name }
}
