import LanguageModels
import Synchronization
import Testing

@Suite("A gate to a backend", .timeLimit(.minutes(1)))
struct BackendGateTests {
  private let timer = ManualTimer(now: .zero)

  private func gate(_ concurrency: Int) -> BackendGate {
    let limits = BackendState.Limits(concurrency: concurrency, start: concurrency)
    return BackendGate(BackendState(limits: limits, now: .zero), timer: timer)
  }

  @Test("lets calls go in the order in which they came, and never too many")
  func order() async throws {
    let gate = gate(2)
    let first = try await gate.enter(tokens: 1, deadline: .seconds(100))
    let second = try await gate.enter(tokens: 1, deadline: .seconds(100))
    let order = Order()
    await withTaskGroup(of: Void.self) { group in
      for index in 0..<20 {
        group.addTask {
          guard let permit = try? await gate.enter(tokens: 1, deadline: .seconds(100)) else { return }
          order.add(index)
          let inFlight = await gate.inFlight
          #expect(inFlight <= 2)
          await gate.leave(permit, .answered(tokens: nil))
        }
        while await gate.waiting <= index { await Task.yield() }
      }
      await gate.leave(first, .answered(tokens: nil))
      await gate.leave(second, .answered(tokens: nil))
    }
    #expect(order.places == Array(0..<20))
    #expect(await gate.inFlight == 0)
    #expect(await gate.waiting == 0)
  }

  @Test("does not keep a call beyond its deadline, nor one that is given up")
  func deadlines() async throws {
    let gate = gate(1)
    let permit = try await gate.enter(tokens: 1, deadline: .seconds(100))
    let timer = timer
    await withTaskGroup(of: BackendGate.Refusal?.self) { group in
      for deadline in [Duration.seconds(50), .seconds(1000)] {
        group.addTask {
          do throws(BackendGate.Refusal) {
            let permit = try await gate.enter(tokens: 1, deadline: deadline)
            await gate.leave(permit, .abandoned)
            return nil
          } catch {
            return error
          }
        }
      }
      while await gate.waiting < 2 { await Task.yield() }
      timer.advance(by: .seconds(60))
      #expect(await group.next() == .deadline)
      group.cancelAll()
      #expect(await group.next() == .cancelled)
    }
    await gate.leave(permit, .answered(tokens: nil))
    let next = try await gate.enter(tokens: 1, deadline: .seconds(100))
    await gate.leave(next, .overloaded(pause: .seconds(1000)))
    await #expect(throws: BackendGate.Refusal.parked(until: .seconds(1060))) {
      try await gate.enter(tokens: 1, deadline: .seconds(100))
    }
  }
}

/// Who went, in order.
private final class Order: Sendable {
  private let all = Mutex<[Int]>([])

  var places: [Int] { all.withLock { $0 } }

  func add(_ place: Int) { all.withLock { $0.append(place) } }
}
