extension ModelCapability {
  /// What is known of a model; for one that is not, the least that its kind of server takes.
  ///
  /// - Parameters:
  ///   - model: its name as its server knows it.
  ///   - provider: whose server it is.
  ///   - isOwnServer: whether the server is of the user's choice rather than the provider's own.
  /// - Returns: the capability of the first pattern that fits.
  package static func of(_ model: String, at provider: ModelProvider, isOwnServer: Bool) -> ModelCapability {
    let name = model.lowercased().split(separator: "/").last.map(String.init) ?? ""
    switch provider {
    case .gemini, .vertex:
      return gemini.first { name.matches($0.pattern) }?.capability ?? unknownGemini
    case .openai:
      if let row = gemini.first(where: { name.matches($0.pattern) }) { return compatible(row.capability) }
      if let row = openAI.first(where: { name.matches($0.pattern) }) { return row.capability }
      return isOwnServer ? ownServer : unknownOpenAI
    }
  }

  private typealias Row = (pattern: String, capability: ModelCapability)

  private static let sampling: Set<ModelParameter> = [.temperature, .topP, .topK]
  private static let gemini3Parameters: Set<ModelParameter> = [
    .seed, .stop, .maximumTokens, .thinking, .system, .tier, .safety,
  ]
  private static let documentation = "ai.google.dev, thinking and what is new in Gemini 3.6; 2026-11-21"
  private static let priceMap = "LiteLLM 1.106.2, price map, and ai.google.dev; 2026-11-21"

  private static func gemini(
    _ pattern: String,
    _ thinking: Thinking,
    takesSampling: Bool,
    output: Int = 65_536,
    source: String = documentation
  ) -> Row {
    (
      pattern,
      ModelCapability(
        parameters: takesSampling ? gemini3Parameters.union(sampling) : gemini3Parameters,
        thinking: thinking,
        maximumOutput: output,
        maximumInput: 1_048_576,
        source: source
      )
    )
  }

  /// The first that fits holds.
  private static let gemini: [Row] = [
    gemini("gemini-3.8-flash*", .levels(["low", "medium", "high"]), takesSampling: false),
    gemini("gemini-3.7-flash*", .levels(["low", "medium", "high"]), takesSampling: false),
    gemini("gemini-3.6-flash*", .levels(["minimal", "low", "medium", "high"]), takesSampling: false),
    gemini("gemini-3.5-flash-lite*", .levels(["minimal", "low", "medium", "high"]), takesSampling: false),
    gemini("gemini-3.5-flash*", .levels(["minimal", "low", "medium", "high"]), takesSampling: true),
    gemini("gemini-3.1-pro*", .levels(["low", "medium", "high"]), takesSampling: true),
    gemini("gemini-3.1-flash-lite*", .levels(["minimal", "low", "medium", "high"]), takesSampling: true),
    gemini("gemini-3-flash*", .levels(["minimal", "low", "medium", "high"]), takesSampling: true),
    gemini("gemini-2.5-pro*", .budget(128...32_768, canBeOff: false), takesSampling: true, source: priceMap),
    gemini("gemini-2.5-flash*", .budget(0...24_576, canBeOff: true), takesSampling: true, source: priceMap),
  ]

  /// A model of Google's that is not in the table: sampling is being taken away, levels of thinking stay.
  private static let unknownGemini = ModelCapability(
    parameters: [.maximumTokens, .system, .thinking, .tier, .safety],
    thinking: .levels(["low", "medium", "high"])
  )

  private static let effort = ["minimal", "low", "medium", "high", "xhigh"]
  private static let specification = "openai-openapi 2.3.0 and LiteLLM 1.106.2, price map; 2026-11-21"

  private static func reasoning(_ pattern: String, _ levels: [String], output: Int) -> Row {
    (
      pattern,
      ModelCapability(
        parameters: [.maximumTokens, .thinking, .system, .tier, .streamUsage],
        thinking: .levels(levels),
        limitName: "max_completion_tokens",
        systemRole: "developer",
        maximumOutput: output,
        source: specification
      )
    )
  }

  private static func chat(_ pattern: String, output: Int) -> Row {
    (
      pattern,
      ModelCapability(
        parameters: [.temperature, .topP, .seed, .stop, .maximumTokens, .system, .streamUsage],
        thinking: .none,
        limitName: "max_completion_tokens",
        maximumOutput: output,
        source: specification
      )
    )
  }

  /// The first that fits holds.
  private static let openAI: [Row] = [
    chat("gpt-5*-chat*", output: 16_384),
    reasoning("gpt-5-*", ["minimal", "low", "medium", "high"], output: 128_000),
    reasoning("gpt-5", ["minimal", "low", "medium", "high"], output: 128_000),
    reasoning("gpt-5.*", ["none", "low", "medium", "high", "xhigh"], output: 128_000),
    reasoning("gpt-6*", ["none", "low", "medium", "high", "xhigh"], output: 128_000),
    chat("gpt-4.1*", output: 32_768),
    chat("gpt-4o*", output: 16_384),
    chat("gpt-4*", output: 4_096),
    reasoning("o1*", ["low", "medium", "high"], output: 100_000),
    reasoning("o3*", ["low", "medium", "high"], output: 100_000),
    reasoning("o4*", ["low", "medium", "high"], output: 100_000),
  ]

  /// A model of OpenAI's that is not in the table.
  private static let unknownOpenAI = ModelCapability(
    parameters: [.maximumTokens, .system],
    thinking: .levels(["low", "medium", "high"]),
    limitName: "max_completion_tokens"
  )

  /// A server of the user's own, whose models take what is asked for: nothing is sent unasked.
  private static let ownServer = ModelCapability(
    parameters: Set(ModelParameter.allCases).subtracting([.safety, .tier]),
    thinking: .levels(["none"] + effort)
  )

  /// A Gemini model behind chat completions, where unknown fields are refused.
  private static func compatible(_ capability: ModelCapability) -> ModelCapability {
    var result = capability
    result.parameters.subtract([.seed, .topK, .safety, .tier])
    result.parameters.insert(.streamUsage)
    if case .budget = capability.thinking { result.thinking = .levels(["none", "low", "medium", "high"]) }
    return result
  }
}

extension String {
  /// Whether the text is of a pattern in which `*` stands for any text.
  func matches(_ pattern: String) -> Bool {
    let parts = pattern.split(separator: "*", omittingEmptySubsequences: false)
    guard let first = parts.first, parts.count > 1 else { return self == pattern }
    guard hasPrefix(first) else { return false }
    var rest = dropFirst(first.count)
    for part in parts.dropFirst().dropLast() {
      guard let found = rest.firstRange(of: part) else { return false }
      rest = rest[found.upperBound...]
    }
    return rest.hasSuffix(parts[parts.count - 1])
  }
}
