/// What a problem says of scores that come out differently each time (`noise` in `problem.yaml`).
///
/// Each input is then scored ``repeats`` times. A score is the mean; a program is ranked by the lower bound of the
/// mean of all inputs together, one-sided, at ``confidence`` (``Sample/lowerBound(_:)``). So a program becomes a
/// best only if its lower bound is above that of the best before it: few lucky scores with a wide spread do not.
package struct Noise: Hashable, Sendable {
  /// How often each input is scored.
  package let repeats: Int
  /// Probability, above a half and below 1.
  package let confidence: Double
  /// Whether all randomness comes from generators that are seeded for each evaluation, so that the same program
  /// has the same scores whenever and wherever it is evaluated.
  package let isSeeded: Bool
  /// How many standard errors the lower bound lies below the mean.
  let boundFactor: Double

  /// Bounds of ``repeats``: a spread needs two scores.
  package static let repeatsRange = 2...1_000
  /// Bounds of ``confidence``.
  package static let confidenceRange = 0.5...0.9999

  package init(repeats: Int, confidence: Double = 0.95, isSeeded: Bool = true) {
    precondition(Self.repeatsRange.contains(repeats), "so many repeats are read from problem.yaml")
    precondition(Self.confidenceRange.contains(confidence), "such a confidence is read from problem.yaml")
    self.repeats = repeats
    self.confidence = confidence
    self.isSeeded = isSeeded
    boundFactor = StudentT(degrees: repeats - 1).quantile(confidence)
  }
}
