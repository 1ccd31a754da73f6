import PythonSyntax

/// Models of the stub server, each of which does one thing; for clients that choose by name.
package enum StubModels {
  /// A reply with a fenced function and what breaks careless readers of lines.
  package static let text = "Here it is:\n```python\ndef priority(x):\n  return x\u{2028}\n```\n"

  /// What the server does with a request.
  package static func answer(_ request: StubRequest) -> StubAnswer {
    if request.method == "GET" { return models(request) }
    guard request.isGemini || request.path.hasSuffix("/chat/completions") else {
      return .error(to: request, 404, "NOT_FOUND", "no such path")
    }
    let good = StubAnswer.reply(to: request, text)
    switch request.model {
    case "thinking": return .reply(to: request, text, thoughts: "first I think")
    case "err-400": return .error(to: request, 400, "INVALID_ARGUMENT", "not like this")
    case "err-401": return .error(to: request, 401, "UNAUTHENTICATED", "bad key")
    case "err-429": return .error(to: request, 429, "RESOURCE_EXHAUSTED", "slow down", retryAfter: 1)
    case "err-quota": return .error(to: request, 429, "insufficient_quota", "You exceeded your quota")
    case "err-503": return .error(to: request, 503, "UNAVAILABLE", "too busy")
    case "flaky": return request.index % 2 == 0 ? .error(to: request, 503, "UNAVAILABLE", "too busy") : good
    case "html": return .whole(502, "<html><title>502 Bad Gateway</title></html>", type: "text/html")
    case "maxtok": return end(request, "MAX_TOKENS", "length")
    case "blocked": return end(request, "SAFETY", "content_filter")
    case "reset": return good.cut(then: .reset)
    case "stall": return good.cut(then: .stall)
    case "truncated": return good.cut(then: .close)
    case "silent": return StubAnswer([.stall])
    case "garbage": return StubAnswer([.send(Array("\0\u{1}this is not HTTP\r\n\r\n".utf8)), .close])
    default: return good
    }
  }

  /// A list of the models, for clients that look there first.
  private static func models(_ request: StubRequest) -> StubAnswer {
    let list: JSONValue =
      request.path.contains("v1beta")
      ? ["models": [["name": "models/ok", "supportedGenerationMethods": ["generateContent"]]]]
      : ["object": "list", "data": [["id": "ok", "object": "model", "created": 1, "owned_by": "stub"]]]
    return .whole(200, String(decoding: list.serialized, as: UTF8.self))
  }

  /// An answer without text that ended so.
  private static func end(_ request: StubRequest, _ gemini: String, _ chat: String) -> StubAnswer {
    let body =
      request.isGemini
      ? #"{"candidates":[{"finishReason":"\#(gemini)","index":0}],"usageMetadata":{"promptTokenCount":3,"thoughtsTokenCount":9,"totalTokenCount":12}}"#
      : #"{"id":"x","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":null},"finish_reason":"\#(chat)"}],"usage":{"prompt_tokens":3,"completion_tokens":9,"total_tokens":12}}"#
    return request.isStream ? .events(request.isGemini ? [body] : [body, "[DONE]"]) : .whole(200, body)
  }
}
