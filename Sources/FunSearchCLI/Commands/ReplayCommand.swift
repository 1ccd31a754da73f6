import ArgumentParser
import Experiment
import Foundation
import FunSearch

struct ReplayCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay",
    abstract: "Make a run's whole search again and compare it with the journal.",
    discussion: """
      Proposes every program anew from the run's seed and settings. Outcomes come from the journal, which takes \
      seconds; with --evaluate every program runs in the sandbox again. A time-out depends on the machine: where \
      the journal or the new evaluation has one, the journal's outcome is taken and counted. Nothing is written.

        funsearch replay
        funsearch replay cap-set/0001 --evaluate --workers 4

      Exit code 0 when the history comes out equal, else 1.
      """
  )

  @OptionGroup var selection: RunSelection

  @Flag(help: "Evaluate every program again.")
  var evaluate = false

  @Option(help: ArgumentHelp("Worker processes for --evaluate. Default: one per core.", valueName: "n"))
  var workers: Int?

  @Flag(help: "Print JSON on standard output and nothing else there.")
  var json = false

  func validate() throws {
    guard let workers else { return }
    guard evaluate else { throw ValidationError("--workers \(workers): only --evaluate uses workers") }
    guard (1...1024).contains(workers) else {
      throw ValidationError("--workers \(workers): write a whole number from 1 to 1024")
    }
  }

  func run() async throws {
    let folder = try selection.folder()
    Interruption.watch()
    let replay = try await Replay.make(
      folder,
      evaluate: evaluate ? workers ?? ProcessInfo.processInfo.activeProcessorCount : nil,
      installation: try Installation.find(),
      isInterrupted: { Interruption.isRequested }
    )
    if json { try Output.json(ReplayObject(replay)) } else { show(replay) }
    if replay.isEqual { return }
    throw replay.difference == nil && replay.equal < replay.length
      ? ExitStatus.interrupted : ExitCode.failure
  }

  private func show(_ replay: Replay) {
    let way = replay.isEvaluated ? "evaluated again" : "outcomes from the journal"
    if let difference = replay.difference {
      let place = difference.step.map { "\($0)" } ?? "the specification's own"
      Output.line("\(replay.folder.path): differs first in program \(difference.program) (\(place))")
      let width = difference.fields.map(\.name.count).max() ?? 0
      for field in difference.fields {
        let name = field.name + String(repeating: " ", count: width - field.name.count)
        let indent = String(repeating: " ", count: width)
        Output.line("  \(name)  was \(field.was)\n  \(indent)  is  \(field.is)")
      }
      Output.line("\(replay.equal) programs before it are equal (\(way))")
    } else if replay.equal < replay.length {
      Output.line("interrupted: \(replay.equal) of \(replay.length) programs are equal so far (\(way))")
    } else {
      Output.line(
        "equal: \(replay.equal) programs, \(way), in \(String(format: "%.1f", replay.seconds)) s"
      )
      Output.line("digest \(replay.digest)")
    }
    if replay.takenFromJournal > 0 {
      Output.line(
        "\(replay.takenFromJournal) time-outs depend on the machine and were taken from the journal"
      )
    }
    if let stated = replay.statedDigest { Output.line("the run ended with another digest: \(stated)") }
  }
}

/// The object of `replay --json`.
private struct ReplayObject: Encodable {
  let run: String
  let equal: Bool
  let evaluated: Bool
  let programs: Int
  let equalPrograms: Int
  let digest: String
  let statedDigest: String?
  let takenFromJournal: Int
  let difference: DifferenceObject?
  let seconds: Double

  struct DifferenceObject: Encodable {
    let program: Int
    let island: Int?
    let step: Int?
    let fields: [FieldObject]
  }

  struct FieldObject: Encodable {
    let name: String
    let was: String
    let `is`: String
  }

  enum CodingKeys: String, CodingKey {
    case run, equal, evaluated, programs, digest, difference, seconds
    case equalPrograms = "equal_programs"
    case statedDigest = "stated_digest"
    case takenFromJournal = "taken_from_journal"
  }

  init(_ replay: Replay) {
    run = replay.folder.path
    equal = replay.isEqual
    evaluated = replay.isEvaluated
    programs = replay.length
    equalPrograms = replay.equal
    digest = replay.digest
    statedDigest = replay.statedDigest
    takenFromJournal = replay.takenFromJournal
    seconds = replay.seconds
    difference = replay.difference.map { difference in
      DifferenceObject(
        program: difference.program.number,
        island: difference.step?.island.number,
        step: difference.step?.step,
        fields: difference.fields.map { FieldObject(name: $0.name, was: $0.was, is: $0.is) }
      )
    }
  }
}
