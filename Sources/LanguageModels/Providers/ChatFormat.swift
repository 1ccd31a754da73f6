package import PythonSyntax

/// Chat completions, as OpenAI and the many servers like it speak them.
///
/// Source: openai-openapi 2.3.0 and the servers' own answers (Ollama, vLLM, llama.cpp, OpenRouter, LiteLLM).
package struct ChatFormat: WireFormat {
  package init() {}

  package func body(_ plan: RequestPlan) -> JSONValue {
    var messages: [JSONValue] = []
    if let system = plan.request.system {
      messages.append(["role": .string(plan.systemRole), "content": .string(system)])
    }
    for turn in plan.request.turns {
      let role = turn.role == .user ? "user" : "assistant"
      messages.append(["role": .string(role), "content": .string(turn.text)])
    }
    var body: [String: JSONValue] = ["model": .string(plan.request.model), "messages": .array(messages)]
    let sampling = plan.request.sampling
    body["temperature"] = sampling.temperature.map { .double($0) }
    body["top_p"] = sampling.topP.map { .double($0) }
    body["top_k"] = sampling.topK.map { .int($0) }
    body["seed"] = sampling.seed.map { .int($0) }
    body[plan.limitName] = sampling.maximumTokens.map { .int($0) }
    if !sampling.stop.isEmpty { body["stop"] = .array(sampling.stop.map { .string($0) }) }
    if case .level(let name) = plan.thinking { body["reasoning_effort"] = .string(name) }
    if let tier = plan.tier { body["service_tier"] = .string(tier) }
    if plan.isStream { body["stream"] = true }
    if plan.asksStreamUsage { body["stream_options"] = ["include_usage": true] }
    return .object(body)
  }

  package func reply(_ messages: [JSONValue], isStream: Bool) throws(ServerFault) -> ModelReply {
    var answer = Answer()
    for message in messages { try answer.take(message) }
    return try answer.reply(isStream: isStream)
  }

  package func usage(_ messages: [JSONValue]) -> TokenUsage? {
    messages.compactMap(Self.usage(of:)).last
  }

  private static func usage(of message: JSONValue) -> TokenUsage? {
    guard let told = message["usage"], told.object?.isEmpty == false else { return nil }
    let prompt = told["prompt_tokens"]?.count
    let total = told["total_tokens"]?.count
    let output = told["completion_tokens"]?.count ?? total.map { $0 - (prompt ?? 0) }
    guard prompt != nil || output != nil else { return nil }
    return TokenUsage(
      prompt: max(0, prompt ?? 0),
      cached: max(0, told["prompt_tokens_details"]?["cached_tokens"]?.count ?? 0),
      output: max(0, output ?? 0),
      thoughts: max(0, told["completion_tokens_details"]?["reasoning_tokens"]?.count ?? 0)
    )
  }

  /// What has come of one answer.
  private struct Answer {
    private var text = ""
    private var thoughts = ""
    private var refusal = ""
    private var finish: String?
    private var hasChoice = false
    private var version: String?
    private var usage: TokenUsage?

    mutating func take(_ message: JSONValue) throws(ServerFault) {
      if let fault = ServerFault(event: message) { throw fault }
      usage = ChatFormat.usage(of: message) ?? usage
      version = message["model"]?.string ?? version
      guard let choice = message["choices"]?.array?.first else { return }
      hasChoice = true
      if let fault = ServerFault(event: choice) { throw fault }
      finish = choice["finish_reason"]?.string ?? finish
      if finish == "error" { throw ServerFault(.unavailable, "the server broke the answer off", .backOff) }
      guard let part = choice["message"] ?? choice["delta"] else { return }
      text += Self.text(part["content"])
      thoughts += part["reasoning_content"]?.string ?? part["reasoning"]?.string ?? ""
      refusal += part["refusal"]?.string ?? ""
    }

    /// A string, or the texts of a list of parts.
    private static func text(_ content: JSONValue?) -> String {
      if let text = content?.string { return text }
      return (content?.array ?? []).compactMap { $0["text"]?.string }.joined()
    }

    func reply(isStream: Bool) throws(ServerFault) -> ModelReply {
      guard hasChoice, finish != nil || !isStream else {
        throw ServerFault(
          .malformed,
          isStream ? "the stream ended before the answer did" : "the answer has no choices",
          .backOff,
          spent: usage
        )
      }
      return ModelReply(
        text: text.isEmpty ? refusal : text,
        thoughts: thoughts,
        finish: text.isEmpty && !refusal.isEmpty ? .blocked("refusal") : Self.reason(finish),
        usage: usage ?? TokenUsage(),
        version: version
      )
    }

    private static func reason(_ word: String?) -> FinishReason {
      switch word {
      case "stop", "eos", "end_turn": .stop
      case "length", "max_tokens": .length
      case "content_filter": .blocked("content_filter")
      case let word?: .other(word)
      case nil: .other("no finish reason")
      }
    }
  }
}
