import FunSearch
import FunSearchTestSupport
import LanguageModels
import Testing

@Suite("A proposer that asks models")
struct ModelProposerTests {
  private static let shares = [
    ModelSteps(share: 1, lag: 4), ModelSteps(share: 1, lag: 6, samples: 3), ModelSteps(share: 0.3, lag: 12),
  ]

  @Test("makes one history whatever the workers and delays", arguments: shares)
  func order(_ steps: ModelSteps) async throws {
    var reference: [String]?
    for (width, delays) in [(1, UInt64(1)), (2, 2), (8, 3), (3, 4)] {
      let model = ScriptedModel(delays: delays, script: ScriptedModel.steady)
      let end = try await ModelRun(models: [model], modelSteps: steps, width: width).run()
      #expect(end.engine.isFinished && end.ending == nil)
      #expect(end.lines == reference ?? end.lines, "\(width) workers, delays \(delays)")
      reference = end.lines
    }
    let lines = try #require(reference)
    #expect(
      lines.contains { $0.contains("discarded failed") } && lines.contains { $0.contains("new cluster") }
    )
  }

  @Test("makes the recorded history again from the record alone, in any order", arguments: shares)
  func replay(_ steps: ModelSteps) async throws {
    let fickle = ScriptedModel(delays: 9, script: ScriptedModel.fickle)
    let recorded = ModelRun(models: [fickle], modelSteps: steps, width: 8)
    let end = try await recorded.run()
    #expect(recorded.ledger.answered.count == fickle.calls)
    for (width, delays) in [(1, UInt64(1)), (2, 2), (8, 3)] {
      let nobody = ScriptedModel(delays: delays) { _, _ in .failure(ModelError(.connection, "asked")) }
      var run = ModelRun(models: [nobody], modelSteps: steps, width: width)
      run.ledger = MemoryLedger(recorded.ledger.entries, isComplete: true)
      #expect(try await run.run().lines == end.lines)
      #expect(nobody.calls == 0)
    }
  }

  @Test("asks nothing again that was answered before an interruption", arguments: [5, 17, 40, 77])
  func resumed(_ kept: Int) async throws {
    let fickle = ScriptedModel(script: ScriptedModel.fickle)
    var run = ModelRun(models: [fickle], width: 4)
    run.limits.requests = kept
    let first = try await run.run()
    #expect(first.ending == .budget(.requests))
    #expect(fickle.calls == kept && run.ledger.answered.count == kept)
    run.limits.requests = nil
    // What a kill leaves: fewer events than answers.
    let past = Array(first.events.prefix(first.events.count * 2 / 3))
    let second = try await run.run(after: past)
    #expect(second.engine.isFinished)
    #expect(fickle.calls == run.ledger.answered.count)
    let keys = run.ledger.entries.map(\.call.key)
    #expect(Set(keys).count == keys.count, "no key is asked twice")
    run.ledger = MemoryLedger(run.ledger.entries, isComplete: true)
    #expect(try await run.run().lines == second.lines)
  }

  @Test("ends with a prefix of the history when a budget is used up")
  func prefix() async throws {
    func model() -> ScriptedModel { ScriptedModel(delays: 4, script: ScriptedModel.steady) }
    let whole = try await ModelRun(models: [model()]).run()
    var limits: [(SpendLimits, SpendAxis)] = []
    limits.append((SpendLimits(requests: 50), .requests))
    limits.append((SpendLimits(promptTokens: 4000), .promptTokens))
    limits.append((SpendLimits(outputTokens: 2500), .outputTokens))
    limits.append((SpendLimits(tokens: 9000), .tokens))
    limits.append((SpendLimits(money: 0.01), .money))
    for (limit, axis) in limits {
      var run = ModelRun(models: [model()], limits: limit)
      run.price = ModelPrice(input: 1, output: 4)
      let end = try await run.run()
      #expect(end.ending == .budget(axis), "\(axis)")
      #expect(!end.lines.isEmpty && end.lines.count < whole.lines.count)
      #expect(end.lines.elementsEqual(whole.lines.prefix(end.lines.count)))
      #expect(run.ledger.entries.count == run.ledger.answered.count, "what was under way is finished")
      // What was set aside for an answer of unknown length ends it early, never late.
      let calls = Double(run.ledger.entries.count)
      let spent = [SpendAxis.requests: calls, .promptTokens: 100 * calls, .outputTokens: 10 * calls]
      if let spent = spent[axis],
        let limit = [limit.requests, limit.promptTokens, limit.outputTokens].compactMap(\.self).first
      {
        #expect(spent <= Double(limit), "\(axis)")
      }
    }
  }

  @Test("warns once of each limit when four fifths are used")
  func warning() async throws {
    var run = ModelRun(models: [ScriptedModel(script: ScriptedModel.steady)])
    run.limits = SpendLimits(requests: 50, tokens: 1_000_000)
    let end = try await run.run()
    #expect(end.warnings == [SpendWarning(axis: .requests, spent: 40, limit: 50)])
  }

  @Test("discards the step of a call that fails for a while, and goes on")
  func passing() async throws {
    let model = ScriptedModel { request, _ in
      request.sample % 10 == 3
        ? .failure(ModelError(.unavailable, "busy")) : ScriptedModel.steady(request, 0)
    }
    let run = ModelRun(models: [model])
    let end = try await run.run()
    #expect(end.engine.isFinished && end.ending == nil)
    let failed = run.ledger.entries.filter { $0.consequence == .discarded }
    #expect(!failed.isEmpty)
    #expect(end.lines.count { $0.contains("discarded failed") } >= failed.count)
  }

  @Test("ends when too many calls in a row fail; those are asked again")
  func failing() async throws {
    let model = ScriptedModel { request, number in
      number > 30 ? .failure(ModelError(.connection, "gone")) : ScriptedModel.steady(request, 0)
    }
    let run = ModelRun(models: [model])
    let end = try await run.run()
    #expect(end.ending == .failing(calls: 5, model: "scripted", ModelError(.connection, "gone")))
    // Answers that were under way come between, and begin the count anew.
    let discarded = run.ledger.entries.count { $0.consequence == .discarded }
    #expect((5...17).contains(discarded))
    let again = ScriptedModel(script: ScriptedModel.steady)
    var rest = run
    rest.models = [again]
    #expect(try await rest.run(after: end.events).engine.isFinished)
  }

  @Test(
    "ends at once when a model cannot be asked",
    arguments: [ModelError.Kind.credentials, .badRequest, .notFound, .quota]
  )
  func refused(_ kind: ModelError.Kind) async throws {
    let model = ScriptedModel { request, number in
      number > 12 ? .failure(ModelError(kind, "no")) : ScriptedModel.steady(request, 0)
    }
    let run = ModelRun(models: [model])
    let end = try await run.run()
    #expect(end.ending == .refused(ModelError(kind, "no")))
    #expect(model.calls <= 12 + 3 * 4)
    #expect(!end.lines.contains { $0.contains("no answer") })
  }

  @Test("puts questions to models by weight, the same ones each time")
  func ensemble() async throws {
    func models() -> [ScriptedModel] {
      ["one", "two", "three"].map { ScriptedModel($0, delays: 1, script: ScriptedModel.steady) }
    }
    let (first, second) = (models(), models())
    let one = try await ModelRun(models: first, steps: 600, width: 1).run()
    let other = try await ModelRun(models: second, steps: 600, width: 8).run()
    #expect(one.lines == other.lines)
    let calls = first.map(\.calls)
    #expect(calls == second.map(\.calls))
    // Weights 1, 2 and 3.
    let total = Double(calls.reduce(0, +))
    for (place, count) in calls.enumerated() {
      #expect(abs(Double(count) / total - Double(place + 1) / 6) < 0.06, "\(calls)")
    }
  }
}
