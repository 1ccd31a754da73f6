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

  /// Looks for a reason now and then, for searches in which seconds pass between two answers.
  var watch: StopSignal.Watch {
    StopSignal.Watch(
      untilReason: {
        while reason == nil, !Task.isCancelled { await Self.pause() }
      },
      untilImpatient: {
        let began = ContinuousClock.now
        while !Task.isCancelled {
          // Whoever presses Ctrl-C wants the prompt back; an answer that is nearly there may still be had.
          let patience = isInterrupted() ? Self.patienceOfUsers : Self.patienceOfBudgets
          guard ContinuousClock.now - began < patience else { return }
          await Self.pause()
        }
      }
    )
  }

  private static let patienceOfUsers = Duration.seconds(1)
  private static let patienceOfBudgets = Duration.seconds(30)

  private static func pause() async {
    // It fails only when the task is cancelled, which the loops above look for.
    _ = try? await Task.sleep(for: .milliseconds(100))
  }
}

extension Duration {
  /// The length in seconds.
  var inSeconds: Double {
    let (seconds, attoseconds) = components
    return Double(seconds) + Double(attoseconds) * 1e-18
  }
}
