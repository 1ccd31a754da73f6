import LanguageModels
import Testing

@Suite("A backend's state")
struct BackendStateTests {
  private func backend(
    _ concurrency: Int,
    start: Int? = nil,
    requests: Double? = nil,
    tokens: Double? = nil
  ) -> BackendState {
    BackendState(
      limits: .init(
        concurrency: concurrency,
        start: start ?? concurrency,
        requestsPerMinute: requests,
        tokensPerMinute: tokens
      ),
      now: .zero
    )
  }

  /// Lets as many go as may.
  private func admitAll(_ backend: inout BackendState, now: Duration) -> [BackendState.Permit] {
    var permits: [BackendState.Permit] = []
    while case .go(let permit) = backend.admit(tokens: 100, now: now) { permits.append(permit) }
    return permits
  }

  @Test("opens its window while answers come, and halves it once for a burst of refusals")
  func adapts() {
    var backend = backend(64, start: 4)
    var permits = admitAll(&backend, now: .zero)
    #expect(permits.count == 4)
    for _ in 1...4 {
      for permit in permits { backend.settle(permit, .answered(tokens: nil), now: .seconds(1)) }
      permits = admitAll(&backend, now: .seconds(1))
    }
    #expect(permits.count == 64)
    for permit in permits { backend.settle(permit, .overloaded(pause: nil), now: .seconds(2)) }
    #expect(backend.limit == 32)
    permits = admitAll(&backend, now: .seconds(3))
    #expect(permits.count == 32)
    for permit in permits { backend.settle(permit, .answered(tokens: nil), now: .seconds(4)) }
    // Above the place of the last refusal it opens by one in a whole window.
    #expect(backend.limit == 32 || backend.limit == 33)
    for _ in 1...20 {
      permits = admitAll(&backend, now: .seconds(5))
      for permit in permits { backend.settle(permit, .overloaded(pause: nil), now: .seconds(6)) }
    }
    #expect(backend.limit >= 1)
  }

  @Test("paces requests and tokens to their minute", arguments: [6.0, 60, 600])
  func paces(perMinute: Double) {
    var backend = backend(1000, requests: perMinute, tokens: perMinute * 100)
    var now = Duration.zero
    var sent = 0
    while now < .seconds(600) {
      switch backend.admit(tokens: 100, now: now) {
      case .go(let permit):
        sent += 1
        backend.settle(permit, .answered(tokens: 100), now: now)
      case .wait(let until):
        #expect(until > now)
        now = until
      case .waitForCall: return
      }
    }
    #expect(abs(Double(sent) - perMinute * 10) <= perMinute / 6 + 2)
  }

  @Test("lets a question that is larger than a minute's tokens go, and is silent after it")
  func largeQuestion() {
    var backend = backend(10, tokens: 600)
    guard case .go(let permit) = backend.admit(tokens: 5000, now: .zero) else {
      Issue.record("not admitted")
      return
    }
    backend.settle(permit, .answered(tokens: nil), now: .zero)
    // The bucket holds 100 and refills 10 a second; 4900 are owed.
    #expect(backend.admit(tokens: 100, now: .seconds(1)) == .wait(until: .seconds(500)))
  }

  @Test("stops after failures in a row, probes alone, and longer apart each time")
  func breaks() {
    var backend = backend(64)
    for permit in admitAll(&backend, now: .zero) {
      backend.settle(permit, .broken(isOverloaded: false), now: .zero)
    }
    #expect(backend.admit(tokens: 1, now: .seconds(1)) == .wait(until: .seconds(5)))
    #expect(backend.silence(now: .seconds(1)) == .seconds(5))
    var probes = admitAll(&backend, now: .seconds(5))
    #expect(probes.count == 1)
    #expect(probes[0].isProbe)
    #expect(backend.admit(tokens: 1, now: .seconds(6)) == .waitForCall)
    backend.settle(probes[0], .broken(isOverloaded: false), now: .seconds(7))
    #expect(backend.admit(tokens: 1, now: .seconds(7)) == .wait(until: .seconds(17)))
    probes = admitAll(&backend, now: .seconds(17))
    backend.settle(probes[0], .abandoned, now: .seconds(18))
    probes = admitAll(&backend, now: .seconds(18))
    #expect(probes.count == 1)
    backend.settle(probes[0], .answered(tokens: nil), now: .seconds(19))
    #expect(admitAll(&backend, now: .seconds(19)).count == 64)
  }

  @Test("is silent as long as the server asks for, and heeds what it says of its limits")
  func parks() {
    var backend = backend(8)
    var permits = admitAll(&backend, now: .zero)
    backend.settle(permits.removeLast(), .overloaded(pause: .seconds(30)), now: .seconds(1))
    #expect(backend.admit(tokens: 1, now: .seconds(2)) == .wait(until: .seconds(31)))
    for permit in permits { backend.settle(permit, .answered(tokens: nil), now: .seconds(3)) }
    #expect(backend.admit(tokens: 1, now: .seconds(4)) == .wait(until: .seconds(31)))
    backend.heed(
      ["x-ratelimit-remaining-requests": "0", "x-ratelimit-reset-requests": "1m2s"],
      now: .seconds(10)
    )
    #expect(backend.admit(tokens: 1, now: .seconds(40)) == .wait(until: .seconds(72)))
    backend.heed(
      [
        "x-ratelimit-remaining-tokens": "0", "x-ratelimit-limit-tokens": "0",
        "x-ratelimit-reset-tokens": "100s",
      ],
      now: .seconds(72)
    )
    #expect(admitAll(&backend, now: .seconds(72)).count > 0)
  }
}
