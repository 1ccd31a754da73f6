/// Stops asking a server that is down, and finds out now and then whether it still is.
package struct CircuitBreaker: Hashable, Sendable {
  private enum State: Hashable {
    case closed(failures: Int)
    /// Nothing is asked until then.
    case open(until: Duration)
    /// One call is on its way to find out.
    case probing
  }

  private let threshold: Int
  private let firstPause: Duration
  private let longestPause: Duration
  private var state = State.closed(failures: 0)
  private var openings = 0

  /// - Parameters:
  ///   - threshold: failures in a row that open it.
  ///   - firstPause: how long it is open at first; doubled with each failed probe.
  ///   - longestPause: never longer.
  package init(
    threshold: Int = 10,
    firstPause: Duration = .seconds(5),
    longestPause: Duration = .seconds(60)
  ) {
    self.threshold = threshold
    self.firstPause = firstPause
    self.longestPause = longestPause
  }

  /// Whether a call may go.
  package enum Passage: Hashable, Sendable {
    case free
    /// May go, alone.
    case probe
    /// Not before then.
    case closedUntil(Duration)
    /// Not before the probe is back.
    case waitForProbe
  }

  /// Whether a call may go now.
  package func passage(now: Duration) -> Passage {
    switch state {
    case .closed: .free
    case .open(let until): now >= until ? .probe : .closedUntil(until)
    case .probing: .waitForProbe
    }
  }

  /// Notes that the probe has left.
  package mutating func probe() { state = .probing }

  /// Notes an answer, even a refusal: the server is there.
  package mutating func succeeded() {
    state = .closed(failures: 0)
    openings = 0
  }

  /// Notes that the server is in trouble.
  package mutating func failed(now: Duration) {
    switch state {
    case .closed(let failures):
      if failures + 1 >= threshold { open(now) } else { state = .closed(failures: failures + 1) }
    // What was sent before it opened says nothing new.
    case .open: break
    case .probing: open(now)
    }
  }

  /// Notes a call that ended without telling anything of the server.
  package mutating func unknown(wasProbe: Bool, now: Duration) {
    if wasProbe, case .probing = state { state = .open(until: now) }
  }

  private mutating func open(_ now: Duration) {
    let pause = min(longestPause, firstPause * (1 << min(openings, 10)))
    state = .open(until: now + pause)
    openings += 1
  }
}
