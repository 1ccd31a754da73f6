/// How often and after how long a call is tried again.
package struct RetryPolicy: Hashable, Sendable {
  /// The mean of the first wait is half of it; it doubles with each.
  package var base = Duration.seconds(1)
  /// No wait that the server did not ask for is longer.
  package var cap = Duration.seconds(60)
  /// Of one call, the first included.
  package var attempts = 12
  /// Of one call, failures in which the server may have charged for an answer that never came.
  package var lostAnswers = 4
  /// Of one call, changes of the request that the server asked for.
  package var adjustments = 4

  package init() {}

  /// How long to wait at most before try number `attempt + 1`; the wait itself is drawn from zero to here.
  package func ceiling(after attempt: Int) -> Duration {
    min(cap, base * (1 << min(max(0, attempt - 1), 20)))
  }
}

/// One call on its way through its attempts: a pure state machine.
package struct CallState: Sendable {
  package enum Decision: Hashable, Sendable {
    /// Ask again, not before this time.
    case retry(at: Duration)
    /// Ask again at once, with the request planned anew.
    case adjust(ParameterRefusal)
    /// Nothing more to be done.
    case fail(ModelError.Kind)
  }

  package let policy: RetryPolicy
  /// No attempt begins and no wait ends after it.
  package let deadline: Duration
  package private(set) var attempts = 0
  /// Attempts whose answer was lost and may have to be paid.
  package private(set) var lostAnswers = 0
  private var adjustments = 0
  /// Failures by kind.
  package private(set) var faults: [ModelError.Kind: Int] = [:]

  /// - Parameters:
  ///   - policy: how often is tried.
  ///   - deadline: on the same clock as all times here.
  package init(policy: RetryPolicy, deadline: Duration) {
    self.policy = policy
    self.deadline = deadline
  }

  /// Counts an attempt that begins.
  package mutating func begin() { attempts += 1 }

  /// Counts an attempt that was given up on its way.
  package mutating func abandon() { lostAnswers += 1 }

  /// Decides what follows a failed attempt.
  ///
  /// - Parameters:
  ///   - fault: why it failed.
  ///   - now: the time.
  ///   - draw: a random number in 0 ..< 1.
  ///   - budget: of the retries of all calls.
  /// - Returns: what to do next.
  package mutating func decide(
    after fault: ServerFault,
    now: Duration,
    draw: Double,
    budget: inout RetryBudget
  ) -> Decision {
    faults[fault.kind, default: 0] += 1
    if fault.mayHaveSpent { lostAnswers += 1 }
    switch fault.recovery {
    case .never: return .fail(fault.kind)
    case .adjust(let refusal):
      adjustments += 1
      return adjustments <= policy.adjustments ? .adjust(refusal) : .fail(fault.kind)
    case .after(let hint):
      // A wait that the server asked for is no storm, and it is not shortened.
      return retry(at: now + hint + hint * (0.1 * draw), fault)
    case .backOff:
      let ceiling = budget.take() ? policy.ceiling(after: attempts) : policy.cap
      return retry(at: now + ceiling * draw, fault)
    }
  }

  private func retry(at time: Duration, _ fault: ServerFault) -> Decision {
    guard attempts < policy.attempts, lostAnswers < policy.lostAnswers, time < deadline else {
      return .fail(fault.kind)
    }
    return .retry(at: time)
  }
}

/// Keeps retries to a part of all calls, so that a struggling server is not stormed.
///
/// Without a retry left, a call waits as long as the longest wait; it is not given up.
package struct RetryBudget: Hashable, Sendable {
  private var left: Double
  private let most: Double
  private let share: Double

  /// - Parameters:
  ///   - share: retries per call.
  ///   - burst: how many may be saved up; as many are there at the start.
  package init(share: Double = 0.5, burst: Double = 20) {
    self.share = share
    most = burst
    left = burst
  }

  /// Counts a call that begins.
  package mutating func earn() { left = min(most, left + share) }

  /// Takes a retry, if there is one.
  package mutating func take() -> Bool {
    guard left >= 1 else { return false }
    left -= 1
    return true
  }
}
