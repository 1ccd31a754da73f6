/// How the mutator draws: the operators' weights, and the sizes of steps and programs.
package struct MutationSettings: Hashable, Sendable {
  /// Weight of each operator by its name; a missing name has weight 0.
  package var weights: [String: Double]
  /// Chance that a child is a random program and not a change of its parents.
  package var randomPrograms: Double
  /// A child takes 1 + n operators, n = 0, 1, 2 … with probability (1 - p) pⁿ.
  package var furtherOperator: Double
  /// Most nodes a child may have (its parent's, where that has more).
  package var maxNodes: Int
  /// Chance that the best version is the one that is changed; else each version is equally likely.
  package var bestParent: Double

  /// The defaults, with some operators' weights replaced.
  package init(
    weights: [String: Double] = [:],
    randomPrograms: Double = 0.2,
    furtherOperator: Double = 0.5,
    maxNodes: Int = 150,
    bestParent: Double = 1
  ) {
    self.weights = Self.defaultWeights.merging(weights) { _, new in new }
    self.randomPrograms = randomPrograms
    self.furtherOperator = furtherOperator
    self.maxNodes = maxNodes
    self.bestParent = bestParent
  }

  /// Names of the operators, as `weights` and the candidates use them.
  package static var operatorNames: [String] { MutationOperators.all.map(\.name) }

  private static let defaultWeights = Dictionary(
    uniqueKeysWithValues: MutationOperators.all.map { ($0.name, $0.defaultWeight) }
  )
}
