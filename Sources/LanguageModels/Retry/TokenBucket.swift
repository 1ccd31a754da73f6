/// An allowance that refills with time.
package struct TokenBucket: Hashable, Sendable {
  private let capacity: Double
  private let perSecond: Double
  private var level: Double
  private var updated: Duration

  /// - Parameters:
  ///   - perMinute: how much is refilled in a minute.
  ///   - now: the time; the bucket is full then.
  package init(perMinute: Double, now: Duration) {
    // A sixth of a minute's allowance at once: a whole one would make nearly two in the first minute.
    capacity = max(1, perMinute / 6)
    perSecond = perMinute / 60
    level = capacity
    updated = now
  }

  /// When so much can be taken; at once when that is not later than `now`.
  package func ready(for amount: Double, now: Duration) -> Duration {
    // What is larger than the bucket waits for a full one and leaves a debt.
    let missing = min(amount, capacity) - filled(at: now)
    return missing <= 1e-9 ? now : now + .seconds(missing / perSecond)
  }

  /// Takes `amount`, which may leave a debt; a negative amount gives back.
  package mutating func take(_ amount: Double, now: Duration) {
    level = min(capacity, filled(at: now) - amount)
    updated = max(updated, now)
  }

  private func filled(at now: Duration) -> Double {
    min(capacity, level + max(0, (now - updated).inSeconds) * perSecond)
  }
}
