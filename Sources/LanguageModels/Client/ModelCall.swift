/// A call that has ended, with what it took.
package struct ModelCall: Sendable {
  package let result: Result<ModelReply, ModelError>
  package let statistics: ModelCallStatistics
}

/// What a call took, retries and waits included.
package struct ModelCallStatistics: Hashable, Sendable {
  /// The configured name of the model that answered, or was asked last.
  package var model: String
  /// Requests sent.
  package var attempts = 0
  /// In the queue, held back by the number of calls under way or by pacing.
  package var queued = Duration.zero
  /// Between attempts.
  package var backedOff = Duration.zero
  /// From the question to its end.
  package var elapsed = Duration.zero
  /// From sending the request that was answered to the head of its answer.
  package var firstByte: Duration?
  /// Of the answer, and of lost answers where the server told.
  package var usage = TokenUsage()
  /// Requests whose answer was lost and may have to be paid all the same.
  package var lostAnswers = 0
  /// In US dollars, for ``usage``; nil where no price is known.
  package var cost: Double?
  /// Failed attempts by kind.
  package var faults: [ModelError.Kind: Int] = [:]

  package init(model: String) {
    self.model = model
  }

  /// Both together, as of a call that went on with another model.
  func followed(by next: ModelCallStatistics) -> ModelCallStatistics {
    var sum = next
    sum.attempts += attempts
    sum.queued += queued
    sum.backedOff += backedOff
    sum.elapsed += elapsed
    sum.usage = usage.adding(next.usage)
    sum.lostAnswers += lostAnswers
    // What the first took is priced only where it took something.
    if usage != TokenUsage() { sum.cost = cost.flatMap { first in next.cost.map { first + $0 } } }
    sum.faults.merge(faults) { $0 + $1 }
    return sum
  }
}

/// Something a user should know once: a parameter left out, a price not known.
package struct ModelNotice: Hashable, Sendable, CustomStringConvertible {
  /// The configured name of the model.
  package let model: String
  package let text: String

  package var description: String { "\(model): \(text)" }
}

extension TokenUsage {
  func adding(_ other: TokenUsage) -> TokenUsage {
    TokenUsage(
      prompt: prompt + other.prompt,
      cached: cached + other.cached,
      output: output + other.output,
      thoughts: thoughts + other.thoughts,
      isEstimated: isEstimated || other.isEstimated
    )
  }
}

/// How many tokens a text is, about.
package enum TokenEstimate {
  /// Characters of one token: code has fewer than prose.
  private static let charactersPerToken = 3.3

  /// An estimate that needs no tokenizer; most models are within a third of it.
  package static func tokens(in text: String) -> Int {
    var narrow = 0
    var wide = 0
    // Letters beyond Latin, Greek and Cyrillic are a token each, or nearly.
    for byte in text.utf8 where byte & 0xC0 != 0x80 {
      if byte < 0xE0 { narrow += 1 } else { wide += 1 }
    }
    return Int((Double(narrow) / charactersPerToken + Double(wide)).rounded(.up))
  }

  /// Of a whole question, with what a server puts around each turn.
  package static func tokens(in request: ModelRequest) -> Int {
    request.turns.reduce(request.system.map { tokens(in: $0) + 4 } ?? 0) { $0 + tokens(in: $1.text) + 4 }
  }
}
