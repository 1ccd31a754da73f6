import Synchronization

/// A clock that only a test moves.
final class ManualClock: Sendable {
  private let time = Mutex(ContinuousClock.now)

  var now: @Sendable () -> ContinuousClock.Instant { { self.time.withLock { $0 } } }

  func advance(_ duration: Duration) { time.withLock { $0 += duration } }
}
