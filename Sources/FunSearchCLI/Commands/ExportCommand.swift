import ArgumentParser
import Experiment
import Foundation

struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write a run's programs, steps or curve of bests as JSON Lines or CSV.",
    discussion: """
      programs has every distinct program once, with its text; steps has every step without texts; curve has every \
      new best of the run. Documentation/Journal.md names the columns, which stay.

        funsearch export curve --format csv
        funsearch export steps cap-set/0001 --output steps.jsonl
      """
  )

  /// What to write.
  enum Table: String, ExpressibleByArgument, CaseIterable {
    case programs, steps, curve
  }

  /// How to write it.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case jsonl, csv
  }

  @Argument(help: "programs, steps or curve.")
  var table: Table

  @OptionGroup var selection: RunSelection

  @Option(
    help: ArgumentHelp("jsonl or csv. Default: by the name of the output, else jsonl.", valueName: "form")
  )
  var format: Format?

  @Option(
    name: [.short, .long],
    help: ArgumentHelp("The file to write. Default: standard output.", valueName: "file"),
    completion: .file()
  )
  var output: String?

  @Flag(help: "The same as --format jsonl.")
  var json = false

  func validate() throws {
    if json, format == .csv { throw ValidationError("--json and --format csv: choose one of them") }
  }

  func run() throws {
    let isCSV = !json && (format.map { $0 == .csv } ?? (output?.hasSuffix(".csv") ?? false))
    guard let table = Export.Table(rawValue: table.rawValue) else { return }
    let folder = try selection.folder()
    let file = try OutputFile(output)
    try Export.write(table, as: isCSV ? .csv : .jsonl, of: folder, to: file.write)
    try file.close()
  }
}
