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

  /// Answers with a number that is better than those shown in so many cases of a hundred.
  private static func model(_ name: String, better chance: Double, delays: UInt64) -> ScriptedModel {
    ScriptedModel(name, delays: delays) { request, _ in
      var stream = RandomStream(seed: 7, island: 1, step: request.sample, purpose: .tool)
      let shown = (request.turns.last?.text ?? "").split(separator: " ").compactMap { Int($0) }.max() ?? 0
      // More than the bumps of the fake evaluator.
      let step = 100 + stream.integer(below: 30)
      let number = stream.chance(chance) ? shown + step : max(0, shown - step)
      return .success(ModelReply(text: String(number), usage: TokenUsage(prompt: 100, output: 10)))
    }
  }

  private static func run(
    _ choice: ModelChoice,
    delays: UInt64,
    width: Int,
    after past: [SearchEvent] = []
  ) async throws -> (end: ModelRun.End, calls: [Int]) {
    // The weights are 1, 2 and 3: the best model has the smallest.
    let models = zip(["good", "fair", "poor"], [0.9, 0.2, 0]).map {
      model($0, better: $1, delays: delays)
    }
    var steps = ModelSteps(share: 1, lag: 4)
    steps.choice = choice
    let end = try await ModelRun(models: models, steps: 300, modelSteps: steps, width: width).run(after: past)
    return (end, models.map(\.calls))
  }

  @Test("asks rather the models whose answers were better, in one history whatever the delays")
  func bandit() async throws {
    let (end, calls) = try await Self.run(.bandit, delays: 1, width: 1)
    #expect(end.engine.isFinished)
    let (_, byWeight) = try await Self.run(.weight, delays: 1, width: 1)
    #expect(Double(calls[0]) > 0.5 * Double(calls.reduce(0, +)), "\(calls)")
    #expect(calls[0] > 2 * byWeight[0] && calls[2] < byWeight[2] / 2, "\(calls), by weight \(byWeight)")
    let (other, again) = try await Self.run(.bandit, delays: 5, width: 8)
    #expect(other.lines == end.lines && again == calls)
    for part in [1, 3] {
      let past = Array(end.events.prefix(end.events.count * part / 4))
      let (rest, _) = try await Self.run(.bandit, delays: 3, width: 2, after: past)
      #expect(rest.lines == end.lines, "after \(past.count) events")
    }
  }

  @Test("gives up calls under way when it is not to be waited for, and loses none that was answered")
  func impatient() async throws {
    let isStopped = Flag()
    let model = ScriptedModel(script: ScriptedModel.steady, hangingAfter: 25) { isStopped.set() }
    var run = ModelRun(models: [model], width: 4)
    run.stop = StopSignal(
      watch: StopSignal.Watch(
        untilReason: { while !isStopped.isSet, !Task.isCancelled { await Task.yield() } },
        untilImpatient: {}
      )
    ) { isStopped.isSet ? .interrupted : nil }
    let end = try await run.run()
    #expect(!end.engine.isFinished && end.ending == nil)
    let lost = run.ledger.entries.filter { $0.consequence == .lost }
    #expect(!lost.isEmpty)
    #expect(run.ledger.answered.count + lost.count == run.ledger.entries.count)
    #expect(run.ledger.entries.count == model.calls)
    var rest = run
    rest.stop = StopSignal()
    rest.models = [ScriptedModel(script: ScriptedModel.steady)]
    let whole = try await ModelRun(models: [ScriptedModel(script: ScriptedModel.steady)]).run()
    #expect(try await rest.run(after: end.events).lines == whole.lines)
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
