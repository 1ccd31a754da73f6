/// Scores of one thing, measured two times or more.
package struct Sample: Hashable, Sendable {
  package let values: [Double]
  package let mean: Double
  /// Of the population, estimated: the sum of squared distances from the mean by one less than their number.
  package let variance: Double

  package init(_ values: [Double]) {
    precondition(values.count > 1, "one score has no spread")
    self.values = values
    let count = Double(values.count)
    let mean = values.reduce(0, +) / count
    self.mean = mean
    variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1)
  }

  /// Standard deviation of one score.
  package var deviation: Double { variance.squareRoot() }

  /// Square of the mean's standard error.
  private var squaredError: Double { variance / Double(values.count) }

  /// What the true mean is above, at the confidence of `noise`: mean - t · s / √n, with the one-sided quantile t
  /// of Student's distribution with n - 1 degrees of freedom and the standard deviation s.
  package func lowerBound(_ noise: Noise) -> Double {
    precondition(values.count == noise.repeats, "one score a repeat")
    return mean - noise.boundFactor * squaredError.squareRoot()
  }

  /// Whether the means of both may be equal: Welch's t-test, two-sided.
  ///
  /// - Parameters:
  ///   - other: measured independently.
  ///   - error: probability of a wrong no where the true means are equal.
  /// - Returns: whether the difference is within t standard errors; the degrees of freedom, by Welch and
  ///   Satterthwaite, are rounded down. Without any spread only equal means agree.
  package func agrees(with other: Sample, error: Double) -> Bool {
    let (own, others) = (squaredError, other.squaredError)
    let difference = mean > other.mean ? mean - other.mean : other.mean - mean
    guard own + others > 0 else { return difference == 0 }
    let share = own / (own + others)
    let (n, m) = (Double(values.count - 1), Double(other.values.count - 1))
    let degrees = 1 / (share * share / n + (1 - share) * (1 - share) / m)
    guard degrees.isFinite else { return false }
    let limit = StudentT(degrees: max(1, Int(degrees))).quantile(1 - error / 2)
    return difference <= limit * (own + others).squareRoot()
  }
}
