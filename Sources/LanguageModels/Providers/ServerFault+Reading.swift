extension ServerFault {
  /// Reads an answer whose status is no success.
  ///
  /// - Parameters:
  ///   - answer: the answer.
  ///   - date: seconds since 1970, for times that the server gives as a date.
  ///   - sent: the parameters of the request, among which a refused one is looked for.
  package init(_ answer: HTTPAnswer, date: Double, sent: Set<ModelParameter>) {
    self.init(ErrorBody(answer.body), status: answer.status, fields: answer.fields, date: date, sent: sent)
  }

  init(
    _ body: ErrorBody,
    status: Int,
    fields: [String: String],
    date: Double?,
    sent: Set<ModelParameter>
  ) {
    let hint = RetryHint.delay(body, fields: fields, date: date)
    let again = hint.map { Recovery.after($0) } ?? .backOff
    var (kind, recovery) = Self.judge(body, status: status, again: again, sent: sent)
    switch fields["x-should-retry"] {
    case "false": recovery = .never
    case "true": if recovery == .never, status >= 500 || status == 409 { recovery = again }
    default: break
    }
    self.init(kind, Self.shown(body.message, status), recovery, status: status)
  }

  private static func shown(_ message: String, _ status: Int) -> String {
    let words = message.split { $0.isNewline || $0 == "\t" }.joined(separator: " ").trimmed
    let short = words.count > 300 ? words.prefix(300) + "…" : words
    return short.isEmpty ? "status \(status)" : "status \(status): \(short)"
  }

  private static func judge(
    _ body: ErrorBody,
    status: Int,
    again: Recovery,
    sent: Set<ModelParameter>
  ) -> (ModelError.Kind, Recovery) {
    switch status {
    case 300...399: (.notFound, .never)
    case 400, 422: judgeRefusal(body, sent)
    case 401: (.credentials, .never)
    // Where only money in flight is short, the server says when to come again.
    case 402: again == .backOff ? (.quota, .never) : (.rateLimit, again)
    case 403: (body.says("moderation", "flagged") ? .badRequest : .credentials, .never)
    case 404, 405: (.notFound, .never)
    case 413: (.tooLong, .never)
    case 429: judgeQuota(body, again)
    case 408, 409, 425, 499: (.unavailable, again)
    case 501, 505: (.badRequest, .never)
    case 500...599: body.isTooLong ? (.tooLong, .never) : (.unavailable, again)
    default: (.badRequest, .never)
    }
  }

  private static func judgeRefusal(_ body: ErrorBody, _ sent: Set<ModelParameter>) -> (
    ModelError.Kind, Recovery
  ) {
    if body.isTooLong { return (.tooLong, .never) }
    if body.says("api_key_invalid", "api key not valid", "api key expired", "incorrect api key") {
      return (.credentials, .never)
    }
    if let refusal = body.refusal(among: sent) { return (.badRequest, .adjust(refusal)) }
    return (.badRequest, .never)
  }

  private static func judgeQuota(_ body: ErrorBody, _ again: Recovery) -> (ModelError.Kind, Recovery) {
    if body.says("insufficient_quota", "billing_hard_limit_reached", "billing_not_active") {
      return (.quota, .never)
    }
    if body.quotaIDs.contains(where: { $0.contains("PerDay") }) { return (.quota, .never) }
    let message = body.message
    let hasNone =
      message.contains("limit: 0,") || message.contains("limit: 0\n") || message.hasSuffix("limit: 0")
    if hasNone || body.quotaValues.contains("0") { return (.quota, .never) }
    return (.rateLimit, again)
  }
}

extension ErrorBody {
  /// Whether one of its words or its message holds one of these, case left aside.
  fileprivate func says(_ texts: String...) -> Bool {
    let all = ([message] + words).joined(separator: " ").lowercased()
    return texts.contains { all.contains($0) }
  }

  /// Whether the question does not fit the model.
  fileprivate var isTooLong: Bool {
    says(
      "context_length_exceeded",
      "exceed_context_size",
      "contextwindowexceeded",
      "maximum context length",
      "context length of",
      "context window",
      "input token count",
      "exceeds the maximum number of tokens",
      "prompt is too long",
      "available context size"
    )
  }

  /// The parameter that is refused, and what to do; nil when it is something else.
  fileprivate func refusal(among sent: Set<ModelParameter>) -> ParameterRefusal? {
    for parameter in ModelParameter.allCases where sent.contains(parameter) {
      guard names.contains(where: { parameter.isNamed(by: $0) }) else { continue }
      return refusal(of: parameter)
    }
    let text = message.lowercased()
    for parameter in ModelParameter.allCases where sent.contains(parameter) {
      if parameter.names.contains(where: { text.containsWord($0) }) { return refusal(of: parameter) }
    }
    return nil
  }

  private func refusal(of parameter: ModelParameter) -> ParameterRefusal {
    guard parameter == .maximumTokens else { return ParameterRefusal(parameter, .drop) }
    let text = message.lowercased()
    if text.contains("use 'max_completion_tokens'") || text.contains("use max_completion_tokens") {
      return ParameterRefusal(parameter, .rename("max_completion_tokens"))
    }
    if text.containsWord("max_completion_tokens"), !text.containsWord("at most") {
      return ParameterRefusal(parameter, .rename("max_tokens"))
    }
    for opening in ["at most ", "less than or equal to ", "up to ", "<= "] {
      guard let range = text.firstRange(of: opening) else { continue }
      let digits = text[range.upperBound...].prefix { $0.isNumber || $0 == "," }.filter(\.isNumber)
      if let most = Int(digits), most > 0 { return ParameterRefusal(parameter, .lower(to: most)) }
    }
    return ParameterRefusal(parameter, .drop)
  }
}

extension ModelParameter {
  /// What servers call it, in lower case.
  fileprivate var names: [String] {
    switch self {
    case .temperature: ["temperature"]
    case .topP: ["top_p", "topp"]
    case .topK: ["top_k", "topk"]
    case .seed: ["seed"]
    case .stop: ["stop", "stop_sequences", "stopsequences"]
    case .maximumTokens: ["max_tokens", "max_completion_tokens", "max_output_tokens", "maxoutputtokens"]
    case .thinking:
      [
        "reasoning_effort", "thinking_level", "thinkinglevel", "thinking_budget", "thinkingbudget",
        "thinking_config", "thinkingconfig", "thinking level", "thinking budget", "thinking",
      ]
    case .system:
      ["developer instruction", "system_instruction", "systeminstruction", "system role", "system message"]
    case .tier: ["service_tier", "servicetier", "service tier"]
    case .safety: ["safety_settings", "safetysettings", "safety setting"]
    case .streamUsage: ["stream_options", "include_usage"]
    }
  }

  /// Whether a path such as `generation_config.top_k` or `messages[0].role` names it.
  fileprivate func isNamed(by path: String) -> Bool {
    let path = path.lowercased()
    return names.contains { path == $0 || path.containsWord($0) }
  }
}

extension String {
  /// Whether `word` stands in the text with no letter, digit or `_` beside it.
  fileprivate func containsWord(_ word: String) -> Bool {
    func isPart(_ character: Character?) -> Bool {
      character.map { $0.isLetter || $0.isNumber || $0 == "_" } ?? false
    }
    return ranges(of: word).contains { range in
      let before = range.lowerBound > startIndex ? self[index(before: range.lowerBound)] : nil
      let after = range.upperBound < endIndex ? self[range.upperBound] : nil
      return !isPart(before) && !isPart(after)
    }
  }
}
