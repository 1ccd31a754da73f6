/// A request as it will be sent: without what the model does not take.
package struct RequestPlan: Hashable, Sendable {
  package var request: ModelRequest
  /// As the model is told: a level it has, or a budget within its range.
  package var thinking: ModelThinking?
  /// Such as `flex`.
  package var tier: String?
  /// Thresholds by category, in the server's words.
  package var safety: [String: String] = [:]
  /// The name of the limit of tokens in chat completions.
  package var limitName = "max_tokens"
  /// Who speaks the system instruction in chat completions.
  package var systemRole = "system"
  package var isStream = false
  /// Whether a stream is asked to tell its tokens.
  package var asksStreamUsage = false
  /// What was asked for and is not sent as it was, a sentence each.
  package var notices: [String] = []

  /// Plans to send everything that `request` asks for.
  package init(_ request: ModelRequest) {
    self.request = request
    thinking = request.sampling.thinking
  }

  /// Plans what of a request is sent to one model.
  ///
  /// - Parameters:
  ///   - request: what is asked for.
  ///   - configuration: the model.
  ///   - learned: what its server refused before.
  package init(
    _ request: ModelRequest,
    for configuration: ModelConfiguration,
    learned: LearnedCapabilities.Entry = .init()
  ) {
    self.init(request)
    let capability = configuration.capability
    let allowed = capability.parameters.subtracting(learned.refused).union(configuration.alwaysSent)
    limitName = learned.limitName ?? capability.limitName
    systemRole = capability.systemRole
    isStream = configuration.isStreamed
    asksStreamUsage = isStream && allowed.contains(.streamUsage)
    restrictSampling(to: allowed)
    limitTokens(capability.maximumOutput, learned.maximumTokens)
    planThinking(capability.thinking, isAllowed: allowed.contains(.thinking))
    if allowed.contains(.tier) { tier = configuration.isFlex ? "flex" : nil }
    if configuration.isFlex, tier == nil { notices.append("has no flexible tier; asked at the full price") }
    if allowed.contains(.safety) { safety = configuration.safety }
    if !allowed.contains(.system) { foldSystem() }
  }

  /// The parameters that are sent, among which a refusal is looked for.
  package var sent: Set<ModelParameter> {
    var sent: Set<ModelParameter> = []
    let sampling = request.sampling
    if sampling.temperature != nil { sent.insert(.temperature) }
    if sampling.topP != nil { sent.insert(.topP) }
    if sampling.topK != nil { sent.insert(.topK) }
    if sampling.seed != nil { sent.insert(.seed) }
    if !sampling.stop.isEmpty { sent.insert(.stop) }
    if sampling.maximumTokens != nil { sent.insert(.maximumTokens) }
    if thinking != nil { sent.insert(.thinking) }
    if request.system != nil { sent.insert(.system) }
    if tier != nil { sent.insert(.tier) }
    if !safety.isEmpty { sent.insert(.safety) }
    if asksStreamUsage { sent.insert(.streamUsage) }
    return sent
  }

  private mutating func restrictSampling(to allowed: Set<ModelParameter>) {
    func drop<T>(_ parameter: ModelParameter, _ path: WritableKeyPath<ModelSampling, T?>) {
      guard request.sampling[keyPath: path] != nil, !allowed.contains(parameter) else { return }
      request.sampling[keyPath: path] = nil
      notices.append("takes no \(parameter.rawValue); it is left out")
    }
    drop(.temperature, \.temperature)
    drop(.topP, \.topP)
    drop(.topK, \.topK)
    drop(.seed, \.seed)
    drop(.maximumTokens, \.maximumTokens)
    if !request.sampling.stop.isEmpty, !allowed.contains(.stop) {
      request.sampling.stop = []
      notices.append("takes no stop; it is left out")
    }
  }

  private mutating func limitTokens(_ limits: Int?...) {
    guard let asked = request.sampling.maximumTokens, let most = limits.compactMap({ $0 }).min(), asked > most
    else { return }
    request.sampling.maximumTokens = most
    notices.append("answers at most \(most) tokens; max_tokens \(asked) is lowered")
  }

  private mutating func planThinking(_ style: ModelCapability.Thinking, isAllowed: Bool) {
    guard let asked = request.sampling.thinking else { return }
    guard isAllowed, style != .none else {
      thinking = nil
      notices.append("takes no thinking; it is left out")
      return
    }
    thinking = asked.told(in: style)
    if case .level(let name) = asked, let thinking, thinking != asked, case .level(let other) = thinking {
      notices.append("has no thinking level \(name); \(other) is used")
    }
  }

  private mutating func foldSystem() {
    guard let system = request.system else { return }
    request.system = nil
    if let first = request.turns.first, first.role == .user {
      request.turns[0] = ModelTurn(role: .user, text: system + "\n\n" + first.text)
    } else {
      request.turns.insert(ModelTurn(role: .user, text: system), at: 0)
    }
  }
}

extension ModelThinking {
  /// All levels that models know, from the least to the most.
  package static let levels = ["none", "minimal", "low", "medium", "high", "xhigh", "max"]

  /// What comes nearest in the model's own terms; nil for its own choice.
  func told(in style: ModelCapability.Thinking) -> ModelThinking? {
    switch (style, self) {
    case (.none, _): nil
    case (.levels(let levels), .level(let name)): .level(Self.nearest(to: name, in: levels))
    case (.levels, .budget(..<0)): nil
    case (.levels(let levels), .budget(let tokens)):
      .level(Self.nearest(to: Self.level(of: tokens), in: levels))
    case (.budget, .budget(..<0)): .budget(-1)
    case (.budget(let range, let canBeOff), .budget(let tokens)):
      .budget(canBeOff && tokens == 0 ? 0 : min(max(tokens, range.lowerBound), range.upperBound))
    case (.budget(let range, let canBeOff), .level(let name)):
      .budget(Self.tokens(of: name, in: range, canBeOff: canBeOff))
    }
  }

  private static func level(of tokens: Int) -> String {
    switch tokens {
    case ...0: "none"
    case ...512: "minimal"
    case ...4096: "low"
    case ...12_288: "medium"
    default: "high"
    }
  }

  private static func tokens(of level: String, in range: ClosedRange<Int>, canBeOff: Bool) -> Int {
    let tokens =
      switch level {
      case "none": canBeOff ? 0 : range.lowerBound
      case "minimal": 512
      case "low": 2048
      case "medium": 8192
      default: range.upperBound
      }
    return canBeOff && tokens == 0 ? 0 : min(max(tokens, range.lowerBound), range.upperBound)
  }

  private static func nearest(to name: String, in allowed: [String]) -> String {
    guard !allowed.contains(name), let place = levels.firstIndex(of: name) else { return name }
    let ranked = allowed.compactMap { other in levels.firstIndex(of: other).map { (other, abs($0 - place)) } }
    return ranked.min { $0.1 < $1.1 }?.0 ?? name
  }
}
