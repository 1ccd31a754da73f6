/// A part of a request that a model or its server may refuse.
package enum ModelParameter: String, Hashable, Sendable, CaseIterable {
  case temperature
  case topP = "top_p"
  case topK = "top_k"
  case seed
  case stop
  case maximumTokens = "max_tokens"
  case thinking
  /// A system instruction; where it is refused, it goes in front of the first question.
  case system
  case tier
  case safety
  /// That a streamed answer tells its tokens.
  case streamUsage = "stream_options"
}
