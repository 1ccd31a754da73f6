import Foundation

/// The time, and waiting for it, as calls need them.
package protocol CallTimer: Sendable {
  /// Since a fixed moment.
  var now: Duration { get }

  /// Seconds since 1970, for dates that servers give and for prices.
  var date: Double { get }

  /// Waits for `time` because nothing can be done before.
  ///
  /// - Throws: `CancellationError` when the task is cancelled.
  func pause(until time: Duration) async throws(CancellationError)

  /// Waits for `time` while something else is hoped to happen before.
  ///
  /// - Throws: `CancellationError` when the task is cancelled, as it is when that happens.
  func alarm(at time: Duration) async throws(CancellationError)
}

/// The real time.
package struct SystemTimer: CallTimer {
  private let start = ContinuousClock.now

  package init() {}

  package var now: Duration { ContinuousClock.now - start }

  package var date: Double { Date().timeIntervalSince1970 }

  package func pause(until time: Duration) async throws(CancellationError) {
    do {
      try await Task.sleep(until: start + time, clock: .continuous)
    } catch {
      throw CancellationError()
    }
  }

  package func alarm(at time: Duration) async throws(CancellationError) {
    try await pause(until: time)
  }
}
