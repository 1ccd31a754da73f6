/// What a model answered.
package struct ModelReply: Hashable, Sendable {
  /// The answer without thoughts; may be empty.
  package var text: String
  /// What it showed of its thoughts; empty for nothing.
  package var thoughts: String
  package var finish: FinishReason
  package var usage: TokenUsage
  /// The version of the model that answered, as the server names it; nil when it does not.
  package var version: String?

  package init(
    text: String,
    thoughts: String = "",
    finish: FinishReason = .stop,
    usage: TokenUsage = TokenUsage(),
    version: String? = nil
  ) {
    self.text = text
    self.thoughts = thoughts
    self.finish = finish
    self.usage = usage
    self.version = version
  }
}

/// Why an answer ended.
package enum FinishReason: Hashable, Sendable {
  case stop
  /// The limit of tokens was reached.
  case length
  /// The server withheld it; its word for why.
  case blocked(String)
  /// Another reason, in the server's words.
  case other(String)
}

/// Tokens that an exchange took.
package struct TokenUsage: Hashable, Sendable {
  /// Of the question; those the server had in its cache are among them.
  package var prompt: Int
  package var cached: Int
  /// Of the answer, thoughts included: what is paid as output.
  package var output: Int
  /// Of the thoughts alone.
  package var thoughts: Int
  /// Whether a part was counted by us and not by the server.
  package var isEstimated: Bool

  package init(
    prompt: Int = 0,
    cached: Int = 0,
    output: Int = 0,
    thoughts: Int = 0,
    isEstimated: Bool = false
  ) {
    self.prompt = prompt
    self.cached = cached
    self.output = output
    self.thoughts = thoughts
    self.isEstimated = isEstimated
  }
}
