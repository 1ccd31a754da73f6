package import FunSearch

extension Aggregate {
  /// What is the best known score of all inputs together; nil where it is not known of each.
  ///
  /// - Parameters:
  ///   - scores: by the JSON text of an input.
  ///   - inputs: JSON texts.
  /// - Returns: one score, as the aggregate makes it of all.
  package func knownBest(_ scores: [String: Double], of inputs: [String]) -> Double? {
    let known = inputs.compactMap { scores[$0] }
    return known.isEmpty || known.count < inputs.count ? nil : self(known)
  }
}
