import Experiment
import FunSearch
import Reports
import Synchronization

/// Makes what a live view shows of what a run tells.
struct LiveRun: Sendable {
  /// What stays the same.
  private let run: String
  private let knownBest: Double?
  private let target: Double?
  private let steps: Int?
  private let seconds: Double?
  /// Seconds, steps and evaluations of the last few looks, for rates.
  private var samples: [(seconds: Double, steps: Int, evaluations: Int)] = []

  init(_ folder: RunFolder, knownBest: Double?, target: Double?, steps: Int?, seconds: Double?) {
    run = "\(folder.problem)/\(folder.name)"
    (self.knownBest, self.target, self.steps, self.seconds) = (knownBest, target, steps, seconds)
  }

  /// The state at a moment.
  mutating func state(_ progress: RunProgress, note: String = "") -> LiveState {
    let tally = progress.tally
    var state = LiveState(
      run: run,
      best: tally.best.total,
      program: tally.best.program.number,
      verified: tally.best.verified,
      curve: progress.curve.map { ChartPoint(Double($0.steps), $0.score) },
      steps: tally.steps,
      evaluations: tally.evaluations,
      islands: progress.islands.islands.map {
        LiveState.Island(best: $0.best, founded: $0.founded, age: $0.steps - $0.improvedAt)
      }
    )
    state.knownBest = knownBest
    state.target = target
    state.stepBudget = steps
    state.secondBudget = seconds
    state.duplicates = tally.duplicates
    state.failures = tally.failures.map { ($0.key.rawValue, $0.value) }
    state.epoch = progress.islands.epoch
    state.elapsedSeconds = progress.elapsedSeconds
    state.rates = rates(progress)
    state.models = progress.models.map(LiveState.Models.init)
    state.note = note
    return state
  }

  private mutating func rates(_ progress: RunProgress) -> LiveState.Rates? {
    let now = (progress.elapsedSeconds, progress.tally.steps, progress.tally.evaluations)
    samples.append(now)
    // About the last five seconds.
    while samples.count > 2, now.0 - samples[1].seconds > 5 { samples.removeFirst() }
    guard let first = samples.first, now.0 - first.seconds > 0.2 else { return nil }
    let seconds = now.0 - first.seconds
    return LiveState.Rates(
      steps: Double(now.1 - first.steps) / seconds,
      evaluations: Double(now.2 - first.evaluations) / seconds
    )
  }
}

extension LiveState.Models {
  init(_ progress: ModelProgress) {
    self.init(
      calls: progress.calls,
      underWay: progress.underWay,
      promptTokens: progress.promptTokens,
      outputTokens: progress.outputTokens,
      cost: progress.cost
    )
  }
}

extension LiveView {
  /// An improvement as a line of its own.
  func line(_ improvement: Improvement) -> TerminalLine {
    let change = improvement.parentSource().flatMap { parent in
      improvement.source().flatMap { ChangeLine.text(from: parent, to: $0) }
    }
    return self.improvement(
      score: improvement.score,
      program: improvement.program.number,
      island: improvement.island,
      operators: improvement.operators,
      verified: improvement.verified,
      change: change
    )
  }
}
