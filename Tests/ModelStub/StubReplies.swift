import PythonSyntax

extension StubAnswer {
  /// What a good server says to a request: `text`, in its protocol, at once or in pieces.
  package static func reply(to request: StubRequest, _ text: String, thoughts: String = "") -> StubAnswer {
    request.isGemini ? gemini(request, text, thoughts) : chat(request, text, thoughts)
  }

  /// An error of a server, in its protocol.
  package static func error(
    to request: StubRequest,
    _ status: Int,
    _ word: String,
    _ message: String,
    retryAfter seconds: Int? = nil
  ) -> StubAnswer {
    if request.isGemini {
      var error: [String: JSONValue] = [
        "code": .int(status), "message": .string(message), "status": .string(word),
      ]
      if let seconds {
        error["details"] = [
          ["@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": .string("\(seconds)s")]
        ]
      }
      return .whole(status, text(["error": .object(error)]))
    }
    let error: JSONValue = [
      "error": ["message": .string(message), "type": .string(word), "param": nil, "code": .string(word)]
    ]
    return .whole(status, text(error), fields: seconds.map { ["Retry-After": "\($0)"] } ?? [:])
  }

  private static func text(_ value: JSONValue) -> String { String(decoding: value.serialized, as: UTF8.self) }

  private static func pieces(_ text: String) -> [String] {
    let characters = Array(text)
    return stride(from: 0, to: characters.count, by: 7).map { start in
      String(characters[start..<min(start + 7, characters.count)])
    }
  }

  /// Words, as a stub counts tokens.
  private static func tokens(_ text: String) -> Int { text.split { $0.isWhitespace }.count }

  private static func gemini(_ request: StubRequest, _ text: String, _ thoughts: String) -> StubAnswer {
    let usage: JSONValue = [
      "promptTokenCount": .int(tokens(request.question)), "candidatesTokenCount": .int(tokens(text)),
      "thoughtsTokenCount": .int(tokens(thoughts)),
      "totalTokenCount": .int(tokens(request.question) + tokens(text) + tokens(thoughts)),
    ]
    func message(_ parts: [JSONValue], _ finish: JSONValue?) -> JSONValue {
      var candidate: [String: JSONValue] = ["index": 0]
      if !parts.isEmpty { candidate["content"] = ["role": "model", "parts": .array(parts)] }
      candidate["finishReason"] = finish
      return [
        "candidates": [.object(candidate)], "usageMetadata": usage, "modelVersion": .string(request.model),
        "responseId": "stub",
      ]
    }
    let thought: [JSONValue] = thoughts.isEmpty ? [] : [["text": .string(thoughts), "thought": true]]
    guard request.isStream else {
      return .whole(200, Self.text(message(thought + [["text": .string(text)]], "STOP")))
    }
    var events = pieces(text).map { message([["text": .string($0)]], nil) }
    if !thought.isEmpty { events.insert(message(thought, nil), at: 0) }
    return .events((events + [message([], "STOP")]).map(Self.text), end: "\r\n")
  }

  private static func chat(_ request: StubRequest, _ text: String, _ thoughts: String) -> StubAnswer {
    let usage: JSONValue = [
      "prompt_tokens": .int(tokens(request.question)),
      "completion_tokens": .int(tokens(text) + tokens(thoughts)),
      "total_tokens": .int(tokens(request.question) + tokens(text) + tokens(thoughts)),
      "completion_tokens_details": ["reasoning_tokens": .int(tokens(thoughts))],
    ]
    func message(_ object: String, _ choices: [JSONValue], _ usage: JSONValue?) -> JSONValue {
      var fields: [String: JSONValue] = [
        "id": "chatcmpl-stub", "object": .string(object), "created": 1_795_000_000,
        "model": .string(request.model), "choices": .array(choices),
      ]
      fields["usage"] = usage
      return .object(fields)
    }
    guard request.isStream else {
      var said: [String: JSONValue] = ["role": "assistant", "content": .string(text)]
      if !thoughts.isEmpty { said["reasoning_content"] = .string(thoughts) }
      let choice: JSONValue = ["index": 0, "message": .object(said), "finish_reason": "stop"]
      return .whole(200, Self.text(message("chat.completion", [choice], usage)))
    }
    func delta(_ delta: JSONValue, _ finish: JSONValue = nil) -> String {
      let choice: JSONValue = ["index": 0, "delta": delta, "finish_reason": finish]
      return Self.text(message("chat.completion.chunk", [choice], nil))
    }
    var events = [delta(["role": "assistant", "content": nil])]
    if !thoughts.isEmpty { events.append(delta(["reasoning_content": .string(thoughts)])) }
    events += pieces(text).map { delta(["content": .string($0)]) }
    events.append(delta([:], "stop"))
    if request.body["stream_options"]?["include_usage"]?.bool == true {
      events.append(Self.text(message("chat.completion.chunk", [], usage)))
    }
    return .events(events + ["[DONE]"])
  }
}
