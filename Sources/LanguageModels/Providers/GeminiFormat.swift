package import PythonSyntax

/// `generateContent` of the Gemini API and of Vertex AI.
///
/// Source: discovery document of aiplatform v1, revision 20261106, and what google-genai 3.4.0 sends.
package struct GeminiFormat: WireFormat {
  package init() {}

  package func body(_ plan: RequestPlan) -> JSONValue {
    var body: [String: JSONValue] = [
      "contents": .array(
        plan.request.turns.map { turn in
          ["role": .string(turn.role.rawValue), "parts": [["text": .string(turn.text)]]]
        }
      )
    ]
    if let system = plan.request.system { body["systemInstruction"] = ["parts": [["text": .string(system)]]] }
    let generation = generation(plan)
    if !generation.isEmpty { body["generationConfig"] = .object(generation) }
    if !plan.safety.isEmpty {
      body["safetySettings"] = .array(
        plan.safety.sorted { $0.key < $1.key }.map { category, threshold in
          ["category": .string(category), "threshold": .string(threshold)]
        }
      )
    }
    if let tier = plan.tier { body["serviceTier"] = .string(tier) }
    return .object(body)
  }

  private func generation(_ plan: RequestPlan) -> [String: JSONValue] {
    let sampling = plan.request.sampling
    var fields: [String: JSONValue] = [:]
    fields["temperature"] = sampling.temperature.map { .double($0) }
    fields["topP"] = sampling.topP.map { .double($0) }
    fields["topK"] = sampling.topK.map { .int($0) }
    fields["maxOutputTokens"] = sampling.maximumTokens.map { .int($0) }
    fields["seed"] = sampling.seed.map { .int($0) }
    if !sampling.stop.isEmpty { fields["stopSequences"] = .array(sampling.stop.map { .string($0) }) }
    switch plan.thinking {
    case .level(let name): fields["thinkingConfig"] = ["thinkingLevel": .string(name.uppercased())]
    case .budget(let tokens): fields["thinkingConfig"] = ["thinkingBudget": .int(tokens)]
    case nil: break
    }
    return fields
  }

  package func reply(_ messages: [JSONValue], isStream: Bool) throws(ServerFault) -> ModelReply {
    var answer = Answer()
    for message in messages { try answer.take(message) }
    return try answer.reply(isStream: isStream)
  }

  package func usage(_ messages: [JSONValue]) -> TokenUsage? {
    var usage = Usage()
    for message in messages { usage.take(message) }
    return usage.tokens
  }

  /// The counts of an answer; those of a stream grow, and the last of each holds.
  private struct Usage {
    private var counts: [String: Int] = [:]

    mutating func take(_ message: JSONValue) {
      guard let told = message.member("usageMetadata") else { return }
      for key in [
        "promptTokenCount", "toolUsePromptTokenCount", "candidatesTokenCount", "thoughtsTokenCount",
        "cachedContentTokenCount", "totalTokenCount",
      ] {
        if let count = told.member(key)?.count { counts[key] = max(0, count) }
      }
    }

    var tokens: TokenUsage? {
      guard !counts.isEmpty else { return nil }
      let prompt = (counts["promptTokenCount"] ?? 0) + (counts["toolUsePromptTokenCount"] ?? 0)
      let thoughts = counts["thoughtsTokenCount"] ?? 0
      let rest = (counts["totalTokenCount"] ?? 0) - prompt - thoughts
      return TokenUsage(
        prompt: prompt,
        cached: counts["cachedContentTokenCount"] ?? 0,
        output: (counts["candidatesTokenCount"] ?? max(0, rest)) + thoughts,
        thoughts: thoughts
      )
    }
  }

  /// What has come of one answer.
  private struct Answer {
    private var text = ""
    private var thoughts = ""
    private var finish: String?
    private var blockReason: String?
    private var hasCandidate = false
    private var version: String?
    private var usage = Usage()

    mutating func take(_ message: JSONValue) throws(ServerFault) {
      if let fault = ServerFault(event: message) { throw fault }
      usage.take(message)
      version = message.member("modelVersion")?.string ?? version
      blockReason = message.member("promptFeedback")?.member("blockReason")?.string ?? blockReason
      guard let candidate = message.member("candidates")?.array?.first else { return }
      hasCandidate = true
      finish = candidate.member("finishReason")?.string ?? finish
      for part in candidate.member("content")?.member("parts")?.array ?? [] {
        guard let piece = part["text"]?.string else { continue }
        if part["thought"]?.bool == true { thoughts += piece } else { text += piece }
      }
    }

    func reply(isStream: Bool) throws(ServerFault) -> ModelReply {
      let end: FinishReason
      if let finish {
        if finish == "PUP_LIMITED_DISABLED" {
          throw ServerFault(.credentials, "the account may not use this model any more (\(finish))", .never)
        }
        end = GeminiFormat.reason(finish)
      } else if let blockReason {
        end = .blocked(blockReason)
      } else if isStream || !hasCandidate {
        throw ServerFault(
          .malformed,
          isStream ? "the stream ended before the answer did" : "the answer has no candidate",
          .backOff,
          spent: usage.tokens
        )
      } else {
        end = .other("no finish reason")
      }
      return ModelReply(
        text: text,
        thoughts: thoughts,
        finish: end,
        usage: usage.tokens ?? TokenUsage(),
        version: version
      )
    }
  }

  private static let blocked: Set<String> = [
    "SAFETY", "RECITATION", "LANGUAGE", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII", "IMAGE_SAFETY",
    "IMAGE_PROHIBITED_CONTENT", "IMAGE_RECITATION", "MODEL_ARMOR", "ESCALATION",
  ]

  private static func reason(_ word: String) -> FinishReason {
    switch word {
    case "STOP": .stop
    case "MAX_TOKENS": .length
    case let word where blocked.contains(word): .blocked(word)
    case let word: .other(word)
    }
  }
}
