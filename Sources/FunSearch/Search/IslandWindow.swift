import PythonSyntax

/// The steps of one island that are begun and not committed, oldest first.
struct IslandWindow: Sendable {
  /// Steps from ``firstStep`` on.
  private var states: [StepState] = []
  private(set) var firstStep = 0
  /// The step for which a prompt is to be drawn next, or passed over since it asks a model.
  private(set) var nextDraw = 0
  /// The same of the steps that ask a model.
  private(set) var nextQuestion = 0
  /// The last prompt for a model, which steps may share.
  var question: Prompt?
  /// The first of ``states`` whose candidate is not settled.
  private var unsettled = 0
  /// The claim the oldest step waits for.
  var confirming: TreeHash?

  init() {}

  /// A window of an island whose first `committed` steps are done.
  ///
  /// Questions are drawn again from the one `sample` steps before the next, whose prompt later ones may share.
  init(committed: Int, sample: Int) {
    firstStep = committed
    nextDraw = committed
    nextQuestion = committed - sample
  }

  mutating func draw(in island: Int) -> StepID {
    defer { nextDraw += 1 }
    return StepID(island: IslandID(island), step: nextDraw)
  }

  mutating func drawQuestion(in island: Int) -> StepID {
    defer { nextQuestion += 1 }
    return StepID(island: IslandID(island), step: nextQuestion)
  }

  mutating func open(_ prompt: Prompt) {
    let place = prompt.step.step - firstStep
    while states.count < place { states.append(.idle) }
    if place == states.count {
      states.append(.asked(prompt, attempt: 0))
    } else {
      states[place] = .asked(prompt, attempt: 0)
    }
  }

  mutating func put(_ answer: StepAnswer, at step: Int) {
    let place = step - firstStep
    guard states.indices.contains(place), case .asked(let prompt, let attempt) = states[place] else { return }
    states[place] = .answered(prompt, answer, attempt: attempt)
  }

  /// The oldest unsettled step, when its answer is there.
  func nextToSettle() -> (Prompt, StepAnswer, attempt: Int)? {
    guard states.indices.contains(unsettled),
      case .answered(let prompt, let answer, let attempt) = states[unsettled]
    else { return nil }
    return (prompt, answer, attempt)
  }

  /// Waits for another proposal of the oldest unsettled step.
  mutating func redraw() {
    guard case .answered(let prompt, _, let attempt) = states[unsettled] else { return }
    states[unsettled] = .asked(prompt, attempt: attempt + 1)
  }

  /// Settles the oldest unsettled step.
  mutating func settle(_ step: SettledStep) {
    states[unsettled] = .settled(step)
    unsettled += 1
  }

  mutating func settle(_ step: DiscardedStep) {
    states[unsettled] = .discarded(step)
    unsettled += 1
  }

  mutating func finish(_ step: Int, with evaluation: Evaluation, reused: Bool) {
    let place = step - firstStep
    guard states.indices.contains(place), case .settled(let settled) = states[place] else { return }
    states[place] = .evaluated(settled, evaluation, reused: reused)
  }

  /// A step that can be committed.
  enum Ready {
    case evaluated(SettledStep, Evaluation, reused: Bool)
    case discarded(DiscardedStep)
  }

  /// The oldest step, when it is evaluated or there is nothing to evaluate.
  var nextToCommit: Ready? {
    switch states.first {
    case .evaluated(let settled, let evaluation, let reused)?:
      .evaluated(settled, evaluation, reused: reused)
    case .discarded(let step)?: .discarded(step)
    case .idle?, .asked?, .answered?, .settled?, nil: nil
    }
  }

  /// Drops the oldest step, now committed.
  mutating func close() {
    states.removeFirst()
    firstStep += 1
    unsettled -= 1
  }
}

/// A proposal that a step can be made of.
enum StepAnswer: Sendable {
  case candidate(Candidate)
  case discarded(DiscardedAnswer)

  /// Nil for a proposal that is withheld.
  init?(_ proposal: Proposal) {
    switch proposal {
    case .candidate(let candidate): self = .candidate(candidate)
    case .discarded(let answer): self = .discarded(answer)
    case .withheld: return nil
    }
  }
}

/// How far a step has come.
enum StepState: Sendable {
  /// Not begun, while a later one is.
  case idle
  case asked(Prompt, attempt: Int)
  case answered(Prompt, StepAnswer, attempt: Int)
  case discarded(DiscardedStep)
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
final class SettledStep: Sendable {
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
