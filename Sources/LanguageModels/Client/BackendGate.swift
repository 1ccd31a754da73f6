/// Lets calls to one server go, first come first served, as ``BackendState`` says.
package actor BackendGate {
  private var state: BackendState
  private let timer: any CallTimer
  /// Tickets of those who wait, in the order in which they came.
  private var queue: [Int] = []
  private var nextTicket = 0
  private var sleepers: [Int: CheckedContinuation<Void, Never>] = [:]
  /// Tickets that were woken before they slept.
  private var woken: Set<Int> = []

  /// Why a call may not go.
  package enum Refusal: Error, Hashable {
    case cancelled
    /// Its deadline came while it waited.
    case deadline
    /// The server is not to be asked before this time, which is behind the deadline.
    case parked(until: Duration)
  }

  package init(_ state: BackendState, timer: any CallTimer) {
    self.state = state
    self.timer = timer
  }

  /// Calls under way.
  package var inFlight: Int { state.inFlight }

  /// Calls that wait.
  package var waiting: Int { queue.count }

  /// When the server is to be asked again; nil when it may be now.
  package var silence: Duration? { state.silence(now: timer.now) }

  /// Counts a call that begins.
  package func earnRetry() { state.retries.earn() }

  /// Waits for leave to go, which must be given back by ``leave(_:_:_:)``.
  package func enter(tokens: Int, deadline: Duration) async throws(Refusal) -> BackendState.Permit {
    let ticket = nextTicket
    nextTicket += 1
    queue.append(ticket)
    defer {
      queue.removeAll { $0 == ticket }
      woken.remove(ticket)
      wakeFirst()
    }
    while true {
      guard !Task.isCancelled else { throw .cancelled }
      guard timer.now < deadline else { throw .deadline }
      guard queue.first == ticket else {
        await sleep(ticket, deadline: deadline)
        continue
      }
      switch state.admit(tokens: tokens, now: timer.now) {
      case .go(let permit): return permit
      case .waitForCall: await sleep(ticket, deadline: deadline)
      case .wait(let time):
        guard time < deadline else { throw .parked(until: time) }
        do { try await timer.pause(until: time) } catch { throw .cancelled }
      }
    }
  }

  /// Gives leave back.
  ///
  /// - Parameters:
  ///   - permit: the leave.
  ///   - ending: how the attempt ended.
  ///   - fields: header fields of its answer, in lower case.
  package func leave(
    _ permit: BackendState.Permit,
    _ ending: BackendState.Ending,
    _ fields: [String: String] = [:]
  ) {
    state.settle(permit, ending, now: timer.now)
    state.heed(fields, now: timer.now)
    wakeFirst()
  }

  /// Lets a call's own state decide, with the retries that all calls share.
  package func decide(
    _ call: CallState,
    after fault: ServerFault,
    draw: Double
  ) -> (CallState, CallState.Decision) {
    var call = call
    let decision = call.decide(after: fault, now: timer.now, draw: draw, budget: &state.retries)
    return (call, decision)
  }

  private func wakeFirst() {
    if let first = queue.first { wake(first) }
  }

  private func wake(_ ticket: Int) {
    if let sleeper = sleepers.removeValue(forKey: ticket) {
      sleeper.resume()
    } else if queue.contains(ticket) {
      woken.insert(ticket)
    }
  }

  /// Until woken, the deadline, or cancelled.
  private func sleep(_ ticket: Int, deadline: Duration) async {
    let timer = timer
    await withTaskGroup(of: Void.self) { group in
      group.addTask { await self.untilWoken(ticket) }
      group.addTask {
        // When it is cancelled the other has ended, or is to end.
        _ = try? await timer.alarm(at: deadline)
        await self.wake(ticket)
      }
      await group.next()
      group.cancelAll()
    }
  }

  private func untilWoken(_ ticket: Int) async {
    await withCheckedContinuation { continuation in
      if woken.remove(ticket) != nil {
        continuation.resume()
      } else {
        sleepers[ticket] = continuation
      }
    }
  }
}
