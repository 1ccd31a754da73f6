import ArgumentParser
import Experiment
import Foundation
import FunSearch
import LanguageModels
import SandboxWorkers

struct ExtractCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "extract",
    abstract: "Show what a model's reply becomes: a program of the problem, or why it is none.",
    discussion: """
      REPLY is a file with the reply as the model wrote it, or - for standard input. What is printed defines the \
      evolved function under its name, with the imports, helpers and constants that it needs, and can be given to \
      funsearch evaluate.

        funsearch extract cap-set reply.txt
        funsearch extract cap-set - --prompt-version 2 --prompt versions.py --json < reply.txt

      Exit code 0 for a program, 1 for a reply that is discarded. Documentation/Models.md lists the kinds of discards.
      """
  )

  @Argument(help: "A problem's name, its folder, or a specification file.")
  var problem: String

  @Argument(help: "The file with the reply, or - for standard input.", completion: .file())
  var reply: String

  @Option(help: ArgumentHelp("The version that was asked for, as in priority_v2.", valueName: "n"))
  var promptVersion = 2

  @Option(
    help: ArgumentHelp(
      "A file with the code of the prompt's versions, which a reply may call.",
      valueName: "file"
    ),
    completion: .file(extensions: ["py"])
  )
  var prompt: String?

  @Option(
    help: ArgumentHelp("What diffs and edits in the reply are made of.", valueName: "file"),
    completion: .file(extensions: ["py"])
  )
  var against: String?

  @Option(help: ArgumentHelp("Why the reply ended: stop, length or blocked.", valueName: "reason"))
  var finish = "stop"

  @Option(help: ArgumentHelp("auto, kernel or none, as for run.", valueName: "kind"))
  var isolation = "auto"

  @Flag(help: "Print JSON on standard output and nothing else there.")
  var json = false

  func validate() throws {
    guard IsolationChoice(rawValue: isolation) != nil else {
      throw ValidationError("--isolation \(isolation): write auto, kernel or none")
    }
    guard ["stop", "length", "blocked"].contains(finish) else {
      throw ValidationError("--finish \(finish): write stop, length or blocked")
    }
    guard (0...1_000_000).contains(promptVersion) else {
      throw ValidationError("--prompt-version \(promptVersion): write a whole number from 0, such as 2")
    }
  }

  func run() async throws {
    let extraction = try await ReplyFile(
      problem: problem,
      reply: reply,
      version: promptVersion,
      prompt: prompt,
      against: against,
      ending: finish == "stop" ? .stop : finish == "length" ? .length : .blocked("as --finish says")
    ).extraction(
      isolation: IsolationChoice(rawValue: isolation) ?? .auto,
      installation: try Installation.find()
    )
    if json {
      try Output.json(ExtractionObject(extraction))
    }
    switch extraction {
    case .candidate(let program):
      if !json { Output.line(String(program.source.dropLast())) }
    case .discarded(let discard):
      if !json { Output.note("discarded (\(discard.kind.rawValue)): \(discard.message)") }
      throw ExitCode(1)
    }
  }
}

/// What became of a reply, as JSON.
private struct ExtractionObject: Encodable {
  var outcome: String
  var source: String?
  var marks: [String]?
  var kind: String?
  var message: String?

  init(_ extraction: Extraction) {
    switch extraction {
    case .candidate(let program):
      outcome = "candidate"
      source = program.source
      marks = program.marks
    case .discarded(let discard):
      outcome = "discarded"
      kind = discard.kind.rawValue
      message = discard.message
    }
  }
}
