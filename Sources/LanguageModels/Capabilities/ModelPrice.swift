/// What a million tokens cost, in US dollars.
package struct ModelPrice: Hashable, Sendable {
  package var input: Double
  package var output: Double
  /// Of the question's tokens that the server had in its cache; nil for no reduction.
  package var cached: Double?

  package init(input: Double, output: Double, cached: Double? = nil) {
    self.input = input
    self.output = output
    self.cached = cached
  }

  /// What an exchange of so many tokens costs, in US dollars.
  package func cost(of usage: TokenUsage) -> Double {
    let cachedTokens = Double(min(max(0, usage.cached), max(0, usage.prompt)))
    let fresh = Double(max(0, usage.prompt)) - cachedTokens
    let paid = fresh * input + cachedTokens * (cached ?? input) + Double(max(0, usage.output)) * output
    return paid / 1e6
  }

  /// The price in a cheaper tier.
  func times(_ factor: Double) -> ModelPrice {
    ModelPrice(input: input * factor, output: output * factor, cached: cached.map { $0 * factor })
  }
}
