/// Whose protocol a model is spoken to in.
package enum ModelProvider: String, Hashable, Sendable, CaseIterable {
  /// `generateContent` of the Gemini API.
  case gemini
  /// Chat completions, of OpenAI and of the many servers that speak the same.
  case openai
  /// `generateContent` of Vertex AI, with a token instead of a key.
  case vertex
}
