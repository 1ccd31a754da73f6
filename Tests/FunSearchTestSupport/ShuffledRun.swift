package import FunSearch
import PythonSyntax

/// Drives an engine by hand, answering what it asks in an order drawn from `seed`: any timing of any number of
/// workers is one of these orders.
package struct ShuffledRun {
  package private(set) var engine: Engine
  package private(set) var events: [SearchEvent] = []
  /// Every prompt that was answered.
  package private(set) var prompts: [Prompt] = []
  private let proposer: FakeProposer
  private var stream: RandomStream
  private var pending: [Engine.Action] = []

  package init(engine: Engine, proposer: FakeProposer, orderSeed: UInt64) {
    self.engine = engine
    self.proposer = proposer
    stream = RandomStream(seed: orderSeed, island: 0, step: 0, purpose: .tool)
  }

  /// Answers until nothing is asked any more, or `limit` answers were given; what is under way then is answered
  /// with `thenDrain`.
  package mutating func run(limit: Int = .max, thenDrain: Bool = false) throws {
    engine.start()
    var answers = 0
    collect()
    while !pending.isEmpty, answers < limit, !engine.isFinished {
      try answer(pending.remove(at: stream.integer(below: pending.count)))
      answers += 1
      collect()
    }
    guard thenDrain else { return }
    while !pending.isEmpty {
      let action = pending.remove(at: stream.integer(below: pending.count))
      if case .propose(let prompt, _) = action {
        engine.receive(.withheld, for: prompt.step)
        continue
      }
      try answer(action)
      collect()
    }
  }

  private mutating func collect() {
    for action in engine.takeActions() {
      if case .record(let event) = action { events.append(event) } else { pending.append(action) }
    }
  }

  private mutating func answer(_ action: Engine.Action) throws {
    switch action {
    case .propose(let prompt, let attempt):
      prompts.append(prompt)
      engine.receive(try proposer.answer(prompt, attempt: attempt), for: prompt.step)
    case .evaluate(let hash, let job, _):
      let outcome = FakeEvaluator.outcome(of: job.code.function.returnedNumber)
      engine.receive(Evaluation(outcome: outcome), of: hash)
    case .confirm(let hash, let job, _):
      engine.receive(
        FakeEvaluator.confirmation(of: job.code.function.returnedNumber),
        confirming: hash
      )
    case .record: break
    }
  }
}
