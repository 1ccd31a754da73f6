/// Sends requests and collects answers: the one place where models touch the network.
package protocol HTTPExchange: Sendable {
  /// Sends once, without repeating or following anything; cancelling the task closes the connection.
  ///
  /// - Parameters:
  ///   - request: what is sent.
  ///   - limits: how long and how large the exchange may be.
  /// - Returns: the whole answer, whatever its status.
  /// - Throws: ``HTTPFault`` when no whole answer came.
  func send(_ request: HTTPRequest, within limits: HTTPLimits) async throws(HTTPFault) -> HTTPAnswer

  /// Closes all connections; called once, last.
  func close() async
}

/// Why no whole answer came.
package struct HTTPFault: Error, Sendable, Hashable {
  package enum Kind: Sendable, Hashable {
    /// No connection: nothing was sent.
    case noConnection
    /// The address cannot be used: not a URL, or a scheme that is none.
    case badAddress
    /// The connection broke or spoke something else than HTTP.
    case broken
    /// No head of an answer in time.
    case firstByteLate
    /// The answer stopped in the middle.
    case stalled
    /// Not done in time.
    case late
    /// The answer is longer than allowed.
    case tooLong
    /// The task was cancelled.
    case cancelled
  }

  package let kind: Kind
  /// In words, without the address.
  package let detail: String
  /// What had come of the answer; nil when not even its head.
  package let partial: HTTPAnswer?

  package init(_ kind: Kind, _ detail: String, partial: HTTPAnswer? = nil) {
    self.kind = kind
    self.detail = detail
    self.partial = partial
  }
}
