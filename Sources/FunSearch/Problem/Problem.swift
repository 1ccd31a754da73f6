/// A question to search on: a specification, the inputs it is scored on, and how scores are read.
package struct Problem: Sendable {
  /// The folder's name, as in `cap-set`.
  package let name: String
  package let title: String
  package let specification: Specification
  /// The values handed to the entry point, one call each, in this order.
  package let inputs: [EvaluationInput]
  package let aggregate: Aggregate
  /// Best known score by input text, where the problem states them.
  package let knownBest: [String: Double]
  /// Score (aggregate) at which a run may stop.
  package let target: Double?
  /// The difference of scores that matters; the cluster temperature is in this unit.
  package let scoreUnit: Double
  package let limits: EvaluationLimits
  package let trust: Trust
  /// What the offline mutator may build from beside the specification.
  package let vocabulary: ProblemVocabulary
  /// SHA-256, hex, of what decides a score: specification, inputs, aggregate, limits and trust, and the files that
  /// the specification may read.
  package let hash: String

  package init(
    name: String,
    title: String,
    specification: Specification,
    inputs: [EvaluationInput],
    aggregate: Aggregate,
    knownBest: [String: Double] = [:],
    target: Double? = nil,
    scoreUnit: Double = 1,
    limits: EvaluationLimits = EvaluationLimits(),
    trust: Trust = .split,
    vocabulary: ProblemVocabulary = ProblemVocabulary(),
    hash: String
  ) {
    self.name = name
    self.title = title
    self.specification = specification
    self.inputs = inputs
    self.aggregate = aggregate
    self.knownBest = knownBest
    self.target = target
    self.scoreUnit = scoreUnit
    self.limits = limits
    self.trust = trust
    self.vocabulary = vocabulary
    self.hash = hash
  }
}

/// One value handed to the entry point, as JSON.
package struct EvaluationInput: Hashable, Sendable {
  /// Canonical JSON text: sorted keys, no spaces.
  package let json: String

  package init(json: String) {
    self.json = json
  }
}

/// How the scores of all inputs become one.
package enum Aggregate: String, Sendable, CaseIterable {
  case mean
  case last
  case min
  case sum

  /// One number from one score per input, in input order.
  package func callAsFunction(_ scores: [Double]) -> Double {
    switch self {
    case .mean: scores.reduce(0, +) / Double(scores.count)
    case .last: scores[scores.count - 1]
    case .min: scores.min() ?? 0
    case .sum: scores.reduce(0, +)
    }
  }
}

/// What one evaluation may use; times are for one input.
package struct EvaluationLimits: Hashable, Sendable {
  package var cpuSeconds: Double
  package var wallSeconds: Double
  package var memoryBytes: Int
  package var outputBytes: Int

  package init(
    cpuSeconds: Double = 10,
    wallSeconds: Double = 30,
    memoryBytes: Int = 1 << 30,
    outputBytes: Int = 1 << 16
  ) {
    self.cpuSeconds = cpuSeconds
    self.wallSeconds = wallSeconds
    self.memoryBytes = memoryBytes
    self.outputBytes = outputBytes
  }
}

/// Whether candidates that are not proven harmless may share a process with the evaluator (DESIGN §5).
package enum Trust: String, Sendable, CaseIterable {
  case split
  case shared
}

extension Problem {
  /// The same problem under other limits.
  package func with(_ limits: EvaluationLimits) -> Problem {
    with(limits, name: name)
  }

  /// The same problem under the name it had before its folder was copied.
  package func named(_ name: String) -> Problem {
    with(limits, name: name)
  }

  private func with(_ limits: EvaluationLimits, name: String) -> Problem {
    Problem(
      name: name,
      title: title,
      specification: specification,
      inputs: inputs,
      aggregate: aggregate,
      knownBest: knownBest,
      target: target,
      scoreUnit: scoreUnit,
      limits: limits,
      trust: trust,
      vocabulary: vocabulary,
      hash: hash
    )
  }
}
