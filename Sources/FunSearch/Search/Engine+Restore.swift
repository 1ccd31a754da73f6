/// A journal that the search, run again, does not agree with.
package struct RestoreError: Error, Hashable, CustomStringConvertible {
  package let description: String
}

extension Engine {
  /// Makes ready to take the events of earlier sessions, before ``start()``.
  ///
  /// The fold over events is the search itself. Prompts of steps that the journal does not hold are drawn when
  /// the fold passes the state they belong to, so what was in flight at an interruption is proposed again,
  /// equal.
  /// - Parameter committedSteps: how many steps of each island the whole journal holds.
  package mutating func beginRestoring(committedSteps: [Int]) {
    windows = committedSteps.map { IslandWindow(committed: $0, sample: configuration.sample(of: $0)) }
    outcomes.reserveCapacity(committedSteps.reduce(0, +))
    for island in committed.indices { fill(island) }
  }

  /// Takes the next event, in the order they were recorded.
  package mutating func restore(_ event: SearchEvent) throws(RestoreError) {
    switch event {
    case .founded: break
    case .committed(let record): try restore(record)
    case .reset(let record): try restore(record)
    }
  }

  private mutating func restore(_ record: StepRecord) throws(RestoreError) {
    let island = record.step.island.number
    guard committed.indices.contains(island), committed[island] == record.step.step else {
      throw RestoreError(
        description: "the journal's \(record.step) does not follow on the island's step before it; "
          + "the file was changed after the run"
      )
    }
    let isNew = !record.isDiscarded && database.propose(record.hash, in: record.step.island)
    if !record.isDiscarded { restoreAnswers(record) }
    var program: Program?
    if isNew, case .scored(let scores) = record.outcome {
      program = Program(
        id: record.step.program(islands: configuration.islands),
        encodedFunction: record.encodedFunction,
        encodedSupport: record.encodedSupport,
        length: record.sourceLength,
        scores: scores
      )
    }
    database.noteClimb(operators: record.operators, parents: record.parents, program, at: record.step)
    database.noteFailure(of: record.outcome, parents: record.parents, at: record.step)
    database.noteAnswer(record)
    if let program { _ = database.register(program, at: record.step) }
    committed[island] += 1
    endOnTarget(record)
    if !resetIfDue() { fill(island) }
  }

  /// What evaluator and verifier had said, so that they are not asked again.
  private mutating func restoreAnswers(_ record: StepRecord) {
    let hash = record.hash
    if let scores = record.refuted, case .failed(let failure) = record.outcome {
      outcomes.note(.scored(scores), of: hash)
      confirmations[hash] = .refuted(failure)
      refutations.note(failure, of: hash, in: record.step.island.number)
    } else if !record.reused || !outcomes.contains(hash) {
      outcomes.note(record.outcome, of: hash)
    }
    if let claim = record.claim { confirmations[hash] = .confirmed(claim) }
  }

  /// The fold made the same reset by itself; it needs no second entry in the journal.
  private mutating func restore(_ record: ResetRecord) throws(RestoreError) {
    let place = actions.firstIndex { action in
      if case .record(.reset(record)) = action { true } else { false }
    }
    guard let place else {
      throw RestoreError(
        description: "the reset before epoch \(record.epoch) comes out differently from the journal's; "
          + "was the run made by another version?"
      )
    }
    actions.remove(at: place)
  }

  /// Goes on under other settings, in a run that was forked here.
  ///
  /// Prompts drawn so far are dropped and drawn again from the islands as they stand. The number of islands, the
  /// length of an epoch and the shape of clusters are those of the islands there are, and stay.
  package mutating func change(to other: SearchConfiguration) {
    precondition(
      other.islands == configuration.islands && other.epochSteps == configuration.epochSteps,
      "a fork keeps the islands and their epochs"
    )
    configuration = other
    database.configuration = other
    actions.removeAll { if case .propose = $0 { true } else { false } }
    windows = zip(windows, committed).map { window, committed in
      IslandWindow(committed: window.firstStep, sample: window.firstStep - committed)
    }
    for island in committed.indices { fill(island) }
  }
}
