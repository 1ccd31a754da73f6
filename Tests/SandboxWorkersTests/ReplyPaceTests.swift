import Testing

@testable import SandboxWorkers

@Suite("The pace of replies")
struct ReplyPaceTests {
  @Test("lets a thread sleep while many short replies are made, never past the last and never long")
  func pauses() {
    for missing in 2...64 {
      for interval in [1, 40, 150, 399] as [Int64] {
        let pause = ReplyPace.pause(missing: missing, interval: interval)
        #expect(pause < interval * Int64(missing - 1))
        #expect(pause <= 1_000)
      }
    }
    #expect(ReplyPace.pause(missing: 5, interval: 100) == 300)
    #expect(ReplyPace.pause(missing: 64, interval: 399) == 1_000)
  }

  @Test("waits for a single reply, a long one, and the first ones without sleeping")
  func waits() {
    #expect(ReplyPace.pause(missing: 1, interval: 100) == 0)
    #expect(ReplyPace.pause(missing: 10, interval: 400) == 0)
    #expect(ReplyPace.pause(missing: 10, interval: 0) == 0)
  }
}
