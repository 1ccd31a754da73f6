import PythonSyntax

/// Why one attempt at a call failed, and what may be done about it.
package struct ServerFault: Error, Hashable, Sendable {
  package enum Recovery: Hashable, Sendable {
    /// The same would happen again.
    case never
    /// Again after a while.
    case backOff
    /// Again, but not before so long.
    case after(Duration)
    /// Again at once, with the request changed.
    case adjust(ParameterRefusal)
  }

  package var kind: ModelError.Kind
  /// What the server or the connection said; never a key.
  package var message: String
  package var recovery: Recovery
  /// The status that says so; nil where there was no answer.
  package var status: Int?
  /// Tokens that the server told of the answer that was lost.
  package var spent: TokenUsage?
  /// Whether the server may have worked on the question, and charge for it.
  package var mayHaveSpent: Bool

  package init(
    _ kind: ModelError.Kind,
    _ message: String,
    _ recovery: Recovery,
    status: Int? = nil,
    spent: TokenUsage? = nil,
    mayHaveSpent: Bool = false
  ) {
    self.kind = kind
    self.message = message
    self.recovery = recovery
    self.status = status
    self.spent = spent
    self.mayHaveSpent = mayHaveSpent || spent != nil || kind == .malformed
  }

  /// Whether the server asks for fewer requests.
  package var isOverload: Bool { kind == .rateLimit || status == 503 || status == 529 }

  /// Whether the server itself is in trouble.
  package var isBreakdown: Bool { kind == .unavailable || kind == .connection }

  /// The fault that a message with a good status reports; nil when it reports none.
  init?(event: JSONValue) {
    guard let error = event["error"], !error.isNull, error != false, error != "" else { return nil }
    let body = ErrorBody(event)
    self.init(body, status: body.statusCode ?? 502, fields: [:], date: nil, sent: [])
  }
}
