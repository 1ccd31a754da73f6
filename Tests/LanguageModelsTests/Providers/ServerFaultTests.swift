import LanguageModels
import Testing

@Suite("A fault of a server")
struct ServerFaultTests {
  private func fault(
    _ status: Int,
    _ body: String,
    _ fields: [String: String] = [:],
    sent: Set<ModelParameter> = []
  ) -> ServerFault {
    // 1994-11-06 08:49:00 UTC.
    ServerFault(.json(status, body, fields), date: 784_111_740, sent: sent)
  }

  @Test("asks for the most reliable of several waits")
  func hints() {
    let body = #"{"error":{"message":"Please retry in 53.9s.","details":[{"retryDelay":"53.016s"}]}}"#
    #expect(fault(429, body, ["retry-after": "9"]).recovery == .after(.seconds(54.016)))
    #expect(fault(429, #"{"error":{"message":"Please retry in 53.9s."}}"#).recovery == .after(.seconds(53.9)))
    #expect(
      fault(429, #"{"error":{"message":"try again in 6m0s"}}"#, ["retry-after": "0.5"]).recovery
        == .after(.seconds(0.5))
    )
    #expect(
      fault(429, "{}", ["retry-after-ms": "250", "retry-after": "1"]).recovery == .after(.milliseconds(250))
    )
    #expect(
      fault(503, "{}", ["retry-after": "Sun, 06 Nov 1994 08:49:37 GMT"]).recovery == .after(.seconds(37))
    )
    #expect(fault(503, "{}", ["retry-after": "Sun, 06 Nov 1994 08:48:00 GMT"]).recovery == .backOff)
    #expect(fault(429, "{}", ["retry-after": "-1"]).recovery == .backOff)
    #expect(fault(429, "{}", ["retry-after": "soon"]).recovery == .backOff)
    #expect(fault(429, #"{"error":{"message":"try again in 20ms"}}"#).recovery == .after(.milliseconds(20)))
  }

  @Test("heeds whether the server says that trying again helps")
  func shouldRetry() {
    #expect(fault(503, "{}", ["x-should-retry": "false"]).recovery == .never)
    #expect(fault(501, "{}", ["x-should-retry": "true"]).recovery == .backOff)
    #expect(fault(400, "{}", ["x-should-retry": "true"]).recovery == .never)
  }

  @Test("has a short text, whatever the server sends")
  func messages() {
    let page = HTTPAnswer.text(
      502,
      "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body><h1>nginx</h1></body></html>",
      type: "text/html"
    )
    let fault = ServerFault(page, date: 0, sent: [])
    #expect(fault.message == "status 502: 502 Bad Gateway")
    #expect(fault.recovery == .backOff)
    let long = #"{"error":{"message":"\#(String(repeating: "x\\n", count: 500))"}}"#
    #expect(self.fault(500, long).message.count < 350)
    #expect(self.fault(500, "").message == "status 500")
    #expect(self.fault(422, #"{"detail":"Not possible"}"#).message == "status 422: Not possible")
  }

  @Test(
    "names the parameter that is refused, and what to do",
    arguments: [
      (
        #"{"error":{"message":"Invalid JSON payload received. Unknown name \"seed\": Cannot find field."}}"#,
        ParameterRefusal(.seed, .drop)
      ),
      (
        #"[{"error":{"code":400,"message":"Invalid","status":"INVALID_ARGUMENT","details":[{"@type":"x","fieldViolations":[{"field":"generation_config.top_k","description":"not supported"}]}]}}]"#,
        ParameterRefusal(.topK, .drop)
      ),
      (
        #"{"error":{"message":"Thinking level MINIMAL is not supported for this model."}}"#,
        ParameterRefusal(.thinking, .drop)
      ),
      (
        #"{"error":{"message":"max_tokens is too large: 100000. This model supports at most 16384 completion tokens","param":"max_tokens"}}"#,
        ParameterRefusal(.maximumTokens, .lower(to: 16_384))
      ),
      (
        #"{"error":{"message":"Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.","param":"max_tokens"}}"#,
        ParameterRefusal(.maximumTokens, .rename("max_completion_tokens"))
      ),
      (
        #"{"detail":[{"type":"extra_forbidden","loc":["body","stream_options"],"msg":"Extra inputs are not permitted"}]}"#,
        ParameterRefusal(.streamUsage, .drop)
      ),
    ]
  )
  func refusals(body: String, refusal: ParameterRefusal) {
    let sent = Set(ModelParameter.allCases)
    #expect(fault(400, body, sent: sent).recovery == .adjust(refusal))
    #expect(fault(400, body, sent: sent.subtracting([refusal.parameter])).recovery == .never)
  }

  @Test("does not take a long question for a refused parameter")
  func tooLong() {
    let text =
      #"{"error":{"message":"This model's maximum context length is 8192 tokens. Reduce max_tokens."}}"#
    let fault = fault(400, text, sent: [.maximumTokens])
    #expect(fault.kind == .tooLong)
    #expect(fault.recovery == .never)
  }

  @Test("tells a day's quota and none at all from a minute's")
  func quotas() {
    func quota(_ id: String, _ value: String) -> ModelError.Kind {
      fault(
        429,
        #"{"error":{"code":429,"message":"You exceeded your current quota, please check your plan and billing details.","status":"RESOURCE_EXHAUSTED","details":[{"violations":[{"quotaId":"\#(id)","quotaValue":"\#(value)"}]},{"retryDelay":"20s"}]}}"#
      ).kind
    }
    #expect(quota("GenerateRequestsPerMinutePerProjectPerModel", "10") == .rateLimit)
    #expect(quota("GenerateRequestsPerDayPerProjectPerModel-FreeTier", "50") == .quota)
    #expect(quota("GenerateContentInputTokensPerModelPerMinute", "0") == .quota)
    #expect(fault(402, "{}", ["retry-after": "5"]).kind == .rateLimit)
  }
}
