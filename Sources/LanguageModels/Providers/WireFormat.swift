package import PythonSyntax

/// How questions and answers are written for a kind of server; a pure value.
package protocol WireFormat: Sendable {
  /// The body of a request.
  func body(_ plan: RequestPlan) -> JSONValue

  /// The reply that one answer, or the events of a stream in order, make.
  ///
  /// - Parameters:
  ///   - messages: the answer, or what came of a stream.
  ///   - isStream: whether they are events of a stream, which must say that it is complete.
  /// - Returns: the reply; tokens that the server did not tell are 0.
  /// - Throws: ``ServerFault`` when they are an error or make no reply.
  func reply(_ messages: [JSONValue], isStream: Bool) throws(ServerFault) -> ModelReply

  /// The tokens that the server told of an answer that may be incomplete; nil when it told none.
  func usage(_ messages: [JSONValue]) -> TokenUsage?
}
