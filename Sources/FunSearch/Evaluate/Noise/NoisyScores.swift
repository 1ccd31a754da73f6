package import PythonSyntax

/// What a program scored on every input, each several times.
package struct NoisyScores: Hashable, Sendable {
  /// One sample per input, in input order.
  package let inputs: [Sample]
  /// The scores of all inputs together, one for each repeat.
  package let total: Sample

  /// - Parameters:
  ///   - scores: one list per input, all of one length of two or more.
  ///   - aggregate: makes one number of one score per input.
  package init(_ scores: [[Double]], _ aggregate: Aggregate) {
    inputs = scores.map(Sample.init)
    total = Sample((scores.first ?? []).indices.map { place in aggregate(scores.map { $0[place] }) })
  }

  /// Means for the inputs, and the lower bound that the program is ranked by; nil where one is no finite number.
  package func scores(_ noise: Noise) -> Scores? {
    let (means, bound) = (inputs.map(\.mean), total.lowerBound(noise))
    guard means.allSatisfy(\.isFinite), bound.isFinite else { return nil }
    return Scores(perInput: means, total: bound)
  }

  /// Why `again`, measured with other draws, does not bear out this measurement; nil where it does.
  ///
  /// Two things are asked. The distributions must agree on every input: Welch's test, with the error that the
  /// confidence leaves divided among the inputs. And the mean of all inputs together must reach the lower bound
  /// that the program is ranked by, because the best of many measurements is one that had luck.
  package func refutation(by again: NoisyScores, _ noise: Noise) -> Failure? {
    let error = (1 - noise.confidence) / Double(inputs.count)
    for (index, (own, other)) in zip(inputs, again.inputs).enumerated()
    where !own.agrees(with: other, error: error) {
      return Failure(
        .nondeterministic,
        "input \(index) scored \(own.mean) in the mean of \(noise.repeats), and \(other.mean) with other draws, "
          + "which is no chance at a confidence of \(noise.confidence)",
        input: index
      )
    }
    let bound = total.lowerBound(noise)
    guard again.total.mean < bound else { return nil }
    return Failure(
      .nondeterministic,
      "the mean of \(noise.repeats) was luck: it has the lower bound \(bound), but is \(again.total.mean) with "
        + "other draws"
    )
  }
}

/// What stands behind a noisy claim, kept in the place of each input's artifact.
package struct NoisyEvidence: Hashable, Sendable {
  /// The scores of the input that the claim is made of.
  package let samples: [Double]
  /// Its scores when it was measured again with other draws.
  package let again: [Double]
  /// JSON texts of the objects found when it was measured again; empty where the evaluator gives none.
  package let artifacts: [String]

  package init(samples: [Double], again: [Double], artifacts: [String]) {
    self.samples = samples
    self.again = again
    self.artifacts = artifacts
  }

  /// Reads what ``json`` wrote; nil for anything else.
  package init?(_ json: JSONValue) {
    guard let samples = json["samples"]?.array?.compactMap(\.double), samples.count > 1,
      let again = json["again"]?.array?.compactMap(\.double), again.count == samples.count,
      let artifacts = json["artifacts"]?.array, artifacts.isEmpty || artifacts.count == again.count
    else { return nil }
    self.init(
      samples: samples,
      again: again,
      artifacts: artifacts.map { String(decoding: $0.serialized, as: UTF8.self) }
    )
  }

  /// An object with `samples`, `again` and `artifacts`, as JSON text.
  package var json: String {
    func list(_ numbers: [Double]) -> String { "[" + numbers.map(\.description).joined(separator: ",") + "]" }
    return "{\"samples\":\(list(samples)),\"again\":\(list(again)),"
      + "\"artifacts\":[\(artifacts.joined(separator: ","))]}"
  }
}
