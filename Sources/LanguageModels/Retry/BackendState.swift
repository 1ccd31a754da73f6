/// What is known of one server: who may ask it, how many at once and how fast; a pure state machine.
package struct BackendState: Sendable {
  /// What it may be given.
  package struct Limits: Hashable, Sendable {
    package var concurrency: Int
    /// As many at once to begin with.
    package var start: Int
    package var requestsPerMinute: Double?
    package var tokensPerMinute: Double?

    package init(
      concurrency: Int,
      start: Int,
      requestsPerMinute: Double? = nil,
      tokensPerMinute: Double? = nil
    ) {
      self.concurrency = concurrency
      self.start = start
      self.requestsPerMinute = requestsPerMinute
      self.tokensPerMinute = tokensPerMinute
    }
  }

  /// A call's leave to go.
  package struct Permit: Hashable, Sendable {
    package let started: Duration
    /// Tokens counted for it beforehand.
    package let tokens: Int
    package let isProbe: Bool
  }

  package enum Admission: Hashable, Sendable {
    case go(Permit)
    /// Not before then.
    case wait(until: Duration)
    /// Not before a call under way has ended.
    case waitForCall
  }

  /// How an attempt ended.
  package enum Ending: Hashable, Sendable {
    /// With an answer of so many tokens, when the server told them.
    case answered(tokens: Int?)
    /// The server asks for fewer, and for silence so long.
    case overloaded(pause: Duration?)
    /// The server or the way to it is broken, perhaps because it has too much to do.
    case broken(isOverloaded: Bool)
    /// The server is there, and refused the request itself.
    case refused
    /// We gave it up.
    case abandoned
  }

  private var breaker: CircuitBreaker
  private var concurrency: AdaptiveConcurrency
  private var requests: TokenBucket?
  private var tokens: TokenBucket?
  private var parkedUntil = Duration.zero
  package private(set) var inFlight = 0
  package var retries = RetryBudget()

  /// - Parameters:
  ///   - limits: what it may be given.
  ///   - now: the time.
  ///   - breaker: the circuit breaker.
  package init(limits: Limits, now: Duration, breaker: CircuitBreaker = CircuitBreaker()) {
    self.breaker = breaker
    concurrency = AdaptiveConcurrency(most: limits.concurrency, start: limits.start)
    requests = limits.requestsPerMinute.map { TokenBucket(perMinute: $0, now: now) }
    tokens = limits.tokensPerMinute.map { TokenBucket(perMinute: $0, now: now) }
    parkedUntil = now
  }

  /// How many calls may be under way.
  package var limit: Int { concurrency.limit }

  /// When the server is to be asked again; nil when it may be now.
  package func silence(now: Duration) -> Duration? {
    if case .closedUntil(let until) = breaker.passage(now: now) { return max(until, parkedUntil) }
    return parkedUntil > now ? parkedUntil : nil
  }

  /// Lets a call go, or says what it waits for.
  ///
  /// - Parameters:
  ///   - amount: the tokens that it will probably take.
  ///   - now: the time.
  /// - Returns: a permit, which must be settled; or what to wait for.
  package mutating func admit(tokens amount: Int, now: Duration) -> Admission {
    if parkedUntil > now { return .wait(until: parkedUntil) }
    let passage = breaker.passage(now: now)
    switch passage {
    case .closedUntil(let until): return .wait(until: until)
    case .waitForProbe: return .waitForCall
    case .free, .probe: break
    }
    guard inFlight < (passage == .probe ? 1 : concurrency.limit) else { return .waitForCall }
    let ready = max(
      requests?.ready(for: 1, now: now) ?? now,
      tokens?.ready(for: Double(amount), now: now) ?? now
    )
    guard ready <= now else { return .wait(until: ready) }
    requests?.take(1, now: now)
    tokens?.take(Double(amount), now: now)
    if passage == .probe { breaker.probe() }
    inFlight += 1
    return .go(Permit(started: now, tokens: amount, isProbe: passage == .probe))
  }

  /// Notes how an attempt ended.
  package mutating func settle(_ permit: Permit, _ ending: Ending, now: Duration) {
    inFlight -= 1
    switch ending {
    case .answered(let told):
      if let told { tokens?.take(Double(told - permit.tokens), now: now) }
      concurrency.succeeded()
      breaker.succeeded()
    case .overloaded(let pause):
      concurrency.overloaded(started: permit.started, now: now)
      breaker.succeeded()
      if let pause { park(until: now + pause) }
    case .broken(let isOverloaded):
      if isOverloaded { concurrency.overloaded(started: permit.started, now: now) }
      breaker.failed(now: now)
    case .refused:
      breaker.succeeded()
    case .abandoned:
      breaker.unknown(wasProbe: permit.isProbe, now: now)
    }
  }

  /// Lets nobody ask before `time`.
  package mutating func park(until time: Duration) { parkedUntil = max(parkedUntil, time) }

  /// Notes what the server says of its own limits: where nothing remains, it is left alone until that is over.
  ///
  /// - Parameters:
  ///   - fields: the answer's header fields, in lower case.
  ///   - now: the time.
  package mutating func heed(_ fields: [String: String], now: Duration) {
    for kind in ["requests", "tokens"] {
      guard fields["x-ratelimit-remaining-\(kind)"].flatMap(Double.init) == 0,
        // Some servers send 0 and -1 where they have no limit.
        fields["x-ratelimit-limit-\(kind)"].flatMap(Double.init) ?? 1 > 0,
        let reset = fields["x-ratelimit-reset-\(kind)"].flatMap({ Duration(written: $0) })
      else { continue }
      park(until: now + min(reset, .seconds(120)))
    }
  }
}
