import Synchronization

/// Lets another thread end what a blocked call waits for: cancelling kills the process in use.
final class Cancellation: Sendable {
  private struct State {
    var isCancelled = false
    var child: ChildProcess?
  }

  private let state = Mutex(State())

  /// Kills the attached process, and any attached later.
  func cancel() {
    let child = state.withLock { state in
      state.isCancelled = true
      return state.child
    }
    child?.kill()
  }

  /// Makes `child` the process to kill.
  func attach(_ child: ChildProcess) {
    let isCancelled = state.withLock { state in
      state.child = child
      return state.isCancelled
    }
    if isCancelled { child.kill() }
  }

  /// - Throws: `CancellationError` after ``cancel()``.
  func check() throws(CancellationError) {
    if state.withLock({ $0.isCancelled }) { throw CancellationError() }
  }
}
