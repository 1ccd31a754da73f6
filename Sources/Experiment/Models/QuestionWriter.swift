import FunSearch
import LanguageModels

/// Makes questions of prompts in the form that a run has set.
struct QuestionWriter: RequestWriter {
  private let writer: PromptWriter

  init(_ configuration: RunConfiguration, _ opened: OpenProblem) throws(RunError) {
    writer = try opened.promptWriter(form: configuration.promptForm, failures: configuration.promptFailures)
  }

  func question(for prompt: Prompt) throws -> (system: String?, turns: [ModelTurn]) {
    let message = try writer.message(for: prompt)
    return (message.system, message.turns)
  }
}
