import ArgumentParser
import Experiment
import FunSearch
import PythonSyntax

struct RecordCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "record",
    abstract: "Put a run's best program among the records.",
    discussion: """
      Checks the run as verify does, then writes program, objects, certificate, and the command that finds the \
      program again, to RESULTS/records/PROBLEM/INPUTS, and the list of all records. Refuses a program that is not \
      verified, or not better than the one that is there.

        funsearch record cap-set/0007
        funsearch record Results/experiments/cap-set/cap-set/offline-3
        funsearch verify Results/records
      """
  )

  @OptionGroup var selection: RunSelection

  @Option(help: ArgumentHelp("The folder of all records. Default: RESULTS/records.", valueName: "dir"))
  var records: String?

  @Flag(help: "Take also a program that is not verified, or not better than what is there.")
  var force = false

  @Flag(help: "Print JSON on standard output and nothing else there.")
  var json = false

  func run() async throws {
    let record = try await Record.make(
      try selection.folder(),
      records: records ?? "\(selection.results)/records",
      force: force,
      installation: try Installation.find()
    )
    let certificate = record.certificate
    if json {
      return try Output.json(
        RecordObject(
          record: record.folder.path,
          problem: certificate.problem,
          score: certificate.score,
          formerScore: record.formerScore,
          verified: certificate.verified,
          run: certificate.run,
          seed: certificate.seed,
          program: certificate.program.number,
          command: record.command
        )
      )
    }
    let before = record.formerScore.map { ", \(numberText($0)) before" } ?? ""
    Output.line("\(record.folder.path): score \(numberText(certificate.score))\(before)")
    Output.line("found again by: \(record.command)")
  }

  private struct RecordObject: Encodable {
    let record: String
    let problem: String
    let score: Double
    let formerScore: Double?
    let verified: Bool
    let run: String
    let seed: UInt64
    let program: Int
    let command: String

    enum CodingKeys: String, CodingKey {
      case record, problem, score, verified, run, seed, program, command
      case formerScore = "former_score"
    }
  }
}
