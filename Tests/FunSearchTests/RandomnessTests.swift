import Foundation
import FunSearch
import Testing

@Suite("Philox")
struct PhiloxTests {
  // The known-answer vectors that the paper's authors publish with Random123 (kat_vectors, philox4x32 10).
  @Test("gives its authors' known answers")
  func knownAnswers() {
    let all = UInt32.max
    #expect(
      Philox.block(counter: (0, 0, 0, 0), key: (0, 0))
        == (0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8)
    )
    #expect(
      Philox.block(counter: (all, all, all, all), key: (all, all))
        == (0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd)
    )
    #expect(
      Philox.block(
        counter: (0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344),
        key: (0xa409_3822, 0x299f_31d0)
      )
        == (0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1)
    )
  }
}

@Suite("A random stream")
struct RandomStreamTests {
  private func stream(_ seed: UInt64, island: Int = 0, step: Int = 0, attempt: Int = 0) -> RandomStream {
    RandomStream(seed: seed, island: island, step: step, attempt: attempt, purpose: .tool)
  }

  @Test("is a function of its key")
  func keyed() {
    var a = stream(5, island: 2, step: 9)
    var b = stream(5, island: 2, step: 9)
    #expect((0..<100).map { _ in a.bits() } == (0..<100).map { _ in b.bits() })
  }

  @Test("shares no number with streams of other keys")
  func apart() {
    var seen: Set<UInt64> = []
    var count = 0
    for seed in UInt64(0)..<3 {
      for island in 0..<4 {
        for step in 0..<10 {
          for attempt in 0..<3 {
            var stream = stream(seed, island: island, step: step, attempt: attempt)
            for _ in 0..<20 { seen.insert(stream.bits()) }
            count += 20
          }
        }
      }
    }
    #expect(seen.count == count)
  }

  @Test("draws each of n numbers equally often", arguments: [1, 2, 3, 7, 10, 100])
  func uniform(bound: Int) {
    var stream = stream(1, step: bound)
    var counts = Array(repeating: 0, count: bound)
    for _ in 0..<bound * 1000 { counts[stream.integer(below: bound)] += 1 }
    let chiSquared = counts.map { Double(($0 - 1000) * ($0 - 1000)) / 1000 }.reduce(0, +)
    // Mean bound - 1, variance 2 (bound - 1): six standard deviations above.
    #expect(chiSquared <= Double(bound - 1) + 6 * (2 * Double(bound - 1)).squareRoot() + 1e-9)
  }

  @Test("draws indices in proportion to their weights, and never one of weight 0")
  func weights() {
    var stream = stream(3)
    var counts = [0, 0, 0, 0]
    for _ in 0..<60_000 { counts[stream.index(weights: [1, 0, 2, 3])] += 1 }
    #expect(counts[1] == 0)
    for (index, expected) in [(0, 10_000.0), (2, 20_000.0), (3, 30_000.0)] {
      #expect(abs(Double(counts[index]) - expected) < 6 * expected.squareRoot())
    }
  }

  @Test("makes every order of three equally often")
  func shuffles() {
    var stream = stream(4)
    var counts: [[Int]: Int] = [:]
    for _ in 0..<12_000 { counts[stream.shuffled([1, 2, 3]), default: 0] += 1 }
    #expect(counts.count == 6)
    for count in counts.values { #expect(abs(count - 2000) < 270) }
  }

  @Test("gives doubles in [0, 1) with mean 1/2")
  func units() {
    var stream = stream(6)
    let values = (0..<20_000).map { _ in stream.unit() }
    #expect(values.allSatisfy { $0 >= 0 && $0 < 1 })
    #expect(abs(values.reduce(0, +) / 20_000 - 0.5) < 0.013)
  }
}

@Suite("The portable exponential")
struct PortableExpTests {
  @Test("agrees with the C library's to four units in the last place")
  func accuracy() {
    var stream = RandomStream(seed: 0, island: 0, step: 0, purpose: .tool)
    for _ in 0..<20_000 {
      let x = -700 * stream.unit() * stream.unit()
      let expected = Foundation.exp(x)
      #expect(abs(portableExp(x) - expected) <= 4 * expected.ulp)
    }
    #expect(portableExp(0) == 1)
    #expect(portableExp(-1000) == 0)
    #expect(portableExp(-.infinity) == 0)
  }
}
