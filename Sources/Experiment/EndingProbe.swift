import FunSearch

/// Says when a session has to end: on an interruption or when its time is up.
struct EndingProbe: Sendable {
  let isInterrupted: @Sendable () -> Bool
  let deadline: ContinuousClock.Instant?

  var reason: StopSignal.Reason? {
    if isInterrupted() { return .interrupted }
    if let deadline, ContinuousClock.now >= deadline { return .timeBudget }
    return nil
  }
}

extension Duration {
  /// The length in seconds.
  var inSeconds: Double {
    let (seconds, attoseconds) = components
    return Double(seconds) + Double(attoseconds) * 1e-18
  }
}
