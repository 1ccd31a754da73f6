import FunSearch
import Synchronization

/// Turns committed events into updates for whoever watches the run, and into its history.
final class ProgressWatch: Sendable {
  private struct State {
    var tally: RunTally
    var history: HistoryFold
    var sessionSteps = 0
  }

  private let state: Mutex<State>
  private let islands: Int
  private let observer: @Sendable (RunUpdate) -> Void

  init(
    founder: FounderRecord,
    islands: Int,
    target: Double?,
    observer: @escaping @Sendable (RunUpdate) -> Void
  ) {
    let history = HistoryFold(founder: founder, islands: islands, target: target)
    state = Mutex(State(tally: RunTally(founder: founder), history: history))
    self.islands = islands
    self.observer = observer
  }

  /// Steps committed so far.
  var steps: Int { state.withLock { $0.tally.steps } }

  /// The canonical history so far.
  var history: HistorySummary { state.withLock { $0.history.summary } }

  /// Takes an event of an earlier session, of which nobody is told again.
  func restore(_ event: SearchEvent) {
    state.withLock { state in
      state.history.add(event)
      if case .committed(let record) = event { state.tally.add(record, islands: islands) }
    }
  }

  func take(_ events: [SearchEvent], _ engine: borrowing Engine, elapsed: Double) {
    var updates: [RunUpdate] = []
    let (tally, steps) = state.withLock { state in
      for event in events {
        state.history.add(event)
        switch event {
        case .founded: break
        case .reset(let record): updates.append(.reset(record))
        case .committed(let record):
          state.sessionSteps += 1
          let before = state.tally.best.total
          if state.tally.add(record, islands: islands), state.tally.best.total > before {
            updates.append(
              .improved(record, program: state.tally.best.program, score: state.tally.best.total)
            )
          }
        }
      }
      return (state.tally, state.sessionSteps)
    }
    let progress = RunProgress(
      tally: tally,
      islands: engine.database.islands.map(\.best.scores.total),
      epoch: engine.database.epoch,
      elapsedSeconds: elapsed,
      sessionSteps: steps
    )
    for update in updates { observer(update) }
    observer(.progress(progress))
  }
}
