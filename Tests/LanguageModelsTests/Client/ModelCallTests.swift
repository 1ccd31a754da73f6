import LanguageModels
import PythonSyntax
import Synchronization
import Testing

@Suite("A call")
struct ModelCallTests {
  private let world = FakeWorld()

  private func local() throws -> ModelConfiguration {
    try ModelConfiguration(named: "m", apiBase: "http://127.0.0.1:1/v1")
  }

  private func call(
    _ configuration: ModelConfiguration,
    _ exchange: FakeExchange,
    environment: [String: String] = ["OPENAI_API_KEY": FakeWorld.key, "GEMINI_API_KEY": FakeWorld.key]
  ) async throws -> ModelCall {
    let service = try world.service([configuration], environment: environment) { _ in exchange }
    let call = await service.models[0].call(
      configuration.request(system: "Be brief.", turns: FakeWorld.question)
    )
    await service.close()
    return call
  }

  @Test("is answered at the first attempt, and says what it took")
  func success() async throws {
    let exchange = FakeExchange([.success(.chat("20"))])
    let call = try await call(try local(), exchange)
    let reply = try call.result.get()
    #expect(reply.text == "20")
    #expect(reply.version == "m-1")
    #expect(reply.usage == TokenUsage(prompt: 10, output: 5))
    #expect(call.statistics.attempts == 1)
    #expect(call.statistics.usage == reply.usage)
    #expect(call.statistics.cost == nil)
    #expect(exchange.requests[0].url == "http://127.0.0.1:1/v1/chat/completions")
    #expect(exchange.bodies[0]["messages"]?.array?.count == 2)
  }

  @Test("waits as long as the server asks for")
  func hint() async throws {
    let busy = HTTPAnswer.json(
      429,
      #"{"error":{"code":429,"status":"RESOURCE_EXHAUSTED","message":"Please retry in 53.016s.","details":[{"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"53s"}]}}"#
    )
    let call = try await call(try local(), FakeExchange([.success(busy), .success(.chat("ok"))]))
    #expect(try call.result.get().text == "ok")
    #expect(call.statistics.attempts == 2)
    // 53 s, the second that the hint leaves out, and 5 % for the draw of 0.5.
    #expect(call.statistics.backedOff + call.statistics.queued == .seconds(54) * 1.05)
    #expect(call.statistics.faults == [.rateLimit: 1])
  }

  @Test("doubles the range of its waits, and gives up at its deadline")
  func deadline() async throws {
    let call = try await call(try local(), FakeExchange([.success(.json(503, "{}"))]))
    guard case .failure(let error) = call.result else {
      Issue.record("no failure")
      return
    }
    #expect(error.kind == .unavailable)
    #expect(error.message.contains("m (m at 127.0.0.1): status 503"))
    #expect(call.statistics.elapsed <= .seconds(600))
    #expect(call.statistics.attempts > 5)
    let first = world.timer.pauses.prefix(4)
    #expect(first.elementsEqual([0.5, 1, 2, 4].map { Duration.seconds($0) }))
  }

  @Test(
    "is not repeated where that cannot help",
    arguments: [
      (401, #"{"error":{"message":"bad key"}}"#, ModelError.Kind.credentials),
      (
        400, #"[{"error":{"code":400,"message":"API key not valid.","status":"INVALID_ARGUMENT"}}]"#,
        .credentials
      ),
      (403, #"{"error":{"status":"PERMISSION_DENIED","message":"no"}}"#, .credentials),
      (404, #"{"error":"model 'x' not found"}"#, .notFound),
      (402, #"{"error":{"message":"no credits","code":402}}"#, .quota),
      (
        429, #"{"error":{"message":"You exceeded","type":"insufficient_quota","code":"insufficient_quota"}}"#,
        .quota
      ),
      (
        429,
        #"{"error":{"code":429,"message":"limit","details":[{"violations":[{"quotaId":"GenerateRequestsPerDayPerProject"}]}]}}"#,
        .quota
      ),
      (400, #"{"error":{"code":400,"type":"exceed_context_size_error","message":"too long"}}"#, .tooLong),
      (400, #"{"error":{"message":"something else"}}"#, .badRequest),
    ]
  )
  func permanent(status: Int, body: String, kind: ModelError.Kind) async throws {
    let exchange = FakeExchange([.success(.json(status, body))])
    let call = try await call(try local(), exchange)
    guard case .failure(let error) = call.result else {
      Issue.record("no failure")
      return
    }
    #expect(error.kind == kind)
    #expect(exchange.requests.count == 1)
    #expect(world.timer.pauses.isEmpty)
  }

  @Test("leaves out what a server refuses, says so once and remembers it")
  func refusal() async throws {
    var configuration = try local()
    configuration.sampling = ModelSampling(temperature: 0.7, topP: 0.9, maximumTokens: 100)
    let refusals = [
      #"{"error":{"message":"Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead.","param":"max_tokens","code":"unsupported_parameter"}}"#,
      #"{"error":{"message":"Unsupported value: 'temperature' does not support 0.7","param":"temperature"}}"#,
      #"{"detail":[{"loc":["body","top_p"],"msg":"Extra inputs are not permitted"}]}"#,
    ]
    let steps = refusals.map { FakeExchange.Step.success(.json($0.hasPrefix("{\"detail") ? 422 : 400, $0)) }
    let exchange = FakeExchange(steps + [.success(.chat("ok"))])
    let service = try world.service([configuration]) { _ in exchange }
    let model = service.models[0]
    let request = configuration.request(system: nil, turns: FakeWorld.question)
    #expect(try await model.answer(request).text == "ok")
    #expect(exchange.bodies.count == 4)
    let last = try #require(exchange.bodies.last?.object)
    #expect(last["max_completion_tokens"] == 100)
    #expect(Set(last.keys) == ["model", "messages", "max_completion_tokens"])
    #expect(try await model.answer(request).text == "ok")
    #expect(exchange.bodies.last == .object(last))
    #expect(world.notices.texts.count { $0.contains("temperature") && $0.contains("refuses") } == 1)
    // A later run starts with what this one learned.
    let learned = LearnedCapabilities(json: service.learned.json)
    #expect(learned == service.learned)
    let again = FakeExchange([.success(.chat("ok"))])
    let later = try FakeWorld().service([configuration], learned: learned) { _ in again }
    _ = try await later.models[0].answer(request)
    #expect(again.bodies == [.object(last)])
  }

  @Test("gives a system instruction that is refused to the first question")
  func foldedSystem() async throws {
    let refusal =
      #"{"error":{"code":400,"message":"Developer instruction is not enabled for models/gemma-3"}}"#
    let exchange = FakeExchange([.success(.json(400, refusal)), .success(.chat("ok"))])
    _ = try await call(try local(), exchange).result.get()
    let messages = try #require(exchange.bodies.last?["messages"]?.array)
    #expect(messages.count == 1)
    #expect(messages[0]["content"]?.string == "Be brief.\n\nHow large is a cap set?")
  }

  @Test("asks the models that step in, with all that both took")
  func failover() async throws {
    var first = try ModelConfiguration(named: "a", apiBase: "http://127.0.0.1:1/v1")
    let second = try ModelConfiguration(named: "b", apiBase: "http://127.0.0.1:2/v1")
    first.failover = ["b"]
    let down = FakeExchange([.failure(HTTPFault(.noConnection, "refused"))])
    let up = FakeExchange([.success(.chat("from b"))])
    let service = try world.service([first], described: [first, second]) { $0 == "a" ? down : up }
    let call = await service.models[0].call(first.request(system: nil, turns: FakeWorld.question))
    #expect(try call.result.get().text == "from b")
    #expect(call.statistics.model == "b")
    #expect(call.statistics.attempts == 4)
    #expect(call.statistics.faults == [.connection: 3])
    #expect(up.bodies[0]["model"] == "b")
  }

  @Test("refreshes a refused token once")
  func token() async throws {
    var configuration = ModelConfiguration(
      name: "v",
      provider: .vertex,
      model: "gemini-3.8-flash",
      key: KeySource(isRequired: false)
    )
    configuration.project = "p"
    let count = Counter()
    let answer = #"{"candidates":[{"content":{"parts":[{"text":"hi"}]},"finishReason":"STOP"}]}"#
    let exchange = FakeExchange([.success(.json(401, "{}")), .success(.json(200, answer))])
    let service = try world.service(
      [configuration],
      tokens: { _ in Secret("token-\(count.next())") }
    ) { _ in exchange }
    let call = await service.models[0].call(configuration.request(system: nil, turns: FakeWorld.question))
    #expect(try call.result.get().text == "hi")
    #expect(exchange.requests.map { $0.fields.last?.text } == ["Bearer token-1", "Bearer token-2"])
    #expect(
      exchange.requests[0].url
        == "https://aiplatform.googleapis.com/v1/projects/p/locations/global/publishers/google/models/gemini-3.8-flash:generateContent"
    )
    let refusing = FakeExchange([.success(.json(401, "{}"))])
    let other = try world.service([configuration]) { _ in refusing }
    let failed = await other.models[0].call(configuration.request(system: nil, turns: FakeWorld.question))
    #expect(failed.statistics.attempts <= 2)
    guard case .failure(let error) = failed.result else {
      Issue.record("no failure")
      return
    }
    #expect(error.kind == .credentials)
  }

  @Test("shows its key nowhere")
  func secrecy() async throws {
    let leak = #"{"error":{"message":"Incorrect API key provided: \#(FakeWorld.key)"}}"#
    let exchange = FakeExchange([.success(.json(401, leak))])
    let call = try await call(try ModelConfiguration(named: "gpt-4o"), exchange)
    guard case .failure(let error) = call.result else {
      Issue.record("no failure")
      return
    }
    #expect(exchange.requests[0].fields.last?.text == "Bearer " + FakeWorld.key)
    var shown = "\(error) \(exchange.requests) \(String(reflecting: exchange.requests)) "
    dump(exchange.requests, to: &shown)
    dump(Secret(FakeWorld.key), to: &shown)
    #expect(!shown.contains(FakeWorld.key))
    #expect(error.message.contains("OPENAI_API_KEY"))
  }

  @Test("counts answers that were lost and may have to be paid")
  func lost() async throws {
    let late = FakeExchange.Step.failure(HTTPFault(.firstByteLate, "no answer in time"))
    let call = try await call(try local(), FakeExchange([late, late, .success(.chat("ok"))]))
    #expect(call.statistics.lostAnswers == 2)
    #expect(call.statistics.attempts == 3)
  }
}

/// Counts from 1.
private final class Counter: Sendable {
  private let count = Mutex(0)

  func next() -> Int {
    count.withLock {
      $0 += 1
      return $0
    }
  }
}
