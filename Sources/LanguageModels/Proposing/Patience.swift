import Synchronization

/// What calls are waited with, until somebody ends it for all of them.
final class Patience: Sendable {
  private struct State {
    var isOver = false
    var nextNumber = 0
    var waiting: [Int: CheckedContinuation<Void, Never>] = [:]
  }

  private let state = Mutex(State())

  var isOver: Bool { state.withLock { $0.isOver } }

  /// Cancels whatever is waited for, now and later.
  func end() {
    let waiting = state.withLock { state in
      state.isOver = true
      defer { state.waiting = [:] }
      return state.waiting.values.map(\.self)
    }
    for continuation in waiting { continuation.resume() }
  }

  /// Waits for `work`, which is cancelled when the patience ends; what it came to all the same.
  func `while`<R: Sendable>(_ work: @escaping @Sendable () async -> R) async -> R {
    await withTaskGroup(of: R?.self) { group in
      group.addTask { await work() }
      group.addTask {
        await self.untilOver()
        return nil
      }
      var result: R?
      while let ended = await group.next() {
        result = ended ?? result
        group.cancelAll()
      }
      guard let result else { preconditionFailure("work that ended without a result") }
      return result
    }
  }

  /// Returns when the patience ends, or the task is cancelled.
  private func untilOver() async {
    let number = state.withLock { state in
      state.nextNumber += 1
      return state.nextNumber
    }
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let isOver = state.withLock { state in
          // Asked under the lock: a cancellation that came before would find nobody waiting.
          guard !state.isOver, !Task.isCancelled else { return true }
          state.waiting[number] = continuation
          return false
        }
        if isOver { continuation.resume() }
      }
    } onCancel: {
      state.withLock { $0.waiting.removeValue(forKey: number) }?.resume()
    }
  }
}
