package import FunSearch

/// Makes programs of models' replies.
package protocol ReplyExtractor: Sendable {
  /// What a reply becomes. Every reply becomes something; the same one always becomes the same.
  ///
  /// - Parameters:
  ///   - reply: the answer, with why it ended.
  ///   - prompt: what was asked: its versions are v0 … vk-1, and vk is what the model was to write.
  /// - Returns: a candidate, or why there is none.
  /// - Throws: what is wrong with the machine, and `CancellationError`; never what is wrong with the reply.
  func extract(_ reply: ModelReply, prompt: Prompt) async throws -> Extraction
}
