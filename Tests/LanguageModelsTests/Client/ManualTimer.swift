import LanguageModels
import Synchronization

/// A time that moves only when somebody waits for it: waits that must be sat out take none, alarms go off when
/// others have waited so long.
final class ManualTimer: CallTimer {
  private struct State {
    var now: Duration
    var pauses: [Duration] = []
    var alarms: [Int: (time: Duration, continuation: CheckedContinuation<Void, any Error>)] = [:]
    var cancelled: Set<Int> = []
    var next = 0
  }

  private let state: Mutex<State>

  init(now: Duration = .seconds(1000)) {
    state = Mutex(State(now: now))
  }

  var now: Duration { state.withLock { $0.now } }

  var date: Double { 1_795_000_000 + now.inSeconds }

  /// How long each pause was.
  var pauses: [Duration] { state.withLock { $0.pauses } }

  func advance(by duration: Duration) { advance(to: now + duration) }

  func pause(until time: Duration) async throws(CancellationError) {
    guard !Task.isCancelled else { throw CancellationError() }
    state.withLock { $0.pauses.append(max(.zero, time - $0.now)) }
    advance(to: time)
    await Task.yield()
  }

  func alarm(at time: Duration) async throws(CancellationError) {
    let id = state.withLock { state in
      state.next += 1
      return state.next
    }
    do {
      try await withTaskCancellationHandler {
        try await withCheckedThrowingContinuation { continuation in
          let outcome = state.withLock { state -> Result<Void, any Error>? in
            if state.cancelled.remove(id) != nil { return .failure(CancellationError()) }
            if state.now >= time { return .success(()) }
            state.alarms[id] = (time, continuation)
            return nil
          }
          if let outcome { continuation.resume(with: outcome) }
        }
      } onCancel: {
        let waiting = state.withLock { state -> CheckedContinuation<Void, any Error>? in
          if let alarm = state.alarms.removeValue(forKey: id) { return alarm.continuation }
          state.cancelled.insert(id)
          return nil
        }
        waiting?.resume(throwing: CancellationError())
      }
    } catch {
      throw CancellationError()
    }
  }

  private func advance(to time: Duration) {
    let due = state.withLock { state -> [CheckedContinuation<Void, any Error>] in
      state.now = max(state.now, time)
      let due = state.alarms.filter { $0.value.time <= state.now }
      for id in due.keys { state.alarms[id] = nil }
      return due.values.map(\.continuation)
    }
    for continuation in due { continuation.resume() }
  }
}
