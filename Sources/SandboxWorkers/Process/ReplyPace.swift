import CSandboxShims

/// How fast replies come, so that a thread that waits for many short ones is not woken by each.
///
/// To be woken costs both sides more than a short evaluation does. Of replies that take long nothing is put off,
/// and none is put off by more than ``longest``.
struct ReplyPace {
  /// Microseconds of a nap; a small part of the shortest time limit.
  private static let longest: Int64 = 1_000
  /// Replies further apart than so many microseconds are waited for one by one.
  private static let short: Int64 = 400

  /// Microseconds between replies in the latest exchange; 0 before the first.
  private var interval: Int64 = 0
  private var began: Int64 = 0
  private var expected = 0

  /// Begins an exchange of so many replies.
  mutating func begin(_ replies: Int) {
    expected = replies
    if replies > 1 { began = fs_monotonic_microseconds() }
  }

  /// Sleeps while all but the last of the missing replies are made, or a part of that time.
  func nap(missing: Int) {
    let microseconds = Self.pause(missing: missing, interval: interval)
    if microseconds > 0 { fs_nap(microseconds) }
  }

  /// Microseconds to sleep while so many replies are missing that come at this interval; 0 for none known.
  static func pause(missing: Int, interval: Int64) -> Int64 {
    guard missing > 1, interval > 0, interval < short else { return 0 }
    // Less than it took, so that an estimate that was too long does not confirm itself.
    return min(longest, interval * Int64(missing - 1) * 3 / 4)
  }

  /// Learns from an exchange.
  mutating func end(missing: Int) {
    let replies = expected - missing
    if expected > 1, replies > 0 { interval = (fs_monotonic_microseconds() - began) / Int64(replies) }
  }
}
