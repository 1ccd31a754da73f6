import Foundation
import RunJournal

extension [RunEvent] {
  /// Seconds that all sittings took; of one that is under way, up to `now`.
  ///
  /// A sitting that was killed left no word of how long it was.
  func elapsedSeconds(isRunning: Bool, now: Date) -> Double {
    let earlier = compactMap { Double($0.detail) }.reduce(0, +)
    guard isRunning, let begun = last else { return earlier }
    return earlier + Swift.max(0, now.timeIntervalSince1970 - begun.wallTime)
  }
}
