package import Reports
import RunJournal

/// What a model was asked for a program and answered, whole.
package struct ExchangeObject: Encodable, Sendable {
  package let model: String
  package let version: String?
  package let attempt: Int
  package let question: [MessageObject]
  /// Absent where there was no answer.
  package let reply: String?
  package let thoughts: String?
  package let finish: String?
  /// Why there was none.
  package let error: String?
  package let takenFrom: String?
  package let tokensPrompt: Int
  package let tokensCached: Int
  package let tokensOutput: Int
  package let tokensThought: Int
  package let estimated: Bool
  package let usd: Double?
  package let waitSeconds: Double?

  package struct MessageObject: Encodable, Sendable {
    package let role: String
    package let text: String
  }

  package enum CodingKeys: String, CodingKey {
    case model, version, attempt, question, reply, thoughts, finish, error, estimated, usd
    case takenFrom = "taken_from"
    case tokensPrompt = "tokens_prompt"
    case tokensCached = "tokens_cached"
    case tokensOutput = "tokens_output"
    case tokensThought = "tokens_thought"
    case waitSeconds = "wait_seconds"
  }

  package init(_ exchange: ModelExchange) {
    model = exchange.model
    version = exchange.version
    attempt = exchange.attempt
    question = exchange.question.map { MessageObject(role: $0.role, text: $0.text) }
    reply = exchange.answer?.text
    thoughts = exchange.answer?.thoughts
    finish = exchange.answer?.finish
    error = exchange.failure.map { "\($0.kind): \($0.message)" }
    takenFrom = exchange.takenFrom
    tokensPrompt = exchange.spend.promptTokens
    tokensCached = exchange.spend.cachedTokens
    tokensOutput = exchange.spend.outputTokens
    tokensThought = exchange.spend.thoughtTokens
    estimated = exchange.spend.isEstimated
    usd = exchange.spend.cost
    waitSeconds = exchange.answer.map { Double($0.waitMicroseconds) * 1e-6 }
  }
}
