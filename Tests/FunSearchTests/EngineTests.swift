import FunSearch
import FunSearchTestSupport
import PythonSyntax
import Testing

@Suite("The engine")
struct EngineTests {
  private func configuration(islands: Int = 5) -> SearchConfiguration {
    SearchConfiguration(
      seed: 7,
      islands: islands,
      lag: 4,
      epochSteps: 20,
      climbShare: 0.5,
      climbSteps: 9,
      climbPatience: 4
    )
  }

  private func engine(
    steps: Int?,
    target: Double? = nil,
    islands: Int = 5,
    reusesOutcomes: Bool = true,
    models: ModelSteps = .none
  ) -> Engine {
    var configuration = configuration(islands: islands)
    configuration.models = models
    return Engine(
      configuration: configuration,
      founder: .zero,
      scoreUnit: 1,
      steps: steps,
      target: target,
      reusesOutcomes: reusesOutcomes
    )
  }

  private func shuffled(_ engine: Engine, order: UInt64) throws -> [String] {
    var run = ShuffledRun(engine: engine, proposer: FakeProposer(seed: 7), orderSeed: order)
    try run.run()
    return history(
      run.events,
      length: run.engine.historyLength,
      islands: run.engine.configuration.islands
    )
  }

  @Test("tells the best program of the whole history, resets or not", arguments: [10, 60, 333, 1000])
  func best(steps: Int) throws {
    var run = ShuffledRun(engine: engine(steps: steps), proposer: FakeProposer(seed: 7), orderSeed: 1)
    try run.run()
    let claims = run.events.compactMap { event -> (score: Double, number: Int)? in
      guard case .committed(let record) = event, record.claim != nil, let total = record.outcome.total else {
        return nil
      }
      return (total, record.step.program(islands: 5).number)
    }
    let highest = claims.map(\.score).max() ?? 0
    #expect(run.engine.best.scores.total == highest)
    #expect(run.engine.best.id.number == claims.filter { $0.score == highest }.map(\.number).min() ?? 0)
  }

  @Test("makes one history of answers in any order", arguments: 1..<UInt64(40))
  func order(seed: UInt64) throws {
    #expect(try shuffled(engine(steps: 333), order: 0) == shuffled(engine(steps: 333), order: seed))
  }

  @Test("makes one history whether it reuses outcomes or evaluates anew", arguments: 1..<UInt64(6))
  func reuse(seed: UInt64) throws {
    let reference = try shuffled(engine(steps: 333), order: 0)
    var run = ShuffledRun(
      engine: engine(steps: 333, reusesOutcomes: false),
      proposer: FakeProposer(seed: 7),
      orderSeed: seed
    )
    try run.run()
    #expect(history(run.events, length: run.engine.historyLength, islands: 5) == reference)
    let reused = run.events.contains { if case .committed(let step) = $0 { step.reused } else { false } }
    #expect(!reused)
  }

  @Test("refutes claims, which other islands see from the next epoch on", arguments: 1..<UInt64(3))
  func refutations(seed: UInt64) throws {
    var run = ShuffledRun(engine: engine(steps: 2000), proposer: FakeProposer(seed: 7), orderSeed: seed)
    try run.run()
    var refuted: [TreeHash: [(step: StepID, epoch: Int)]] = [:]
    var seen = (own: 0, others: 0, unseen: 0)
    let steps = run.events.compactMap { if case .committed(let step) = $0 { step } else { nil } }
    for record in steps.sorted(by: { $0.step < $1.step }) {
      let before = refuted[record.hash] ?? []
      let knows = before.contains { $0.epoch < record.epoch || $0.step.island == record.step.island }
      if knows {
        #expect(record.refuted != nil, "\(record.step)")
        let isOwn = before.contains { $0.step.island == record.step.island }
        if isOwn { seen.own += 1 } else { seen.others += 1 }
      }
      if record.refuted != nil {
        #expect(record.outcome == .failed(Failure(.nondeterministic, "another score")))
        refuted[record.hash, default: []].append((record.step, record.epoch))
      } else if !before.isEmpty {
        seen.unseen += 1
      }
    }
    #expect(seen.own > 0 && seen.others > 0 && seen.unseen > 0, "\(seen)")
  }

  @Test("makes one history with workers that answer late", arguments: [1, 2, 3, 8, 32])
  func workers(width: Int) async throws {
    let reference = try shuffled(engine(steps: 333), order: 0)
    let journal = MemoryJournal()
    let search = Search(
      engine: engine(steps: 333),
      proposer: FakeProposer(seed: 7, answersAtOnce: width % 2 == 0),
      evaluator: FakeEvaluator(width: width, delays: UInt64(width)),
      journal: journal,
      stop: StopSignal(),
      progress: { _, _ in }
    )
    let end = try await search.run()
    #expect(end.isFinished)
    #expect(history(journal.events, length: end.historyLength, islands: 5) == reference)
  }

  @Test(
    "makes one history of questions to models, answered in any order",
    arguments: [
      ModelSteps(share: 1, lag: 4), ModelSteps(share: 1, lag: 6, samples: 3),
      ModelSteps(share: 0.3, lag: 13), ModelSteps(share: 0.2, lag: 9, samples: 4, redraws: 0),
      ModelSteps(share: 0.5, lag: 2),
    ]
  )
  func models(_ models: ModelSteps) throws {
    let reference = try shuffled(engine(steps: 333, models: models), order: 0)
    for seed in 1..<UInt64(12) {
      #expect(try shuffled(engine(steps: 333, models: models), order: seed) == reference, "order \(seed)")
    }
    #expect(reference.contains { $0.contains("model:fake") && $0.contains("discarded failed") })
    #expect(reference.contains { $0.contains("model:fake") && $0.contains("new cluster") })
    #expect(reference.contains { $0.contains("constant") } == (models.share < 1))
  }

  @Test("shows samples of one prompt the same versions", arguments: 0..<UInt64(3))
  func samples(seed: UInt64) throws {
    let models = ModelSteps(share: 1, lag: 5, samples: 4)
    var run = ShuffledRun(
      engine: engine(steps: 200, models: models),
      proposer: FakeProposer(seed: 7),
      orderSeed: seed
    )
    try run.run()
    for prompts in Dictionary(grouping: run.prompts, by: \.step.island).values {
      for prompt in prompts {
        let first = prompts.first { $0.step.step == prompt.step.step - prompt.step.step % 20 % 4 }
        #expect(first?.versions.map(\.id) == prompt.versions.map(\.id))
      }
    }
  }

  @Test("asks no further when a proposal is withheld, commits what is under way, and can be gone on from")
  func drained() throws {
    let models = ModelSteps(share: 0.3, lag: 9, samples: 2)
    let reference = try shuffled(engine(steps: 333, models: models), order: 0)
    for seed in 1..<UInt64(12) {
      var run = ShuffledRun(
        engine: engine(steps: 333, models: models),
        proposer: FakeProposer(seed: 7),
        orderSeed: seed
      )
      try run.run(limit: 40 * Int(seed), thenDrain: true)
      let length = run.engine.historyLength
      #expect(
        history(run.events, length: length, islands: 5).elementsEqual(
          reference.prefix { line in
            history(run.events, length: length, islands: 5).contains(line)
          }
        )
      )
      var engine = engine(steps: 333, models: models)
      engine.beginRestoring(committedSteps: committedSteps(run.events, islands: 5))
      for event in run.events { try engine.restore(event) }
      var rest = ShuffledRun(engine: engine, proposer: FakeProposer(seed: 7), orderSeed: seed + 100)
      try rest.run()
      #expect(history(run.events + rest.events, length: 333, islands: 5) == reference, "order \(seed)")
    }
  }

  @Test("has as many steps as its budget, spread over the islands", arguments: [0, 1, 4, 5, 99, 100, 101])
  func budget(steps: Int) throws {
    var run = ShuffledRun(engine: engine(steps: steps), proposer: FakeProposer(seed: 7), orderSeed: 3)
    try run.run()
    #expect(run.engine.isFinished)
    #expect(run.engine.committed.reduce(0, +) == steps)
    #expect(run.engine.historyLength == steps)
  }

  @Test("gives a longer budget the shorter one's history first")
  func prefix() throws {
    let short = try shuffled(engine(steps: 150), order: 1)
    let long = try shuffled(engine(steps: 400), order: 2)
    #expect(Array(long.prefix(short.count)) == short)
  }

  @Test("ends at the first program, in canonical order, that reaches the target", arguments: 1..<UInt64(20))
  func target(seed: UInt64) throws {
    let target = 25.0
    var run = ShuffledRun(
      engine: engine(steps: 2000, target: target),
      proposer: FakeProposer(seed: 7),
      orderSeed: seed
    )
    try run.run()
    let reached = run.events.compactMap { event -> StepID? in
      guard case .committed(let record) = event, case .scored(let scores) = record.outcome,
        scores.total >= target
      else { return nil }
      return record.step
    }.min()
    #expect(run.engine.isFinished)
    #expect(try #require(reached).program(islands: 5).number == run.engine.historyLength)
    let lines = history(run.events, length: run.engine.historyLength, islands: 5)
    #expect(try lines == shuffled(engine(steps: 2000, target: target), order: 0))
  }

  @Test("goes on after an interruption as if there had been none", arguments: 1..<UInt64(60))
  func restore(seed: UInt64) throws {
    let whole = try shuffled(engine(steps: 400), order: 0)
    var stream = RandomStream(seed: seed, island: 0, step: 0, purpose: .tool)
    var events: [SearchEvent] = []
    for session in 0..<3 {
      var engine = engine(steps: 400)
      engine.beginRestoring(committedSteps: committedSteps(events, islands: 5))
      for event in events { try engine.restore(event) }
      var run = ShuffledRun(
        engine: engine,
        proposer: FakeProposer(seed: 7),
        orderSeed: seed * 3 + UInt64(session)
      )
      try run.run(limit: session == 2 ? .max : stream.integer(below: 700))
      events += run.events
      // What a kill tears off: any number of the last events.
      if session < 2 { events.removeLast(min(events.count, stream.integer(below: 9))) }
      if session == 2 {
        #expect(history(events, length: run.engine.historyLength, islands: 5) == whole)
      }
    }
  }

  @Test("forked goes on under other settings, the same in one sitting as in two", arguments: 1..<UInt64(30))
  func fork(seed: UInt64) throws {
    var original = ShuffledRun(engine: engine(steps: 400), proposer: FakeProposer(seed: 7), orderSeed: seed)
    try original.run()
    // What a fork takes over: the first programs in canonical order, each reset before the first of its epoch.
    let past = prefix(original.events, programs: 133)
    func forked(_ events: [SearchEvent]) throws -> Engine {
      var engine = engine(steps: 400)
      engine.beginRestoring(committedSteps: committedSteps(events, islands: 5))
      var programs = 0
      for event in events {
        try engine.restore(event)
        if case .committed = event { programs += 1 }
        if case .committed = event, programs == 133 {
          var other = engine.configuration
          other.seed = 99
          other.lag = 7
          engine.change(to: other)
        }
      }
      return engine
    }
    var whole = ShuffledRun(engine: try forked(past), proposer: FakeProposer(seed: 99), orderSeed: 0)
    try whole.run()
    var stream = RandomStream(seed: seed, island: 1, step: 0, purpose: .tool)
    var first = ShuffledRun(engine: try forked(past), proposer: FakeProposer(seed: 99), orderSeed: seed)
    try first.run(limit: stream.integer(below: 700))
    let so = past + first.events
    var second = ShuffledRun(engine: try forked(so), proposer: FakeProposer(seed: 99), orderSeed: seed + 1)
    try second.run()
    let lines = history(past + whole.events, length: 400, islands: 5)
    #expect(history(so + second.events, length: 400, islands: 5) == lines)
    #expect(lines != history(original.events, length: 400, islands: 5))
  }

  private func prefix(_ events: [SearchEvent], programs: Int) -> [SearchEvent] {
    var resets: [Int: SearchEvent] = [:]
    var steps: [(program: Int, epoch: Int, event: SearchEvent)] = []
    for event in events {
      switch event {
      case .founded: break
      case .reset(let record): resets[record.epoch] = event
      case .committed(let record):
        steps.append((record.step.program(islands: 5).number, record.epoch, event))
      }
    }
    var epoch = 0
    return steps.filter { $0.program <= programs }.sorted { $0.program < $1.program }.flatMap { step in
      defer { epoch = step.epoch }
      return (step.epoch > epoch ? [resets[step.epoch]].compactMap(\.self) : []) + [step.event]
    }
  }

  private func committedSteps(_ events: [SearchEvent], islands: Int) -> [Int] {
    var steps = Array(repeating: 0, count: islands)
    for case .committed(let record) in events { steps[record.step.island.number] += 1 }
    return steps
  }

  @Test("refuses a journal with a step missing")
  func missingStep() throws {
    var run = ShuffledRun(engine: engine(steps: 100), proposer: FakeProposer(seed: 7), orderSeed: 1)
    try run.run()
    var events = run.events
    events.remove(at: 30)
    var engine = engine(steps: 100)
    engine.beginRestoring(committedSteps: committedSteps(events, islands: 5))
    #expect(throws: RestoreError.self) {
      for event in events { try engine.restore(event) }
    }
  }

  @Test("keeps islands apart between resets: an island's steps do not depend on how many others there are")
  func isolation() throws {
    // The first epoch of island 0 alone, and beside others.
    let alone = try shuffled(engine(steps: 20, islands: 1), order: 1)
    let among = try shuffled(engine(steps: 100, islands: 5), order: 2)
      .filter { $0.split(separator: " ")[1] == "0" }
    func withoutParents(_ lines: [String]) -> [String] {
      // Program numbers count all islands; the rest of a line does not.
      lines.map { $0.replacing(/\[[^\]]*\] (?=\["[a-z-]*constant"\])/, with: "") }
    }
    #expect(withoutParents(alone) == withoutParents(among))
  }

  @Test("stops with nothing half done, and what it recorded can be gone on from")
  func stopping() throws {
    var run = ShuffledRun(engine: engine(steps: 400), proposer: FakeProposer(seed: 7), orderSeed: 5)
    try run.run(limit: 300)
    var engine = engine(steps: 400)
    engine.beginRestoring(committedSteps: committedSteps(run.events, islands: 5))
    for event in run.events { try engine.restore(event) }
    #expect(engine.committed == run.engine.committed)
    #expect(engine.historyLength == run.engine.historyLength)
  }
}
