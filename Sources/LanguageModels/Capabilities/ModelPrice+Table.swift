extension ModelPrice {
  /// A price that holds for some days.
  struct Entry {
    let pattern: String
    let price: ModelPrice
    /// The first and the last day, as `2026-12-31`; nil for no end that is known.
    let from: String?
    let to: String?
  }

  /// Where the table is from, and of which day.
  package static let source = "LiteLLM 1.106.2, price map, and ai.google.dev; 2026-11-21"

  /// What a model costs at its provider's own server.
  ///
  /// - Parameters:
  ///   - model: its name as its server knows it.
  ///   - provider: whose server it is.
  ///   - isFlex: whether it is asked in the flexible tier, at half the price where there is one.
  ///   - day: the day of the call, as `2026-11-21`.
  /// - Returns: the price; nil where none is known, which is never the same as nothing to pay.
  package static func of(_ model: String, at provider: ModelProvider, isFlex: Bool, on day: String)
    -> ModelPrice?
  {
    let name = model.lowercased().split(separator: "/").last.map(String.init) ?? ""
    let rows = provider == .openai ? openAI + gemini : gemini
    guard let row = rows.first(where: { name.matches($0.pattern) }) else { return nil }
    guard (row.from ?? "") <= day, day <= row.to ?? "9999" else { return nil }
    return isFlex ? row.price.times(0.5) : row.price
  }

  private static func row(
    _ pattern: String,
    _ input: Double,
    _ output: Double,
    _ cached: Double?,
    from: String? = nil,
    to: String? = nil
  ) -> Entry {
    let price = ModelPrice(input: input, output: output, cached: cached)
    return Entry(pattern: pattern, price: price, from: from, to: to)
  }

  /// The first that fits holds.
  ///
  /// Prices are of questions up to 200,000 tokens.
  private static let gemini: [Entry] = [
    row("gemini-3.8-flash", 0.75, 3.75, 0.075, to: "2026-12-31"),
    row("gemini-3.7-flash", 0.75, 3.75, 0.075),
    // The provider's page says this much; the price map says half of it.
    row("gemini-3.6-flash", 1.5, 7.5, 0.15),
    row("gemini-3.5-flash-lite", 0.3, 2.5, 0.03),
    row("gemini-3.5-flash", 1.5, 9, 0.15),
    row("gemini-3.1-pro-preview*", 2, 12, 0.2),
    row("gemini-3.1-flash-lite*", 0.25, 1.5, 0.025),
    row("gemini-3-flash-preview", 0.5, 3, 0.05),
    row("gemini-2.5-flash-lite", 0.1, 0.4, 0.01),
    row("gemini-2.5-flash", 0.3, 2.5, 0.03),
    row("gemini-2.5-pro", 1.25, 10, 0.125),
  ]

  private static let openAI: [Entry] = [
    row("gpt-6.1-sol*", 2, 10, 0.1),
    row("gpt-6-astra*", 10, 50, 1),
    row("gpt-6-sol*", 2, 10, 0.2),
    row("gpt-6-luna*", 0.1, 0.5, 0.01),
    row("gpt-5.6-luna*", 0.2, 1.2, 0.02),
    row("gpt-5.6-terra*", 2, 12, 0.2),
    row("gpt-5.6-sol*", 4, 20, 0.4),
    row("gpt-5.6", 4, 20, 0.4),
    row("gpt-5.5-pro*", 30, 180, nil),
    row("gpt-5.5", 5, 30, 0.5),
    row("gpt-5.5-2*", 5, 30, 0.5),
    row("gpt-5.4-pro*", 30, 180, nil),
    row("gpt-5.4-mini*", 0.75, 4.5, 0.075),
    row("gpt-5.4-nano*", 0.2, 1.25, 0.02),
    row("gpt-5.4", 2.5, 15, 0.25),
    row("gpt-5.4-2*", 2.5, 15, 0.25),
    row("gpt-5.2-pro*", 21, 168, nil),
    row("gpt-5.2*", 1.75, 14, 0.175),
    row("gpt-5.1-codex-mini*", 0.25, 2, 0.025),
    row("gpt-5.1*", 1.25, 10, 0.125),
    row("gpt-5-pro*", 15, 120, nil),
    row("gpt-5-mini*", 0.25, 2, 0.025),
    row("gpt-5-nano*", 0.05, 0.4, 0.005),
    row("gpt-5", 1.25, 10, 0.125),
    row("gpt-5-2*", 1.25, 10, 0.125),
    row("gpt-4.1-mini*", 0.4, 1.6, 0.1),
    row("gpt-4.1-nano*", 0.1, 0.4, 0.025),
    row("gpt-4.1*", 2, 8, 0.5),
    row("gpt-4o-mini", 0.15, 0.6, 0.075),
    row("gpt-4o-mini-2024-07-18", 0.15, 0.6, 0.075),
    row("gpt-4o", 2.5, 10, 1.25),
    row("o4-mini", 1.1, 4.4, 0.275),
    row("o3-mini*", 1.1, 4.4, 0.55),
    row("o3", 2, 8, 0.5),
    row("o3-2025-04-16", 2, 8, 0.5),
    row("o1", 15, 60, 7.5),
  ]
}
