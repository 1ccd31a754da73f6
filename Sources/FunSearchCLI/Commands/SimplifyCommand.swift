import ArgumentParser
import Experiment
import Foundation
import FunSearch
import Synchronization

struct SimplifyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "simplify",
    abstract: "Find the smallest program with the same scores as a program of a run.",
    discussion: """
      Leaves out statements, arguments and conditions, puts numbers and parts in the place of expressions and values \
      in the place of locals, works literal operations out, and empties and renumbers tables, as long as scores and \
      behaviour stay the same on every input of the run. At the end no single step of this kind is left that does. \
      Every candidate runs in the sandbox. The run stays as it is.

        funsearch simplify 4312 cap-set/0001
        funsearch simplify 4312 --out simple.py --workers 4

      The file that --out writes can be given to evaluate.
      """
  )

  @Argument(help: "The program's number.")
  var program: Int

  @OptionGroup var selection: RunSelection

  @Option(help: ArgumentHelp("Worker processes. Default: one per core.", valueName: "n"))
  var workers: Int?

  @Option(
    name: .customLong("out"),
    help: ArgumentHelp("Write the program to this file.", valueName: "file"),
    completion: .file(extensions: ["py"])
  )
  var file: String?

  @OptionGroup var output: OutputOptions

  func validate() throws {
    guard (1...1024).contains(workers ?? 1) else {
      throw ValidationError("--workers \(workers ?? 0): write a whole number from 1 to 1024")
    }
  }

  func run() async throws {
    let folder = try selection.folder()
    Interruption.watch()
    let isLive = Output.isTerminal && !output.quiet && !output.json
    let result = try await Simplification.make(
      ProgramID(program),
      in: folder,
      workers: workers ?? ProcessInfo.processInfo.activeProcessorCount,
      installation: try Installation.find(),
      isInterrupted: { Interruption.isRequested },
      progress: { evaluations, nodes in
        if isLive { Output.live("\(evaluations) evaluations, \(nodes) nodes") }
      }
    )
    if isLive { Output.live("") }
    if let file {
      let target = try OutputFile(file)
      try target.write(result.after.source + "\n")
      try target.close()
    }
    if output.json { try Output.json(SimplificationObject(result)) } else { show(result) }
    if !result.isMinimal { throw ExitStatus.interrupted }
  }

  private func show(_ result: Simplification) {
    let (before, after) = (Simplification.size(of: result.before), Simplification.size(of: result.after))
    if !output.quiet {
      Output.note(
        "program \(result.program): \(before.nodes) nodes and \(before.characters) characters before, \(after.nodes) and "
          + "\(after.characters) after, \(result.evaluations) evaluations"
      )
      let state =
        switch result.confirmation {
        case .confirmed(let claim): claim.verified ? "verified" : "unverified"
        case .refuted(let failure): "NOT CONFIRMED (\(failure.kind.rawValue)): \(failure.message)"
        }
      Output.note("score \(numberText(result.scores.total)), \(state)")
      if !result.isMinimal { Output.note("interrupted: a smaller one may be found") }
    }
    Output.line(result.after.source)
  }
}

/// The object of `simplify --json`.
private struct SimplificationObject: Encodable {
  let program: Int
  let score: Double
  let scores: [Double]
  let verified: Bool
  let confirmed: Bool
  let minimal: Bool
  let evaluations: Int
  let taken: Int
  let before: SizeObject
  let after: SizeObject
  let source: String

  struct SizeObject: Encodable {
    let nodes: Int
    let characters: Int

    init(_ size: (nodes: Int, characters: Int)) {
      (nodes, characters) = (size.nodes, size.characters)
    }
  }

  init(_ result: Simplification) {
    program = result.program.number
    score = result.scores.total
    scores = result.scores.perInput
    switch result.confirmation {
    case .confirmed(let claim): (confirmed, verified) = (true, claim.verified)
    case .refuted: (confirmed, verified) = (false, false)
    }
    minimal = result.isMinimal
    evaluations = result.evaluations
    taken = result.taken
    before = SizeObject(Simplification.size(of: result.before))
    after = SizeObject(Simplification.size(of: result.after))
    source = result.after.source
  }
}
