import FunSearch

/// Which features were in tables that did well: a bandit, whose arms are features and whose rewards are the scores
/// that climbs came to.
struct FeatureChoice: Sendable {
  private struct Arm {
    var sum = 0.0
    var count = 0
  }

  /// How much a feature that was tried seldom is preferred, in standard deviations of the scores.
  private static let curiosity = 0.5
  /// The share of choices left to chance.
  private static let chance = 0.2

  private var arms: [Feature: Arm] = [:]
  private var spread = 0.0

  /// Learns from the features of each climb's result, and its score.
  init(_ results: [(features: [Feature], score: Double)]) {
    var (sum, squares) = (0.0, 0.0)
    for (features, score) in results {
      sum += score
      squares += score * score
      for feature in features {
        arms[feature, default: Arm()].sum += score
        arms[feature, default: Arm()].count += 1
      }
    }
    guard !results.isEmpty else { return }
    let mean = sum / Double(results.count)
    spread = max(squares / Double(results.count) - mean * mean, 0).squareRoot()
  }

  /// One of the features: mostly the best of three by upper confidence bound, those never tried first.
  func feature(of features: [Feature], _ random: inout RandomStream) -> Feature {
    let first = random.element(of: features)
    guard !arms.isEmpty, !random.chance(Self.chance) else { return first }
    var best = first
    for _ in 0..<2 {
      let other = random.element(of: features)
      if bound(other) > bound(best) { best = other }
    }
    return best
  }

  private func bound(_ feature: Feature) -> Double {
    guard let arm = arms[feature] else { return .infinity }
    let count = Double(arm.count)
    return arm.sum / count + Self.curiosity * spread / count.squareRoot()
  }
}
