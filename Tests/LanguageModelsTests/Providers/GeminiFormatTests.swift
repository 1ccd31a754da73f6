import LanguageModels
import PythonSyntax
import Testing

@Suite("The format of Gemini")
struct GeminiFormatTests {
  private let format = GeminiFormat()

  private func reply(_ text: String, isStream: Bool = false) throws -> ModelReply {
    try format.reply([try JSONValue(parsing: text)], isStream: isStream)
  }

  @Test("writes what is asked for in camel case, and nothing else")
  func body() throws {
    let sampling = ModelSampling(
      temperature: 0.5,
      topP: 0.9,
      topK: 40,
      maximumTokens: 100,
      stop: ["END"],
      seed: 7,
      thinking: .level("low")
    )
    let turns = [
      ModelTurn(role: .user, text: "a"), ModelTurn(role: .model, text: "b"),
      ModelTurn(role: .user, text: "c\n\"é"),
    ]
    var plan = RequestPlan(ModelRequest(model: "gemini-x", system: "s", turns: turns, sampling: sampling))
    plan.tier = "flex"
    plan.safety = ["HARM_CATEGORY_HARASSMENT": "BLOCK_NONE"]
    let expected = #"""
      {"contents":[{"parts":[{"text":"a"}],"role":"user"},{"parts":[{"text":"b"}],"role":"model"},{"parts":[{"text":"c\n\"é"}],"role":"user"}],"generationConfig":{"maxOutputTokens":100,"seed":7,"stopSequences":["END"],"temperature":0.5,"thinkingConfig":{"thinkingLevel":"LOW"},"topK":40,"topP":0.9},"safetySettings":[{"category":"HARM_CATEGORY_HARASSMENT","threshold":"BLOCK_NONE"}],"serviceTier":"flex","systemInstruction":{"parts":[{"text":"s"}]}}
      """#
    #expect(format.body(plan) == (try JSONValue(parsing: expected)))
    let bare = RequestPlan(ModelRequest(model: "m", system: nil, turns: [turns[0]]))
    #expect(
      format.body(bare) == (try JSONValue(parsing: #"{"contents":[{"role":"user","parts":[{"text":"a"}]}]}"#))
    )
  }

  @Test("joins the parts that are no thoughts, in both cases of keys and numbers as strings")
  func cases() throws {
    let reply = try reply(
      #"""
      {"candidates":[{"content":{"role":"model","parts":[{"text":"hm","thought":true},{"text":"a"},
        {"functionCall":{"name":"f"}},{"text":"b","thoughtSignature":"eA=="}]},"finish_reason":"STOP","index":0}],
       "usage_metadata":{"prompt_token_count":"10","candidatesTokenCount":5,"thoughtsTokenCount":7,
        "cachedContentTokenCount":4,"totalTokenCount":22},"modelVersion":"gemini-x-001"}
      """#
    )
    #expect(reply.text == "ab")
    #expect(reply.thoughts == "hm")
    #expect(reply.finish == .stop)
    #expect(reply.usage == TokenUsage(prompt: 10, cached: 4, output: 12, thoughts: 7))
    #expect(reply.version == "gemini-x-001")
  }

  @Test(
    "knows every reason to end, and lives with those of the future",
    arguments: [
      ("MAX_TOKENS", FinishReason.length), ("SAFETY", .blocked("SAFETY")),
      ("RECITATION", .blocked("RECITATION")),
      ("PROHIBITED_CONTENT", .blocked("PROHIBITED_CONTENT")), ("SPII", .blocked("SPII")),
      ("MALFORMED_RESPONSE", .other("MALFORMED_RESPONSE")), ("OTHER", .other("OTHER")),
      ("TOO_MANY_MOONS", .other("TOO_MANY_MOONS")),
    ]
  )
  func finish(word: String, reason: FinishReason) throws {
    #expect(try reply(#"{"candidates":[{"finishReason":"\#(word)"}]}"#).finish == reason)
  }

  @Test("reports a blocked question with the tokens it took")
  func blocked() throws {
    let reply = try reply(
      #"{"promptFeedback":{"blockReason":"JAILBREAK"},"usageMetadata":{"promptTokenCount":9,"totalTokenCount":9}}"#
    )
    #expect(reply.finish == .blocked("JAILBREAK"))
    #expect(reply.usage == TokenUsage(prompt: 9))
  }

  @Test("adds up a stream, whose counts grow and whose end may stand alone")
  func stream() throws {
    let events = try [
      #"{"candidates":[{"content":{"parts":[{"text":"a"}]}}],"usageMetadata":{"promptTokenCount":3,"totalTokenCount":4}}"#,
      #"{"candidates":[{"content":{"parts":[{"text":"b"}]}}],"usageMetadata":{"candidatesTokenCount":2}}"#,
      #"{"candidates":[{"finishReason":"STOP"}],"usageMetadata":{"promptTokenCount":3,"candidatesTokenCount":5,"totalTokenCount":8}}"#,
    ].map { try JSONValue(parsing: $0) }
    let reply = try format.reply(events, isStream: true)
    #expect(reply.text == "ab")
    #expect(reply.usage == TokenUsage(prompt: 3, output: 5))
    let cut = #expect(throws: ServerFault.self) { try format.reply(Array(events.prefix(2)), isStream: true) }
    #expect(cut?.kind == .malformed)
    #expect(cut?.spent == TokenUsage(prompt: 3, output: 2))
    let error = try JSONValue(parsing: #"{"error":{"code":503,"message":"busy","status":"UNAVAILABLE"}}"#)
    let broken = #expect(throws: ServerFault.self) { try format.reply([events[0], error], isStream: true) }
    #expect(broken?.kind == .unavailable)
    #expect(broken?.recovery == .backOff)
  }

  @Test("calls an answer without a candidate malformed")
  func empty() {
    #expect(throws: ServerFault.self) { try reply("{}") }
    #expect(throws: ServerFault.self) { try reply("[]") }
    #expect(throws: ServerFault.self) { try reply(#"{"candidates":[]}"#) }
  }
}
