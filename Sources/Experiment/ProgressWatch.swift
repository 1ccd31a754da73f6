import FunSearch
import RunJournal
import Synchronization

/// Turns committed events into updates for whoever watches the run, and into its history.
final class ProgressWatch: Sendable {
  /// Steps whose texts are at hand before they are in the journal.
  private static let mostRecent = 1024

  fileprivate struct State {
    var tally: RunTally
    var islands: IslandProgress
    var history: HistoryFold
    var curve: [(steps: Int, score: Double)]
    /// The latest steps, in a ring.
    var recent: [StepRecord] = []
    var nextRecent = 0
  }

  private let state: Mutex<State>
  private let islands: Int
  private let observer: @Sendable (RunUpdate) -> Void
  private let sourceInJournal: @Sendable (ProgramID) -> String?
  /// How far the run is with its models; nil where it asks none.
  private let models = Mutex<(@Sendable () -> ModelProgress)?>(nil)

  /// - Parameters:
  ///   - founder: the specification's own program.
  ///   - islands: how many there are.
  ///   - target: the score that ends the run.
  ///   - source: the text of a program that was committed some time ago.
  ///   - observer: told what happens.
  init(
    founder: FounderRecord,
    islands: Int,
    target: Double?,
    source: @escaping @Sendable (ProgramID) -> String?,
    observer: @escaping @Sendable (RunUpdate) -> Void
  ) {
    let history = HistoryFold(founder: founder, islands: islands, target: target)
    state = Mutex(
      State(
        tally: RunTally(founder: founder),
        islands: IslandProgress(founder: founder, islands: islands),
        history: history,
        curve: [(0, founder.scores.total)]
      )
    )
    self.islands = islands
    self.observer = observer
    sourceInJournal = source
  }

  /// Has updates tell how far the run is with its models.
  func follow(_ progress: @escaping @Sendable () -> ModelProgress) {
    models.withLock { $0 = progress }
  }

  /// Steps committed so far.
  var steps: Int { state.withLock { $0.tally.steps } }

  /// The canonical history so far.
  var history: HistorySummary { state.withLock { $0.history.summary } }

  /// Takes an event of an earlier session, of which nobody is told again.
  func restore(_ event: SearchEvent) {
    state.withLock { _ = $0.add(event, islands) }
  }

  /// Takes events as they are committed, or none when time has passed; `elapsed` are the seconds of all sessions.
  func take(_ events: [SearchEvent], elapsed: Double) {
    var updates: [RunUpdate] = []
    let models = models.withLock { $0 }?()
    let progress = state.withLock { state in
      for event in events {
        if case .reset(let record) = event { updates.append(.reset(record)) }
        if let record = state.add(event, islands) { updates.append(.improved(improvement(record))) }
        if case .committed(let record) = event { state.remember(record, Self.mostRecent) }
      }
      return RunProgress(
        tally: state.tally,
        islands: state.islands,
        elapsedSeconds: elapsed,
        curve: state.curve,
        models: models
      )
    }
    for update in updates { observer(update) }
    observer(.progress(progress))
  }

  private func improvement(_ record: StepRecord) -> Improvement {
    Improvement(
      program: record.step.program(islands: islands),
      island: record.step.island.number,
      step: record.step.step,
      score: record.outcome.total ?? 0,
      verified: record.claim?.verified ?? false,
      operators: record.operators,
      source: { record.source },
      parentSource: { [self] in record.parents.first.flatMap(source) }
    )
  }

  private func source(_ program: ProgramID) -> String? {
    let recent = state.withLock { $0.recent.first { $0.step.program(islands: islands) == program }?.source }
    return recent ?? sourceInJournal(program)
  }
}

extension ProgressWatch.State {
  /// Takes an event; its step when that is a better best than there was.
  fileprivate mutating func add(_ event: SearchEvent, _ count: Int) -> StepRecord? {
    history.add(event)
    switch event {
    case .founded: return nil
    case .reset(let record):
      islands.add(record)
      return nil
    case .committed(let record):
      let score = record.claim == nil ? nil : record.outcome.total
      islands.add(record.step.program(islands: count), island: record.step.island.number, score: score)
      let before = tally.best.total
      guard tally.add(record, islands: count), tally.best.total > before else { return nil }
      curve.append((tally.steps, tally.best.total))
      return record
    }
  }

  fileprivate mutating func remember(_ record: StepRecord, _ most: Int) {
    if recent.count < most {
      recent.append(record)
    } else {
      recent[nextRecent] = record
      nextRecent = (nextRecent + 1) % most
    }
  }
}
