import LanguageModels
import PythonSyntax
import Testing

@Suite("The format of chat completions")
struct ChatFormatTests {
  private let format = ChatFormat()

  private func reply(_ text: String, isStream: Bool = false) throws -> ModelReply {
    try format.reply([try JSONValue(parsing: text)], isStream: isStream)
  }

  @Test("writes what is asked for, and nothing else")
  func body() throws {
    let sampling = ModelSampling(
      temperature: 0.5,
      topP: 0.9,
      maximumTokens: 100,
      stop: ["END"],
      seed: 7,
      thinking: .level("low")
    )
    let turns = [ModelTurn(role: .user, text: "a"), ModelTurn(role: .model, text: "b")]
    var plan = RequestPlan(ModelRequest(model: "m", system: "s", turns: turns, sampling: sampling))
    plan.isStream = true
    plan.asksStreamUsage = true
    let expected = #"""
      {"model":"m","messages":[{"role":"system","content":"s"},{"role":"user","content":"a"},{"role":"assistant","content":"b"}],
       "temperature":0.5,"top_p":0.9,"max_tokens":100,"stop":["END"],"seed":7,"reasoning_effort":"low","stream":true,
       "stream_options":{"include_usage":true}}
      """#
    #expect(format.body(plan) == (try JSONValue(parsing: expected)))
  }

  @Test(
    "reads thoughts under every name",
    arguments: ["reasoning_content", "reasoning"]
  )
  func thoughts(key: String) throws {
    let reply = try reply(
      #"""
      {"model":"m-1","choices":[{"message":{"content":"a","\#(key)":"hm"},"finish_reason":"stop"}],
       "usage":{"prompt_tokens":10,"completion_tokens":9,"total_tokens":19,
        "completion_tokens_details":{"reasoning_tokens":6},"prompt_tokens_details":{"cached_tokens":2}}}
      """#
    )
    #expect(reply.text == "a")
    #expect(reply.thoughts == "hm")
    #expect(reply.usage == TokenUsage(prompt: 10, cached: 2, output: 9, thoughts: 6))
    #expect(reply.version == "m-1")
  }

  @Test("lives with what servers leave out")
  func missing() throws {
    #expect(
      try reply(#"{"choices":[{"finish_reason":"length"}],"usage":{"prompt_tokens":5,"total_tokens":9}}"#)
        == ModelReply(text: "", finish: .length, usage: TokenUsage(prompt: 5, output: 4))
    )
    #expect(
      try reply(#"{"choices":[{"message":{"content":null},"finish_reason":null}]}"#).finish
        == .other("no finish reason")
    )
    #expect(
      try reply(
        #"{"choices":[{"message":{"content":[{"type":"text","text":"a"},{"type":"text","text":"b"}]},"finish_reason":"stop"}]}"#
      ).text
        == "ab"
    )
    #expect(
      try reply(#"{"choices":[{"message":{"content":null,"refusal":"I will not"},"finish_reason":"stop"}]}"#)
        .finish
        == .blocked("refusal")
    )
    #expect(
      try reply(#"{"choices":[{"message":{"content":"x"},"finish_reason":"content_filter"}]}"#).finish
        == .blocked("content_filter")
    )
  }

  @Test(
    "finds errors under a good status",
    arguments: [
      (
        #"{"error":{"code":429,"message":"slow down","metadata":{"provider_name":"x","raw":"busy"}}}"#,
        ModelError.Kind.rateLimit
      ),
      (#"{"error":"text"}"#, .unavailable),
      (#"{"error":{"code":"429","type":"throttling_error","message":"m"}}"#, .rateLimit),
      (#"{"choices":[{"error":{"code":502,"message":"upstream"},"finish_reason":"error"}]}"#, .unavailable),
      (#"{"choices":[{"finish_reason":"error","message":{"content":""}}]}"#, .unavailable),
      (#"{"error":{"message":"m","type":"insufficient_quota","code":"insufficient_quota"}}"#, .quota),
      (#"{"choices":[]}"#, .malformed), (#"{}"#, .malformed),
    ]
  )
  func errors(text: String, kind: ModelError.Kind) {
    let fault = #expect(throws: ServerFault.self) { try reply(text) }
    #expect(fault?.kind == kind)
  }

  @Test("adds up a stream, whose tokens come last and without a choice")
  func stream() throws {
    let events = try [
      #"{"model":"m-1","choices":[{"delta":{"role":"assistant","content":null}}]}"#,
      #"{"choices":[{"delta":{"reasoning":"hm"}}]}"#,
      #"{"choices":[{"delta":{"content":"a\u2028"}}]}"#,
      #"{"choices":[{"delta":{"content":"b"},"finish_reason":"stop"}]}"#,
      #"{"choices":[],"usage":{"prompt_tokens":1,"completion_tokens":2}}"#,
    ].map { try JSONValue(parsing: $0) }
    let reply = try format.reply(events, isStream: true)
    #expect(
      reply
        == ModelReply(
          text: "a\u{2028}b",
          thoughts: "hm",
          usage: TokenUsage(prompt: 1, output: 2),
          version: "m-1"
        )
    )
    #expect(throws: ServerFault.self) { try format.reply(Array(events.prefix(3)), isStream: true) }
  }
}
