import PythonSyntax

/// The loop around the ``Engine``: one structured task group that feeds proposer and evaluator.
public struct Search: Sendable {
  private var engine: Engine
  private let proposer: any Proposer
  private let evaluator: any Evaluator
  private let journal: any Journal
  private let stop: StopSignal
  private let progress: @Sendable (Engine, [SearchEvent]) -> Void
  private var ready = ReadyQueue()
  private var busy = 0
  /// Proposals, evaluations and confirmations under way.
  private var underWay = 0
  /// Programs that may still be evaluated; nil for no limit.
  private var evaluationsLeft: Int?

  /// - Parameters:
  ///   - engine: the state to start from.
  ///   - proposer: answers prompts.
  ///   - evaluator: scores candidates.
  ///   - journal: where events go before anything builds on them.
  ///   - stop: asked after each answer whether to end.
  ///   - evaluations: how many programs may be evaluated; nil for no limit.
  ///   - progress: called after each batch of events with the state they led to.
  public init(
    engine: Engine,
    proposer: any Proposer,
    evaluator: any Evaluator,
    journal: any Journal,
    stop: StopSignal = StopSignal(),
    evaluations: Int? = nil,
    progress: @escaping @Sendable (Engine, [SearchEvent]) -> Void = { _, _ in }
  ) {
    self.engine = engine
    self.proposer = proposer
    self.evaluator = evaluator
    self.journal = journal
    self.stop = stop
    evaluationsLeft = evaluations
    self.progress = progress
  }

  /// Runs until the budget, the target, a stop or a withheld proposal; everything committed is in the journal when it returns.
  ///
  /// - Returns: the engine as it stands at the end.
  /// - Throws: what proposer, evaluator or journal threw; the journal holds all that was committed before.
  public consuming func run() async throws -> Engine {
    engine.start()
    try await withThrowingTaskGroup(of: Answer.self) { group in
      if let watch = stop.watch {
        group.addTask {
          await watch.untilReason()
          return .stopping
        }
      }
      try await act(in: &group)
      while underWay > 0, let answer = try await group.next() {
        switch answer {
        case .proposed, .evaluated, .confirmed:
          underWay -= 1
          take(answer)
        case .stopping:
          group.addTask { [watch = stop.watch] in
            await watch?.untilImpatient()
            return .impatient
          }
        case .impatient: proposer.stopWaiting()
        }
        if stop.reason != nil { end() }
        try await act(in: &group)
        if engine.isFinished {
          // What is still under way lies behind the target and is not part of the history.
          break
        }
      }
      group.cancelAll()
    }
    try journal.flush()
    return engine
  }

  /// Begins nothing more.
  private mutating func end() {
    engine.stop()
    ready.removeAll()
  }

  private enum Answer: Sendable {
    case proposed(Proposal, StepID)
    case evaluated([TreeHash], [Evaluation])
    case confirmed(TreeHash, Confirmation)
    /// There is a reason to end.
    case stopping
    /// Proposers are not to be waited for any longer.
    case impatient
  }

  private mutating func take(_ answer: Answer) {
    switch answer {
    case .proposed(let proposal, let step): engine.receive(proposal, for: step)
    case .evaluated(let hashes, let evaluations):
      busy -= 1
      for (hash, evaluation) in zip(hashes, evaluations) { engine.receive(evaluation, of: hash) }
    case .confirmed(let hash, let confirmation): engine.receive(confirmation, confirming: hash)
    case .stopping, .impatient: break
    }
  }

  /// Carries out what the engine asks for, and what it asks for upon proposals that are made at once.
  private mutating func act(in group: inout ThrowingTaskGroup<Answer, any Error>) async throws {
    var events: [SearchEvent] = []
    var actions = engine.takeActions()
    while !actions.isEmpty {
      for action in actions {
        switch action {
        case .record(let event): events.append(event)
        case .propose(let prompt, let attempt) where proposer.answersAtOnce(prompt):
          take(.proposed(try await proposer.proposal(for: prompt, attempt: attempt), prompt.step))
        case .propose(let prompt, let attempt):
          underWay += 1
          group.addTask { [proposer] in
            .proposed(try await proposer.proposal(for: prompt, attempt: attempt), prompt.step)
          }
        case .evaluate(let hash, let job, let step): ready.insert(hash, job, for: step)
        case .confirm(let hash, let job, let first):
          underWay += 1
          group.addTask { [evaluator] in
            .confirmed(hash, try await evaluator.confirm(job, first: first))
          }
        }
      }
      actions = engine.takeActions()
    }
    if !events.isEmpty {
      try journal.append(events)
      progress(engine, events)
    }
    feed(&group)
  }

  /// Gives each idle worker a batch of the oldest steps: small while few wait, so that all workers get some.
  private mutating func feed(_ group: inout ThrowingTaskGroup<Answer, any Error>) {
    while busy < evaluator.width, !ready.isEmpty {
      if let left = evaluationsLeft, left <= 0 { return end() }
      let idle = evaluator.width - busy
      let batch = ready.takeFirst(min(max(1, min(16, ready.count / (2 * idle))), evaluationsLeft ?? .max))
      if let left = evaluationsLeft { evaluationsLeft = left - batch.jobs.count }
      busy += 1
      underWay += 1
      group.addTask { [evaluator] in
        .evaluated(batch.hashes, try await evaluator.evaluate(batch.jobs))
      }
    }
  }
}
