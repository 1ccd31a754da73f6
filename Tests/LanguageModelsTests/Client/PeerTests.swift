#if Network
  import Foundation
  import LanguageModels
  import PythonSyntax
  import Testing

  /// Asks servers that are not ours; Scripts/test-models starts them.
  @Suite("A client of real servers", .timeLimit(.minutes(3)))
  struct PeerTests {
    private static let environment = ProcessInfo.processInfo.environment
    static let litellm = environment["FUNSEARCH_LITELLM_PORT"]
    static let llama = environment["FUNSEARCH_LLAMA_PORT"]
    static let chaos = environment["FUNSEARCH_CHAOS_PORT"]

    private func configuration(_ port: String?, _ provider: ModelProvider, _ model: String)
      -> ModelConfiguration
    {
      var configuration = ModelConfiguration(
        name: model,
        provider: provider,
        model: model,
        apiBase: "http://127.0.0.1:\(port ?? "")",
        key: KeySource(variables: ["FUNSEARCH_LITELLM_KEY"], isRequired: false)
      )
      configuration.sampling.maximumTokens = 200
      return configuration
    }

    private func call(_ configuration: ModelConfiguration) async throws -> ModelCall {
      let service = try ModelService.live([configuration], environment: Self.environment) { _ in }
      let turns = [ModelTurn(role: .user, text: "Say a word.")]
      let call = await service.models[0].call(configuration.request(system: "Be brief.", turns: turns))
      await service.close()
      return call
    }

    @Test("reads LiteLLM in both protocols, whole and in pieces", .enabled(if: litellm != nil))
    func proxy() async throws {
      for (provider, model) in [(ModelProvider.openai, "ok"), (.gemini, "ok-gemini")] {
        for stream in [false, true] {
          var configuration = configuration(Self.litellm, provider, model)
          configuration.stream = stream
          let reply = try await call(configuration).result.get()
          #expect(reply.text == "a reply of LiteLLM", "\(provider), in pieces: \(stream)")
          #expect(reply.finish == .stop)
          #expect(reply.usage.output > 0)
        }
      }
    }

    @Test(
      "understands LiteLLM's errors",
      .enabled(if: litellm != nil),
      arguments: [
        ("busy", ModelError.Kind.rateLimit), ("long", .tooLong), ("broken", .unavailable),
        ("no-such-model", .badRequest),
      ]
    )
    func proxyErrors(model: String, kind: ModelError.Kind) async throws {
      var configuration = configuration(Self.litellm, .openai, model)
      configuration.deadlines.total = .seconds(3)
      let call = try await call(configuration)
      guard case .failure(let error) = call.result else {
        Issue.record("an answer from nowhere")
        return
      }
      #expect(error.kind == kind, "\(error)")
    }

    /// Makes random weights say a function.
    private static let grammar = #"""
      root ::= "```python\ndef priority(el, n):\n  return " term " + " term "\n```\n"
      term ::= "el[" [0-5] "] * " [1-9]
      """#

    @Test("reads llama.cpp, which says a function with a grammar", .enabled(if: llama != nil))
    func llamaServer() async throws {
      for stream in [false, true] {
        var configuration = configuration(Self.llama, .openai, "tiny")
        configuration.stream = stream
        configuration.sampling.temperature = 1
        configuration.extra = ["grammar": .string(Self.grammar)]
        let call = try await call(configuration)
        let reply = try call.result.get()
        #expect(reply.text.contains("```python\ndef priority(el, n):\n  return el["))
        #expect(reply.finish == .stop)
        #expect(reply.usage.prompt > 0 && !reply.usage.isEstimated)
      }
    }

    @Test("tells a question that is too long for llama.cpp", .enabled(if: llama != nil))
    func tooLong() async throws {
      let configuration = configuration(Self.llama, .openai, "tiny")
      let service = try ModelService.live([configuration], environment: [:]) { _ in }
      let turns = [ModelTurn(role: .user, text: String(repeating: "x", count: 20_000))]
      let call = await service.models[0].call(configuration.request(system: nil, turns: turns))
      await service.close()
      guard case .failure(let error) = call.result else {
        Issue.record("an answer from nowhere")
        return
      }
      #expect(error.kind == .tooLong, "\(error)")
    }

    @Test("reads signs that some take for ends of lines, from llama.cpp in pieces", .enabled(if: llama != nil))
    func separators() async throws {
      var configuration = configuration(Self.llama, .openai, "tiny")
      configuration.stream = true
      let text = "a\u{2028}b\u{2029}c\u{85}d"
      configuration.extra = ["grammar": .string("root ::= \"\(text)\"")]
      #expect(try await call(configuration).result.get().text == text)
    }

    @Test("gets through a proxy that spoils connections", .enabled(if: chaos != nil))
    func spoiled() async throws {
      var configuration = configuration(Self.chaos, .openai, "tiny")
      configuration.sampling.maximumTokens = 20
      configuration.concurrency = 4
      configuration.stream = true
      configuration.deadlines.idle = .seconds(2)
      let asked = configuration
      let service = try ModelService.live([configuration], environment: [:]) { _ in }
      let calls = await withTaskGroup(of: ModelCall.self) { group in
        for index in 0..<24 {
          group.addTask {
            let turns = [ModelTurn(role: .user, text: "\(index)")]
            return await service.models[0].call(asked.request(system: nil, turns: turns))
          }
        }
        return await group.reduce(into: []) { $0.append($1) }
      }
      await service.close()
      for call in calls where (try? call.result.get()) == nil {
        #expect(call.statistics.lostAnswers == RetryPolicy().lostAnswers, "\(call.result)")
      }
      #expect(calls.count { (try? $0.result.get()) != nil } >= 22)
      // Every kind of spoilt connection was met.
      let faults = calls.reduce(into: [ModelError.Kind: Int]()) { sum, call in
        sum.merge(call.statistics.faults) { $0 + $1 }
      }
      #expect(faults.values.reduce(0, +) >= 8 && faults[.rateLimit] != nil && faults[.connection] != nil)
      #expect(faults[.unavailable] ?? 0 >= 2, "\(faults)")
    }
  }
#endif
