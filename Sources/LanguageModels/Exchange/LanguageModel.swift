/// Something that answers questions: a provider's model, a record of one, or a script in tests.
package protocol LanguageModel: Sendable {
  /// The name under which it is configured, counted and reported.
  var name: String { get }

  /// Asks once; waiting, retrying and pacing are part of it.
  ///
  /// - Parameter request: the question.
  /// - Returns: the answer, which may be empty, cut off or blocked.
  /// - Throws: ``ModelError`` when no answer is to be had within the request's deadline.
  func answer(_ request: ModelRequest) async throws(ModelError) -> ModelReply
}
