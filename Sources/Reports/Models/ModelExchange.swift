package import FunSearch
import PythonSyntax
package import RunJournal

/// What a model was asked for one step, and what it answered.
package struct ModelExchange: Hashable, Sendable {
  /// One thing that was said in the question.
  package struct Message: Hashable, Sendable {
    /// `system`, `user` or `model`.
    package let role: String
    package let text: String

    package init(role: String, text: String) {
      self.role = role
      self.text = text
    }
  }

  package let model: String
  /// How it calls itself, where it says so.
  package let version: String?
  /// Counts the duplicates answered before.
  package let attempt: Int
  package let question: [Message]
  /// Nil where there was no answer.
  package let answer: ModelAnswer?
  /// Why there was none.
  package let failure: ModelFailure?
  /// The run that the answer was taken from; nil where it was asked for.
  package let takenFrom: String?
  package let spend: ModelSpend

  package init(_ call: JournaledCall) {
    model = call.question.model
    version = call.answer?.version
    attempt = call.question.attempt
    question = Self.messages(call.question.request)
    answer = call.answer
    failure = call.failure
    takenFrom = call.takenFrom
    spend = call.spend
  }

  /// The call whose answer became a step's program or was discarded, the last of the step.
  ///
  /// - Parameters:
  ///   - step: of the program.
  ///   - operators: that made the program, which say whether a model was asked.
  ///   - reader: the run's journal.
  /// - Returns: nil where no model was asked.
  /// - Throws: ``JournalError`` when the file is damaged.
  package static func last(
    of step: StepID,
    _ operators: [String],
    _ reader: RunReader
  ) throws(JournalError) -> ModelExchange? {
    guard let first = operators.first, first.hasPrefix(Candidate.modelOperator("")) else { return nil }
    let calls = try reader.modelCalls(of: step)
    return (calls.last { $0.state == .answered } ?? calls.last).map(ModelExchange.init)
  }

  /// What a request says, in order; the text of one that cannot be read.
  private static func messages(_ request: String) -> [Message] {
    guard let value = try? JSONValue(parsing: request) else { return [Message(role: "user", text: request)] }
    let system = value["system"]?.string.map { [Message(role: "system", text: $0)] } ?? []
    let turns = (value["turns"]?.array ?? []).map { turn in
      Message(role: turn["role"]?.string ?? "?", text: turn["text"]?.string ?? "")
    }
    return system + turns
  }
}
