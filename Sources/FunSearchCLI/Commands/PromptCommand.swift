import ArgumentParser
import Experiment
import FunSearch
import LanguageModels

struct PromptCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "prompt",
    abstract: "Show what a model would be sent for an island as it stands now.",
    discussion: """
      It holds the versions drawn for the island's next step, worst first, and asks for a better one: in the chat \
      form with a system instruction, the problem, the scores and, where asked for, the last failures; in the paper \
      form as published. A problem can bring a template of its own (Documentation/Models.md).
      """
  )

  @OptionGroup var selection: RunSelection

  @Option(help: ArgumentHelp("The island, from 0.", valueName: "n"))
  var island = 0

  @Option(
    help: ArgumentHelp("paper or chat; the run's own setting prompt.form if left out.", valueName: "form")
  )
  var form: String?

  @Option(
    help: ArgumentHelp(
      "Failures told at most; the run's own setting prompt.failures if left out.",
      valueName: "n"
    )
  )
  var failures: Int?

  @Flag(help: "Print JSON on standard output and nothing else there.")
  var json = false

  func validate() throws {
    if let form, PromptForm(rawValue: form) == nil {
      throw ValidationError("--form \(form): write paper or chat")
    }
    if let failures, !(0...32).contains(failures) {
      throw ValidationError("--failures \(failures): write a whole number from 0 to 32")
    }
  }

  func run() async throws {
    let view = try await PromptView.make(
      of: island,
      in: try selection.folder(),
      form: form.flatMap { PromptForm(rawValue: $0) },
      failures: failures,
      installation: try Installation.find()
    )
    if json { return try Output.json(PromptObject(view)) }
    let message = view.message
    if view.form == .paper {
      for turn in message.turns { Output.line(turn.text) }
    } else {
      if let system = message.system { Output.line("--- system\n\(system)\n") }
      for turn in message.turns { Output.line("--- \(turn.role.rawValue)\n\(turn.text)\n") }
    }
    let parents = view.prompt.versions.map { "\($0.id) (score \(numberText($0.scores.total)))" }
    Output.note(
      "about \(message.estimatedTokens) tokens; versions are programs \(parents.joined(separator: ", "))"
    )
  }
}

/// A prompt as JSON.
private struct PromptObject: Encodable {
  struct Turn: Encodable {
    let role: String
    let text: String
  }

  struct Parent: Encodable {
    let program: Int
    let score: Double
  }

  let island: Int
  let step: Int
  let form: String
  let system: String?
  let turns: [Turn]
  let estimatedTokens: Int
  let parents: [Parent]

  init(_ view: PromptView) {
    island = view.prompt.step.island.number
    step = view.prompt.step.step
    form = view.form.rawValue
    system = view.message.system
    turns = view.message.turns.map { Turn(role: $0.role.rawValue, text: $0.text) }
    estimatedTokens = view.message.estimatedTokens
    parents = view.prompt.versions.map { Parent(program: $0.id.number, score: $0.scores.total) }
  }

  private enum CodingKeys: String, CodingKey {
    case island, step, form, system, turns, parents
    case estimatedTokens = "estimated_tokens"
  }
}
