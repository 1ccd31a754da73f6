import FunSearch

/// What is said of the values of several runs.
///
/// A quantile is interpolated linearly between the two values around it: of n values in ascending order, the one at
/// place (n - 1) p, counted from 0 (numpy's default, "type 7"). A value of infinity stands for what was never
/// reached; a quantile that would lie between it and another value is infinite too.
package struct SampleStatistics: Hashable, Sendable {
  package let count: Int
  /// The largest value.
  package let best: Double
  package let mean: Double
  package let median: Double
  package let lowerQuartile: Double
  package let upperQuartile: Double
  /// Where the median lies with a probability of 95 %.
  package let medianInterval: Interval

  /// From one number to another.
  package struct Interval: Hashable, Sendable {
    package let low: Double
    package let high: Double
  }

  /// Nil for no values.
  package init?(_ values: [Double]) {
    let sorted = values.sorted()
    guard let best = sorted.last else { return nil }
    count = sorted.count
    self.best = best
    mean = sorted.reduce(0, +) / Double(sorted.count)
    median = Self.quantile(0.5, of: sorted)
    lowerQuartile = Self.quantile(0.25, of: sorted)
    upperQuartile = Self.quantile(0.75, of: sorted)
    medianInterval = Bootstrap.interval(of: sorted) { Self.quantile(0.5, of: $0.sorted()) }
  }

  /// The quantile of values in ascending order, one or more.
  package static func quantile(_ probability: Double, of sorted: [Double]) -> Double {
    precondition(!sorted.isEmpty && (0...1).contains(probability), "a quantile is of something")
    let place = Double(sorted.count - 1) * probability
    let below = Int(place)
    let fraction = place - Double(below)
    guard fraction > 0 else { return sorted[below] }
    let (low, high) = (sorted[below], sorted[below + 1])
    return low == high || high == .infinity ? high : low + (high - low) * fraction
  }
}

/// The percentile bootstrap: the statistic of many samples drawn from the values with replacement.
package enum Bootstrap {
  /// Samples that are drawn.
  package static let resamples = 10_000
  /// The part of the samples that an interval holds.
  package static let level = 0.95
  /// Key of the draws, which are the same for the same values on every machine.
  package static let seed: UInt64 = 1

  /// Where the statistic lies in the middle 95 % of the samples.
  package static func interval(
    of values: [Double],
    _ statistic: ([Double]) -> Double
  ) -> SampleStatistics.Interval {
    var random = RandomStream(seed: seed, island: 0, step: 0, purpose: .tool)
    var found: [Double] = []
    found.reserveCapacity(resamples)
    for _ in 0..<resamples {
      found.append(statistic(values.map { _ in values[random.integer(below: values.count)] }))
    }
    found.sort()
    return SampleStatistics.Interval(
      low: SampleStatistics.quantile((1 - level) / 2, of: found),
      high: SampleStatistics.quantile((1 + level) / 2, of: found)
    )
  }

  /// Where a share lies, given who has what is counted.
  package static func share(_ members: [Bool]) -> SampleStatistics.Interval {
    interval(of: members.map { $0 ? 1 : 0 }) { $0.reduce(0, +) / Double($0.count) }
  }
}
