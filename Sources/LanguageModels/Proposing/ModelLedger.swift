/// Keeps every question and answer, so that none is paid for twice.
///
/// What a method was given is durable against the death of this process when it returns.
package protocol ModelLedger: Sendable {
  /// What was answered before to the same request; nil when it has to be asked.
  ///
  /// - Throws: ``ModelError`` of kind `notRecorded` where only recorded answers are taken and there is none, or what is
  ///   wrong with the record.
  func recorded(_ call: PlannedCall) throws -> RecordedAnswer?

  /// Notes a question before it is sent.
  ///
  /// - Parameters:
  ///   - call: what is asked.
  ///   - reserved: the most it is expected to take.
  /// - Returns: the number by which it is answered.
  /// - Throws: when it cannot be noted; then it must not be sent.
  func asked(_ call: PlannedCall, reserved: ModelSpending) throws -> Int

  /// Notes an answer before it is used.
  func answered(_ number: Int, _ reply: ModelReply, spent: ModelSpending, waited: Duration) throws

  /// Notes that there is no answer, and what that may have cost.
  func unanswered(
    _ number: Int,
    _ error: ModelError,
    _ consequence: CallConsequence,
    spent: ModelSpending
  ) throws
}

/// What a record holds for a request.
package enum RecordedAnswer: Hashable, Sendable {
  case reply(ModelReply)
  /// There was no answer in spite of all retries.
  case none(String)
}

/// What becomes of a call without an answer.
package enum CallConsequence: Hashable, Sendable {
  /// Its step is discarded.
  case discarded
  /// It is asked again when the run goes on; the server did no work for it.
  case refused
  /// It is asked again when the run goes on, and may be paid twice.
  case lost
}

/// Tokens and money of one call or of many.
package struct ModelSpending: Hashable, Sendable {
  package var requests: Int
  package var usage: TokenUsage
  /// In US dollars; nil where a price is not known.
  package var cost: Double?

  package init(requests: Int = 0, usage: TokenUsage = TokenUsage(), cost: Double? = 0) {
    self.requests = requests
    self.usage = usage
    self.cost = cost
  }

  package static func + (one: ModelSpending, other: ModelSpending) -> ModelSpending {
    ModelSpending(
      requests: one.requests + other.requests,
      usage: TokenUsage(
        prompt: one.usage.prompt + other.usage.prompt,
        cached: one.usage.cached + other.usage.cached,
        output: one.usage.output + other.usage.output,
        thoughts: one.usage.thoughts + other.usage.thoughts,
        isEstimated: one.usage.isEstimated || other.usage.isEstimated
      ),
      cost: one.cost.flatMap { cost in other.cost.map { cost + $0 } }
    )
  }
}
