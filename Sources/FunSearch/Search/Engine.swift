package import PythonSyntax

/// The search as a pure state machine.
///
/// It is told what proposers and evaluators answered, in any order, and says what to ask them next. Its history
/// depends on the answers, never on their order (DESIGN §4).
///
/// For each island there is a window of steps between the last committed one and at most `lag` later. A step
/// passes through `StepState` and is committed when all earlier steps of its island are. Steps that ask a language
/// model are begun further ahead (``ModelSteps/lag``), so that those between need not wait for an answer.
public struct Engine: Sendable {
  /// What the engine wants done next.
  package enum Action: Sendable {
    /// Ask the proposer; answer with ``Engine/receive(_:for:)``.
    case propose(Prompt, attempt: Int)
    /// Evaluate; answer with ``Engine/receive(_:of:)``. The step is the first that waits for it.
    case evaluate(TreeHash, EvaluationJob, for: StepID)
    /// Confirm a would-be best; answer with ``Engine/receive(_:confirming:)``.
    case confirm(TreeHash, EvaluationJob, first: Evaluation)
    /// Write to the journal.
    case record(SearchEvent)
  }

  package internal(set) var configuration: SearchConfiguration
  package internal(set) var database: ProgramDatabase
  /// Steps committed, by island.
  public internal(set) var committed: [Int]
  /// The last step that belongs to the history; later ones are not begun, and not committed.
  package private(set) var cut: StepID?

  private let scoreUnit: Double
  private let target: Double?
  private let reusesOutcomes: Bool
  var windows: [IslandWindow]
  /// Outcomes known, whatever island asked first.
  var outcomes = KnownOutcomes()
  /// Steps that wait for an evaluation under way.
  private var waiting: [TreeHash: [StepID]] = [:]
  var confirmations: [TreeHash: Confirmation] = [:]
  var refutations: Refutations
  var actions: [Action] = []
  private var ending = Ending.none

  private var isStopping: Bool { ending == .stopping }

  /// How far a search has been asked to end.
  private enum Ending {
    case none
    /// No proposal is asked for; those that come are evaluated and committed.
    case draining
    /// Nothing is asked for.
    case stopping
  }

  /// - Parameters:
  ///   - configuration: what the history depends on.
  ///   - founder: the specification's own program, which every island starts from.
  ///   - scoreUnit: the difference of scores that matters in this problem.
  ///   - steps: the budget, the total of all islands; nil for no limit.
  ///   - target: the score that ends the search.
  ///   - reusesOutcomes: false evaluates every step anew, which makes the same history at more cost.
  public init(
    configuration: SearchConfiguration,
    founder: FounderRecord,
    scoreUnit: Double,
    steps: Int?,
    target: Double?,
    reusesOutcomes: Bool = true
  ) {
    self.reusesOutcomes = reusesOutcomes
    self.configuration = configuration
    self.scoreUnit = scoreUnit
    self.target = target
    let program = Program(
      id: .founder,
      encodedFunction: founder.encodedFunction,
      encodedSupport: [],
      length: founder.source.utf8.count,
      scores: founder.scores
    )
    database = ProgramDatabase(founder: program, hash: founder.hash, configuration: configuration)
    committed = Array(repeating: 0, count: configuration.islands)
    windows = Array(repeating: IslandWindow(), count: configuration.islands)
    refutations = Refutations(islands: configuration.islands)
    outcomes.note(.scored(founder.scores), of: founder.hash)
    confirmations[founder.hash] = .confirmed(founder.claim)
    if let steps { cut = Self.lastStep(of: steps, islands: configuration.islands) }
    if let target, founder.scores.total >= target { cut = StepID(island: IslandID(0), step: -1) }
  }

  /// The step of program number `steps`; with none, a step before the first.
  private static func lastStep(of steps: Int, islands: Int) -> StepID {
    guard steps > 0 else { return StepID(island: IslandID(0), step: -1) }
    return StepID(island: IslandID((steps - 1) % islands), step: (steps - 1) / islands)
  }

  /// Begins, or goes on after ``restore(_:)``: asks for every proposal that may be asked for.
  package mutating func start() {
    for island in 0..<configuration.islands { fill(island) }
  }

  /// No step is begun any more; those under way may still be answered and committed.
  package mutating func stop() {
    ending = .stopping
    actions.removeAll { if case .record = $0 { false } else { true } }
  }

  /// No proposal is asked for any more; those that come are still evaluated.
  private mutating func drain() {
    guard !isStopping else { return }
    ending = .draining
    actions.removeAll { if case .propose = $0 { true } else { false } }
  }

  /// What to do next, in canonical order of steps as far as it matters; empties the list.
  package mutating func takeActions() -> [Action] {
    defer { actions.removeAll(keepingCapacity: true) }
    return actions
  }

  /// Whether every step up to the cut is committed.
  public var isFinished: Bool {
    guard let cut else { return false }
    return (0..<configuration.islands).allSatisfy { committed[$0] >= stepsBefore(cut, in: $0) }
  }

  /// The number of programs in the canonical history: the longest gapless prefix, cut at the target.
  public var historyLength: Int {
    let islands = configuration.islands
    var length = Int.max
    for (island, steps) in committed.enumerated() { length = min(length, steps * islands + island) }
    guard let cut else { return length }
    return min(length, cut.step < 0 ? 0 : cut.program(islands: islands).number)
  }

  /// The best program so far; of equal ones that with the lowest number.
  public var best: Program {
    database.islands.map(\.best).reduce(database.founder) { best, program in
      let (score, other) = (best.scores.total, program.scores.total)
      return other > score || (other == score && program.id < best.id) ? program : best
    }
  }

  /// How many steps of `island` belong to the history up to and including `cut`.
  private func stepsBefore(_ cut: StepID, in island: Int) -> Int {
    cut.step < 0 ? 0 : cut.step + (island <= cut.island.number ? 1 : 0)
  }

  // MARK: Proposals

  /// Asks for the proposals that `island`'s commits allow: up to the lag, the epoch's end and the cut.
  mutating func fill(_ island: Int) {
    guard ending == .none else { return }
    let epochEnd = (database.epoch + 1) * configuration.epochSteps
    let limit = cut.map { min(epochEnd, stepsBefore($0, in: island)) } ?? epochEnd
    if configuration.models.share > 0 { fillQuestions(island, limit: limit) }
    let end = min(committed[island] + configuration.lag, limit)
    while windows[island].nextDraw < end {
      let step = windows[island].draw(in: island)
      if configuration.asksModel(step) { continue }
      ask(database.prompt(for: step, scoreUnit: scoreUnit))
    }
  }

  /// The same for the steps that ask a model, of which several may share the prompt of the first.
  private mutating func fillQuestions(_ island: Int, limit: Int) {
    let end = min(committed[island] + configuration.models.questionLag, limit)
    while windows[island].nextQuestion < end {
      let step = windows[island].drawQuestion(in: island)
      guard configuration.asksModel(step) else { continue }
      if configuration.sample(of: step.step) == 0 || windows[island].question == nil {
        windows[island].question = database.bestShotPrompt(for: step, scoreUnit: scoreUnit)
      }
      // Those before the window are drawn for the prompt they share with later ones.
      guard step.step >= windows[island].firstStep, let first = windows[island].question else { continue }
      let prompt = Prompt(
        step: step,
        epoch: first.epoch,
        versions: first.versions,
        failures: first.failures,
        answers: first.answers,
        asksModel: true
      )
      ask(prompt)
    }
  }

  private mutating func ask(_ prompt: Prompt) {
    windows[prompt.step.island.number].open(prompt)
    actions.append(.propose(prompt, attempt: 0))
  }

  /// Takes a proposal; asks for no more once one is withheld.
  ///
  /// Proposals of an island are settled in step order, whatever order they come in, because
  /// each is compared with all earlier ones.
  package mutating func receive(_ proposal: Proposal, for step: StepID) {
    guard let answer = StepAnswer(proposal) else { return drain() }
    let island = step.island.number
    windows[island].put(answer, at: step.step)
    while let (prompt, answer, attempt) = windows[island].nextToSettle() {
      switch answer {
      case .candidate(let candidate):
        guard let settled = settle(prompt, candidate, attempt: attempt) else { return }
        evaluate(settled)
      case .discarded(let answer):
        windows[island].settle(DiscardedStep(prompt: prompt, answer: answer, attempt: attempt))
        commit(island)
      }
    }
  }

  /// Settles the oldest unsettled step of an island; nil when another proposal is asked for, this one being known.
  private mutating func settle(_ prompt: Prompt, _ candidate: Candidate, attempt: Int) -> SettledStep? {
    let island = prompt.step.island.number
    let hash = candidate.code.function.contentHash(support: candidate.code.support)
    let isNew = database.propose(hash, in: prompt.step.island)
    if !isNew && attempt < (prompt.asksModel ? configuration.models.redraws : configuration.redraws) {
      windows[island].redraw()
      if ending == .none { actions.append(.propose(prompt, attempt: attempt + 1)) }
      return nil
    }
    let settled = SettledStep(
      prompt: prompt,
      candidate: candidate,
      attempt: attempt,
      hash: hash,
      isDuplicate: !isNew
    )
    windows[island].settle(settled)
    return settled
  }

  // MARK: Evaluations

  private mutating func evaluate(_ settled: SettledStep) {
    let step = settled.prompt.step
    if reusesOutcomes, let known = outcomes[settled.hash] {
      windows[step.island.number].finish(step.step, with: Evaluation(outcome: known), reused: true)
      commit(step.island.number)
    } else {
      let isAsked = waiting[settled.hash] != nil
      waiting[settled.hash, default: []].append(step)
      if !isStopping, !isAsked || !reusesOutcomes {
        actions.append(.evaluate(settled.hash, settled.job, for: step))
      }
    }
  }

  /// Takes an evaluation and commits what it completes.
  package mutating func receive(_ evaluation: Evaluation, of hash: TreeHash) {
    outcomes.note(evaluation.outcome, of: hash)
    let asked = waiting.removeValue(forKey: hash)?.sorted() ?? []
    // Without reuse there is an evaluation under way for each, and one is as good as another.
    let steps = asked.prefix(reusesOutcomes ? asked.count : 1)
    if steps.count < asked.count { waiting[hash] = Array(asked[steps.count...]) }
    for (place, step) in steps.enumerated() {
      windows[step.island.number].finish(step.step, with: evaluation, reused: place > 0)
    }
    for step in steps { commit(step.island.number) }
  }

  /// Takes the answer to a claim and commits what waited for it.
  package mutating func receive(_ confirmation: Confirmation, confirming hash: TreeHash) {
    confirmations[hash] = confirmation
    for island in 0..<configuration.islands where windows[island].confirming == hash {
      windows[island].confirming = nil
      commit(island)
    }
  }

  // MARK: Commits

  /// Commits the steps of `island` that are evaluated, in order, until one is missing or waits for a
  /// confirmation.
  private mutating func commit(_ island: Int) {
    while windows[island].confirming == nil, let ready = windows[island].nextToCommit {
      let step = StepID(island: IslandID(island), step: windows[island].firstStep)
      if let cut, step > cut { return }
      guard let record = record(ready, in: island) else { return }
      database.noteAnswer(record)
      windows[island].close()
      committed[island] += 1
      actions.append(.record(.committed(record)))
      endOnTarget(record)
      if !resetIfDue() { fill(island) }
    }
  }

  /// What goes into the history; nil while that hangs on a confirmation.
  private mutating func record(_ ready: IslandWindow.Ready, in island: Int) -> StepRecord? {
    switch ready {
    case .discarded(let step):
      let record = step.record
      database.noteFailure(of: record.outcome, parents: record.parents, at: record.step)
      return record
    case .evaluated(let settled, let evaluation, let reused):
      guard let verdict = verdict(on: settled, evaluation, in: island) else {
        confirm(settled, evaluation, in: island)
        return nil
      }
      return settled.record(
        verdict,
        evaluation: evaluation,
        reused: reused,
        registration: register(settled, verdict.outcome)
      )
    }
  }

  /// What a step comes to in its island; nil while that hangs on a confirmation.
  private mutating func verdict(on settled: SettledStep, _ evaluation: Evaluation, in island: Int) -> Verdict?
  {
    guard case .scored(let scores) = evaluation.outcome else { return Verdict(outcome: evaluation.outcome) }
    if let failure = refutations.failure(of: settled.hash, in: island) {
      return Verdict(outcome: .failed(failure), refuted: scores)
    }
    guard scores.total > database.islands[island].best.scores.total else {
      return Verdict(outcome: evaluation.outcome)
    }
    switch confirmations[settled.hash] {
    case .confirmed(let claim): return Verdict(outcome: evaluation.outcome, claim: claim)
    case .refuted(let failure):
      refutations.note(failure, of: settled.hash, in: island)
      return Verdict(outcome: .failed(failure), refuted: scores)
    case nil: return nil
    }
  }

  private mutating func confirm(_ settled: SettledStep, _ evaluation: Evaluation, in island: Int) {
    let asked = windows.contains { $0.confirming == settled.hash }
    windows[island].confirming = settled.hash
    if !asked, !isStopping { actions.append(.confirm(settled.hash, settled.job, first: evaluation)) }
  }

  private mutating func register(_ settled: SettledStep, _ outcome: Outcome) -> Registration {
    var program: Program?
    if case .scored(let scores) = outcome, !settled.isDuplicate {
      program = settled.program(scores: scores, islands: configuration.islands)
    }
    let (step, candidate) = (settled.prompt.step, settled.candidate)
    database.noteClimb(operators: candidate.operators, parents: candidate.parents, program, at: step)
    database.noteFailure(of: outcome, parents: candidate.parents, at: step)
    guard let program else {
      if case .scored = outcome { return .duplicate }
      return .failed
    }
    return database.register(program, at: step)
  }

  mutating func endOnTarget(_ record: StepRecord) {
    guard let target, record.claim != nil, case .scored(let scores) = record.outcome, scores.total >= target
    else { return }
    cut = min(cut ?? record.step, record.step)
  }

  /// Resets when all islands are at the epoch's end and more is to come; true when it did.
  mutating func resetIfDue() -> Bool {
    let epochEnd = (database.epoch + 1) * configuration.epochSteps
    guard committed.allSatisfy({ $0 == epochEnd }), !isFinished else { return false }
    actions.append(.record(.reset(database.reset())))
    refutations.share()
    for island in 0..<configuration.islands { fill(island) }
    return true
  }
}
