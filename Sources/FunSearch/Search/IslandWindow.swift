import PythonSyntax

/// The steps of one island that are begun and not committed, oldest first.
struct IslandWindow: Sendable {
  /// Steps from ``firstStep`` on.
  private var states: [StepState] = []
  private(set) var firstStep = 0
  /// The first of ``states`` whose candidate is not settled.
  private var unsettled = 0
  /// The claim the oldest step waits for.
  var confirming: TreeHash?

  init() {}

  /// A window of an island whose first `committed` steps are done.
  init(committed: Int) {
    firstStep = committed
  }

  /// The step whose prompt is to be drawn next.
  var nextPrompt: Int { firstStep + states.count }

  mutating func open(_ prompt: Prompt) {
    states.append(.asked(prompt, attempt: 0))
  }

  mutating func put(_ candidate: Candidate, at step: Int) {
    let place = step - firstStep
    guard states.indices.contains(place), case .asked(let prompt, let attempt) = states[place] else { return }
    states[place] = .proposed(prompt, candidate, attempt: attempt)
  }

  /// The oldest unsettled step, when its proposal is there.
  func nextToSettle() -> (Prompt, Candidate, attempt: Int)? {
    guard states.indices.contains(unsettled),
      case .proposed(let prompt, let candidate, let attempt) = states[unsettled]
    else { return nil }
    return (prompt, candidate, attempt)
  }

  /// Waits for another proposal of the oldest unsettled step.
  mutating func redraw() {
    guard case .proposed(let prompt, _, let attempt) = states[unsettled] else { return }
    states[unsettled] = .asked(prompt, attempt: attempt + 1)
  }

  /// Settles the oldest unsettled step.
  mutating func settle(_ step: SettledStep) {
    states[unsettled] = .settled(step)
    unsettled += 1
  }

  mutating func finish(_ step: Int, with evaluation: Evaluation, reused: Bool) {
    let place = step - firstStep
    guard states.indices.contains(place), case .settled(let settled) = states[place] else { return }
    states[place] = .evaluated(settled, evaluation, reused: reused)
  }

  /// The oldest step, when it is evaluated.
  var nextToCommit: (SettledStep, Evaluation, reused: Bool)? {
    guard case .evaluated(let settled, let evaluation, let reused)? = states.first else { return nil }
    return (settled, evaluation, reused)
  }

  /// Drops the oldest step, now committed.
  mutating func close() {
    states.removeFirst()
    firstStep += 1
    unsettled -= 1
  }
}

/// How far a step has come.
enum StepState: Sendable {
  case asked(Prompt, attempt: Int)
  case proposed(Prompt, Candidate, attempt: Int)
  case settled(SettledStep)
  case evaluated(SettledStep, Evaluation, reused: Bool)
}

/// What a step comes to in its island.
struct Verdict: Sendable {
  var outcome: Outcome
  /// Set for a new best of the island.
  var claim: Claim?
  /// What it scored before its claim was refuted.
  var refuted: Scores?
}

/// A step whose candidate is decided.
struct SettledStep: Sendable {
  let prompt: Prompt
  let candidate: Candidate
  /// Counts the duplicates drawn before.
  let attempt: Int
  let hash: TreeHash
  let isDuplicate: Bool
  let source: String
  private let encodedFunction: [UInt8]

  init(prompt: Prompt, candidate: Candidate, attempt: Int, hash: TreeHash, isDuplicate: Bool) {
    self.prompt = prompt
    self.candidate = candidate
    self.attempt = attempt
    self.hash = hash
    self.isDuplicate = isDuplicate
    source = candidate.code.source
    encodedFunction = candidate.code.function.encoded()
  }

  var job: EvaluationJob { EvaluationJob(code: candidate.code, source: source) }

  func program(scores: Scores, islands: Int) -> Program {
    Program(
      id: prompt.step.program(islands: islands),
      encodedFunction: encodedFunction,
      encodedSupport: candidate.code.encodedSupport,
      length: source.utf8.count,
      scores: scores
    )
  }

  func record(
    _ verdict: Verdict,
    evaluation: Evaluation,
    reused: Bool,
    registration: Registration
  ) -> StepRecord {
    StepRecord(
      step: prompt.step,
      epoch: prompt.epoch,
      redraws: attempt,
      parents: candidate.parents,
      operators: candidate.operators,
      hash: hash,
      source: source,
      encodedFunction: encodedFunction,
      encodedSupport: candidate.code.encodedSupport,
      outcome: verdict.outcome,
      reused: reused,
      registration: registration,
      claim: verdict.claim,
      refuted: verdict.refuted,
      cpuMicroseconds: reused ? 0 : evaluation.cpuMicroseconds,
      wallMicroseconds: reused ? 0 : evaluation.wallMicroseconds
    )
  }
}
