import FunSearch
import Synchronization

/// Turns committed events into updates for whoever watches the run.
final class ProgressWatch: Sendable {
  private struct State {
    var tally: RunTally
    var sessionSteps = 0
  }

  private let state: Mutex<State>
  private let islands: Int
  private let observer: @Sendable (RunUpdate) -> Void

  init(tally: RunTally, islands: Int, observer: @escaping @Sendable (RunUpdate) -> Void) {
    state = Mutex(State(tally: tally))
    self.islands = islands
    self.observer = observer
  }

  func take(_ events: [SearchEvent], _ engine: borrowing Engine, elapsed: Double) {
    var updates: [RunUpdate] = []
    let (tally, steps) = state.withLock { state in
      for event in events {
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
