import FunSearch
import PythonSyntax
import Testing

@Suite("Student's t")
struct StudentTTests {
  // From the density, integrated numerically.
  @Test(
    "has the quantiles of its density",
    arguments: [
      (0.95, 7, 1.8945786050900146), (0.95, 2, 2.919985580353762), (0.975, 14, 2.14478668791784),
      (0.99, 30, 2.457261542400798), (0.95, 999, 1.6463803454267603), (0.9995, 5, 6.868826625880894),
      (0.8, 3, 0.9784723123633003), (0.75, 1, 1.0),
    ] as [(Double, Int, Double)]
  )
  func quantiles(p: Double, degrees: Int, t: Double) {
    let found = StudentT(degrees: degrees).quantile(p)
    #expect(abs(found - t) < 1e-10 * t, "\(found)")
  }

  @Test("inverts its own probabilities")
  func inverts() {
    for degrees in 1...60 {
      let t = StudentT(degrees: degrees)
      for p in [0.5, 0.6, 0.9, 0.99, 0.9999] {
        #expect(abs(t.central(t.quantile(p)) - (2 * p - 1)) < 1e-14, "\(degrees) \(p)")
      }
      #expect(t.quantile(0.95) > StudentT(degrees: degrees + 1).quantile(0.95))
    }
  }
}

@Suite("Noisy scores")
struct NoiseTests {
  private static let noise = Noise(repeats: 8)

  /// Normal deviates, nearly: sums of twelve uniform ones.
  private static func scores(_ seed: UInt64, mean: Double = 0, deviation: Double = 1) -> [Double] {
    var stream = RandomStream(seed: seed, island: 0, step: 0, purpose: .tool)
    return (0..<8).map { _ in
      mean + deviation * ((0..<12).reduce(0.0) { sum, _ in sum + stream.unit() } - 6)
    }
  }

  @Test("have a lower bound that holds as often as it says")
  func bound() {
    let holds = (0..<2_000).count { Sample(Self.scores($0)).lowerBound(Self.noise) < 0 }
    #expect(abs(holds - 1_900) < 40, "\(holds) of 2000 bounds hold")
  }

  @Test("of one distribution are told apart as seldom as asked, those of two always")
  func agreement() {
    let wrong = (0..<1_000 as Range<UInt64>).count { seed in
      !Sample(Self.scores(2 * seed)).agrees(
        with: Sample(Self.scores(2 * seed + 1, deviation: 3)),
        error: 0.05
      )
    }
    #expect(abs(wrong - 50) < 25, "\(wrong) of 1000 were told apart")
    let missed = (0..<100 as Range<UInt64>).count { seed in
      Sample(Self.scores(2 * seed)).agrees(with: Sample(Self.scores(2 * seed + 1, mean: 5)), error: 0.05)
    }
    #expect(missed == 0)
  }

  @Test("without any spread agree only when equal")
  func still() {
    let one = Sample([2, 2, 2])
    #expect(one.agrees(with: Sample([2, 2, 2]), error: 0.05))
    #expect(!one.agrees(with: Sample([2.5, 2.5, 2.5]), error: 0.05))
    #expect(Sample(Array(repeating: 2, count: 8)).lowerBound(Self.noise) == 2)
  }

  @Test("become means by input, and the bound of what the aggregate makes of each repeat")
  func scoring() throws {
    let noise = Noise(repeats: 2, confidence: 0.75)
    let measurement = NoisyScores([[1, 3], [10, 14]], .sum)
    #expect(measurement.total.values == [11, 17])
    let scores = try #require(measurement.scores(noise))
    #expect(scores.perInput == [2, 12])
    // One degree of freedom: the quantile at three quarters is 1, the standard error 3.
    #expect(abs(scores.total - 11) < 1e-12)
    #expect(NoisyScores([[1, 3], [10, 14]], .min).total.values == [1, 3])
    #expect(NoisyScores([[1, .greatestFiniteMagnitude], [0, 0]], .mean).scores(noise) == nil)
  }

  @Test("that were luck are refuted, as are those of another distribution")
  func refutation() throws {
    let claim = NoisyScores([Self.scores(1, mean: 10)], .mean)
    let lower = NoisyScores([Self.scores(2, mean: 8)], .mean)
    let higher = NoisyScores([Self.scores(2, mean: 13)], .mean)
    #expect(claim.refutation(by: NoisyScores([claim.total.values.reversed()], .mean), Self.noise) == nil)
    #expect(claim.refutation(by: lower, Self.noise)?.kind == .nondeterministic)
    #expect(claim.refutation(by: higher, Self.noise)?.input == 0)
    // Near enough for Welch's test, but below the bound.
    let values = claim.total.values
    let bound = claim.total.lowerBound(Self.noise)
    let shifted = NoisyScores([values.map { $0 - (claim.total.mean - bound) * 1.1 }], .mean)
    let failure = try #require(claim.refutation(by: shifted, Self.noise))
    #expect(failure.input == nil && failure.message.contains("luck"), "\(failure.message)")
  }

  @Test("are kept as evidence and read back")
  func evidence() throws {
    for artifacts in [[], ["[1,2]", "null"]] {
      let evidence = NoisyEvidence(samples: [1.5, -0.0], again: [1e300, 2], artifacts: artifacts)
      #expect(NoisyEvidence(try JSONValue(parsing: evidence.json)) == evidence)
    }
    for text in ["null", "{}", "[1]", #"{"samples":[1],"again":[1],"artifacts":[]}"#] {
      #expect(NoisyEvidence(try JSONValue(parsing: text)) == nil)
    }
  }
}
