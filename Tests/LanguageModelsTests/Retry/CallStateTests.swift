import LanguageModels
import Testing

@Suite("A call's state")
struct CallStateTests {
  private let fault = ServerFault(.unavailable, "busy", .backOff)

  private func state(deadline: Duration = .seconds(600)) -> CallState {
    CallState(policy: RetryPolicy(), deadline: deadline)
  }

  @Test("draws each wait from zero to a range that doubles up to a minute")
  func jitter() {
    for draw in [0, 0.25, 0.999] {
      var call = state(deadline: .seconds(100_000))
      var budget = RetryBudget()
      for attempt in 1...11 {
        call.begin()
        let range = min(60, Double(1 << (attempt - 1)))
        let decision = call.decide(after: fault, now: .zero, draw: draw, budget: &budget)
        #expect(decision == .retry(at: .seconds(range) * draw), "attempt \(attempt)")
      }
      call.begin()
      #expect(call.decide(after: fault, now: .zero, draw: draw, budget: &budget) == .fail(.unavailable))
    }
  }

  @Test("never waits less than the server asks for, and not beyond its deadline")
  func hints() {
    var budget = RetryBudget()
    let busy = ServerFault(.rateLimit, "slow", .after(.seconds(50)))
    for draw in [0, 0.5, 0.999] {
      var call = state()
      call.begin()
      let decision = call.decide(after: busy, now: .seconds(7), draw: draw, budget: &budget)
      #expect(decision == .retry(at: .seconds(57) + .seconds(5) * draw))
    }
    var late = state(deadline: .seconds(40))
    late.begin()
    #expect(late.decide(after: busy, now: .zero, draw: 0, budget: &budget) == .fail(.rateLimit))
  }

  @Test("waits longest where too many retry")
  func storm() {
    var budget = RetryBudget(share: 0.5, burst: 2)
    var waits: [CallState.Decision] = []
    for _ in 1...3 {
      var call = state()
      call.begin()
      waits.append(call.decide(after: fault, now: .zero, draw: 0.5, budget: &budget))
    }
    #expect(waits == [.retry(at: .seconds(0.5)), .retry(at: .seconds(0.5)), .retry(at: .seconds(30))])
    budget.earn()
    budget.earn()
    var call = state()
    call.begin()
    #expect(call.decide(after: fault, now: .zero, draw: 0.5, budget: &budget) == .retry(at: .seconds(0.5)))
  }

  @Test("gives up after some answers that were paid and lost, and some changes")
  func limits() {
    var budget = RetryBudget()
    let lost = ServerFault(.malformed, "no JSON", .backOff)
    var call = state()
    for _ in 1..<RetryPolicy().lostAnswers {
      call.begin()
      guard case .retry = call.decide(after: lost, now: .zero, draw: 0, budget: &budget) else {
        Issue.record("gave up early")
        return
      }
    }
    call.begin()
    #expect(call.decide(after: lost, now: .zero, draw: 0, budget: &budget) == .fail(.malformed))
    #expect(call.lostAnswers == RetryPolicy().lostAnswers)
    var changed = state()
    let refusal = ParameterRefusal(.seed, .drop)
    let refused = ServerFault(.badRequest, "seed", .adjust(refusal))
    for _ in 1...RetryPolicy().adjustments {
      changed.begin()
      #expect(changed.decide(after: refused, now: .zero, draw: 0, budget: &budget) == .adjust(refusal))
    }
    changed.begin()
    #expect(changed.decide(after: refused, now: .zero, draw: 0, budget: &budget) == .fail(.badRequest))
  }
}
