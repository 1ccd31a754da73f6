import Synchronization

/// Asks a running search to end, from a signal handler or a clock.
package final class StopSignal: Sendable {
  /// Why a search is asked to end.
  package enum Reason: String, Sendable {
    case interrupted
    case timeBudget = "time budget"
  }

  private let state = Mutex<Reason?>(nil)

  package init() {}

  /// What is in flight is finished, then the search ends. The first reason stays.
  package func stop(_ reason: Reason) {
    state.withLock { $0 = $0 ?? reason }
  }

  package var reason: Reason? { state.withLock { $0 } }
}
