/// How many calls a server is given at once: more while it answers, half when it asks for fewer.
package struct AdaptiveConcurrency: Hashable, Sendable {
  package let most: Int
  private var window: Double
  /// Below it every answer opens the window by one call; above, every full window does.
  private var threshold: Double
  private var lastCut = Duration.zero - .seconds(1 << 30)

  /// - Parameters:
  ///   - most: never more at once.
  ///   - start: as many at once to begin with.
  package init(most: Int, start: Int) {
    self.most = max(1, most)
    window = Double(min(self.most, max(1, start)))
    threshold = Double(self.most)
  }

  /// How many calls may be under way.
  package var limit: Int { Int(window) }

  /// Notes an answer.
  package mutating func succeeded() {
    window = min(Double(most), window + (window < threshold ? 1 : 1 / window))
  }

  /// Notes that the server asked for fewer.
  ///
  /// - Parameters:
  ///   - started: when the call began; a burst of refusals is one.
  ///   - now: the time.
  package mutating func overloaded(started: Duration, now: Duration) {
    guard started > lastCut else { return }
    window = max(1, window / 2)
    threshold = window
    lastCut = now
  }
}
