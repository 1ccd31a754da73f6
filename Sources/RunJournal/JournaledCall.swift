package import FunSearch

/// One question to a language model and what came of it.
package struct JournaledCall: Hashable, Sendable {
  /// How far a call has come.
  package enum State: String, Hashable, Sendable, CaseIterable {
    /// Sent, or about to be.
    case asked
    case answered
    /// No answer in spite of all retries; its step was discarded.
    case failed
    /// Refused for good, which ended the session; the step is asked for again.
    case refused
    /// Under way when its session ended; it may have been paid.
    case lost
  }

  package var question: ModelQuestion
  package var state: State
  /// The run that the answer was taken from; nil where it was asked for here.
  package var takenFrom: String?
  /// What was answered, when it was.
  package var answer: ModelAnswer?
  /// Why it failed or was refused.
  package var failure: ModelFailure?
  /// What it took; what was set aside for it as long as that is not known.
  package var spend: ModelSpend

  package init(
    question: ModelQuestion,
    state: State,
    takenFrom: String? = nil,
    answer: ModelAnswer? = nil,
    failure: ModelFailure? = nil,
    spend: ModelSpend
  ) {
    self.question = question
    self.state = state
    self.takenFrom = takenFrom
    self.answer = answer
    self.failure = failure
    self.spend = spend
  }
}

/// What was asked, for which step.
package struct ModelQuestion: Hashable, Sendable {
  package let step: StepID
  /// Counts the duplicates answered before.
  package let attempt: Int
  /// The model's name in the run's configuration.
  package let model: String
  /// 64 hexadecimal digits that stand for the request and its place among equal ones.
  package let key: String
  /// The request as canonical JSON, without its place among equal ones.
  package let request: String

  package init(step: StepID, attempt: Int, model: String, key: String, request: String) {
    self.step = step
    self.attempt = attempt
    self.model = model
    self.key = key
    self.request = request
  }
}

/// What a model answered.
package struct ModelAnswer: Hashable, Sendable {
  package let text: String
  package let thoughts: String
  /// Why it ended: `stop`, `length`, `blocked: …` or `other: …`.
  package let finish: String
  package let version: String?
  /// From the question to the answer, retries and waiting included.
  package let waitMicroseconds: Int

  package init(text: String, thoughts: String, finish: String, version: String?, waitMicroseconds: Int) {
    self.text = text
    self.thoughts = thoughts
    self.finish = finish
    self.version = version
    self.waitMicroseconds = waitMicroseconds
  }
}

/// Why there was no answer.
package struct ModelFailure: Hashable, Sendable {
  package let kind: String
  package let message: String

  package init(kind: String, message: String) {
    self.kind = kind
    self.message = message
  }
}

/// Tokens and money of one call or of many.
package struct ModelSpend: Hashable, Sendable {
  package var promptTokens: Int
  package var cachedTokens: Int
  /// Thoughts included.
  package var outputTokens: Int
  package var thoughtTokens: Int
  /// Whether a part is our own estimate.
  package var isEstimated: Bool
  /// In US dollars; nil where the price is not known.
  package var cost: Double?

  package init(
    promptTokens: Int = 0,
    cachedTokens: Int = 0,
    outputTokens: Int = 0,
    thoughtTokens: Int = 0,
    isEstimated: Bool = false,
    cost: Double? = nil
  ) {
    self.promptTokens = promptTokens
    self.cachedTokens = cachedTokens
    self.outputTokens = outputTokens
    self.thoughtTokens = thoughtTokens
    self.isEstimated = isEstimated
    self.cost = cost
  }
}
