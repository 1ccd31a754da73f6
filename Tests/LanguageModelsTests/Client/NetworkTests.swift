#if Network
  import LanguageModels
  import ModelStub
  import Synchronization
  import Testing

  @Suite("A client on a real connection", .timeLimit(.minutes(3)))
  struct NetworkTests {
    private let world = FakeWorld()

    private func configuration(
      _ server: StubServer,
      _ provider: ModelProvider,
      _ model: String = "ok",
      stream: Bool = false
    ) -> ModelConfiguration {
      var configuration = ModelConfiguration(
        name: "\(model)-\(provider)-\(stream)",
        provider: provider,
        model: model,
        apiBase: server.address,
        key: KeySource(variables: ["OPENAI_API_KEY"], isRequired: true)
      )
      configuration.stream = stream
      configuration.concurrency = 64
      return configuration
    }

    /// Asks, with a service of its own.
    private func withService<R>(
      _ configurations: [ModelConfiguration],
      _ body: (ModelService) async throws -> R
    ) async throws -> R {
      let service = try world.service(configurations) { name in
        let configuration = configurations.first { $0.name == name }
        return AsyncHTTPExchange(
          connect: configuration?.deadlines.connect ?? .seconds(10),
          connections: configuration?.limits.concurrency ?? 1
        )
      }
      do {
        let result = try await body(service)
        await service.close()
        return result
      } catch {
        await service.close()
        throw error
      }
    }

    private static let wires: [(ModelProvider, Bool)] = [
      (.gemini, false), (.gemini, true), (.openai, false), (.openai, true),
    ]

    @Test("gets the same reply in both protocols, whole and in pieces", arguments: wires)
    func reply(provider: ModelProvider, stream: Bool) async throws {
      let server = try await StubServer.start(StubModels.answer)
      let models = ["ok", "thinking", "maxtok", "blocked"].map {
        configuration(server, provider, $0, stream: stream)
      }
      try await withService(models) { service in
        var replies: [ModelReply] = []
        for model in service.models {
          let request = model.configuration.request(system: "s", turns: FakeWorld.question)
          replies.append(try await model.answer(request))
        }
        #expect(replies[0].text == StubModels.text)
        #expect(replies[0].finish == .stop)
        #expect(replies[0].usage == TokenUsage(prompt: 6, output: 9))
        #expect(replies[1].thoughts == "first I think")
        #expect(replies[1].usage.thoughts == 3)
        #expect(replies[2].finish == .length)
        #expect(replies[3].finish == .blocked(provider == .gemini ? "SAFETY" : "content_filter"))
        #expect(world.timer.pauses.isEmpty)
      }
      try await server.stop()
    }

    @Test("has 64 calls in flight at once")
    func parallel() async throws {
      let server = try await StubServer.start(gathering: 64) { request in
        StubAnswer([.gather] + StubAnswer.reply(to: request, "n \(request.question)").steps)
      }
      let configuration = configuration(server, .openai)
      try await withService([configuration]) { service in
        let texts = try await withThrowingTaskGroup(of: String.self) { group in
          for index in 0..<256 {
            group.addTask {
              let turns = [ModelTurn(role: .user, text: "\(index)")]
              return try await service.models[0].answer(configuration.request(system: nil, turns: turns)).text
            }
          }
          return try await group.reduce(into: Set<String>()) { $0.insert($1) }
        }
        #expect(texts == Set((0..<256).map { "n \($0)" }))
        #expect(server.peak == 64)
        #expect(server.count == 256)
      }
      try await server.stop()
    }

    @Test("answers every question although 30 % of the replies are faulty", arguments: wires)
    func faulty(provider: ModelProvider, stream: Bool) async throws {
      let server = try await StubServer.start { request in
        let good = StubAnswer.reply(to: request, "n \(request.question)")
        // Three of ten, each kind of fault in turn.
        guard request.index * 7 % 10 < 3 else { return good }
        switch request.index / 10 % 8 {
        case 0: return .error(to: request, 429, "RESOURCE_EXHAUSTED", "slow down", retryAfter: 3)
        case 1: return .error(to: request, 503, "UNAVAILABLE", "too busy")
        case 2: return .whole(502, "<html><title>Bad Gateway</title></html>", type: "text/html")
        case 3: return good.cut(then: .reset)
        case 4: return good.cut(then: .close)
        case 5: return StubAnswer([.send(Array("\0\u{1}no HTTP\r\n\r\n".utf8)), .close])
        case 6: return .whole(200, "{\"cut\":", type: "application/json")
        default: return stream ? good.cut(then: .stall) : StubAnswer([.reset])
        }
      }
      var configuration = configuration(server, provider, stream: stream)
      configuration.deadlines.idle = stream ? .milliseconds(300) : nil
      configuration.deadlines.total = .seconds(100_000)
      let asked = configuration
      try await withService([configuration]) { service in
        let calls = await withTaskGroup(of: (Int, ModelCall).self) { group in
          for index in 0..<200 {
            group.addTask {
              let turns = [ModelTurn(role: .user, text: "\(index)")]
              return (index, await service.models[0].call(asked.request(system: nil, turns: turns)))
            }
          }
          return await group.reduce(into: []) { $0.append($1) }
        }
        var answered = 0
        for (index, call) in calls {
          // A wrong answer would be worse than none.
          if case .success(let reply) = call.result {
            #expect(reply.text == "n \(index)")
            answered += 1
          } else {
            #expect(call.statistics.lostAnswers == RetryPolicy().lostAnswers, "\(call.result)")
          }
        }
        #expect(answered >= 195)
        #expect(calls.reduce(0) { $0 + $1.1.statistics.attempts } == server.count)
      }
      try await server.stop()
    }

    @Test(
      "ends an answer that does not come, each within its own deadline",
      arguments: [("silent", false), ("stall", true), ("stall", false)]
    )
    func stalls(model: String, stream: Bool) async throws {
      let server = try await StubServer.start(StubModels.answer)
      var configuration = configuration(server, .openai, model, stream: stream)
      configuration.deadlines.firstByte = .milliseconds(200)
      configuration.deadlines.idle = .milliseconds(200)
      try await withService([configuration]) { service in
        let call = await service.models[0].call(configuration.request(system: nil, turns: FakeWorld.question))
        guard case .failure(let error) = call.result else {
          Issue.record("an answer from nowhere")
          return
        }
        #expect(error.kind == .unavailable)
        #expect(call.statistics.lostAnswers == RetryPolicy().lostAnswers)
      }
      try await server.stop()
    }

    @Test("closes the connection when it is given up")
    func cancellation() async throws {
      let server = try await StubServer.start { _ in StubAnswer([.stall]) }
      let configuration = configuration(server, .openai)
      try await withService([configuration]) { service in
        await withTaskGroup(of: ModelCall.self) { group in
          group.addTask {
            await service.models[0].call(configuration.request(system: nil, turns: FakeWorld.question))
          }
          while server.count == 0 { await Task.yield() }
          group.cancelAll()
          for await call in group {
            guard case .failure(let error) = call.result else {
              Issue.record("an answer from nowhere")
              return
            }
            #expect(error.kind == .cancelled)
          }
        }
        while server.connections > 0 { await Task.yield() }
      }
      try await server.stop()
    }

    @Test("reports a server that is not there, and an answer that is too long")
    func absent() async throws {
      let server = try await StubServer.start { _ in .whole(200, String(repeating: "x", count: 10_000)) }
      let exchange = AsyncHTTPExchange(connect: .seconds(5), connections: 1)
      var limits = HTTPLimits(
        connect: .seconds(5),
        firstByte: .seconds(5),
        idle: .seconds(5),
        total: .seconds(5)
      )
      limits.answerBytes = 100
      let request = HTTPRequest(url: server.address + "/v1/chat/completions", body: [])
      let long = await #expect(throws: HTTPFault.self) { try await exchange.send(request, within: limits) }
      #expect(long?.kind == .tooLong)
      try await server.stop()
      await exchange.close()
      // A connection of its own, since one that was open breaks instead.
      let other = AsyncHTTPExchange(connect: .seconds(5), connections: 1)
      let gone = await #expect(throws: HTTPFault.self) { try await other.send(request, within: limits) }
      #expect(gone?.kind == .noConnection, "\(String(describing: gone))")
      await other.close()
    }
  }
#endif
