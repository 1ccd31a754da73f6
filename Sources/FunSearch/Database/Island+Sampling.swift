extension Island {
  /// Up to `count` different programs for a prompt, ascending by score, the newer last among equals.
  ///
  /// Each is drawn by cluster (softmax of score / temperature), then by length within the cluster
  /// (Methods, "Prompt sampling"). Unlike the published code no program is drawn twice.
  /// - Parameters:
  ///   - count: how many are asked for.
  ///   - temperature: in score units; above 0.
  ///   - stream: where the draws come from.
  /// - Returns: fewer than `count` when the clusters within reach hold no more.
  /// - Complexity: O(clusters within 40 temperatures of the best).
  package func draw(_ count: Int, temperature: Double, from stream: inout RandomStream) -> [Program] {
    var weights = clusterWeights(temperature: temperature)
    var drawn: [Program] = []
    var open = weights.count
    while drawn.count < count, open > 0 {
      let rank = stream.index(weights: weights)
      guard weights[rank] > 0 else { break }
      let cluster = clusters[ranking[rank]]
      if let program = cluster.draw(excluding: drawn.map(\.id), from: &stream) {
        drawn.append(program)
      } else {
        weights[rank] = 0
        open -= 1
      }
    }
    return drawn.sorted { ($0.scores.total, $0.id) < ($1.scores.total, $1.id) }
  }

  /// Softmax weights of the best clusters, best first, the best one 1; those below e⁻⁴⁰ are left out.
  func clusterWeights(temperature: Double) -> [Double] {
    precondition(temperature > 0, "a temperature is positive")
    var weights: [Double] = []
    for position in ranking {
      let distance = (clusters[position].score - best.scores.total) / temperature
      guard distance >= -40 else { break }
      weights.append(portableExp(distance))
    }
    return weights
  }
}
