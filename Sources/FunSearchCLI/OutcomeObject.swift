import Experiment
import FunSearch
import SandboxWorkers

/// The object of `evaluate --json` and `validate --json`.
struct OutcomeObject: Encodable {
  let outcome: String
  let problem: String
  let score: Double?
  let scores: [String: Double]?
  let verified: Bool?
  let kind: String?
  let message: String?
  let line: Int?
  /// JSON text of the input it failed on.
  let input: String?
  let limit: String?
  let lane: String
  let isolation: String
  let cpuSeconds: Double
  /// For a noisy problem with scores.
  let noise: NoiseObject?

  /// What `scores`, then means, and `score`, then the lower bound of their mean, were made of.
  struct NoiseObject: Encodable {
    let repeats: Int
    let confidence: Double
    let seeded: Bool
    /// Of all inputs together.
    let mean: Double
    let samples: [String: [Double]]
    /// Measured again with other draws.
    let again: [String: [Double]]
  }

  enum CodingKeys: String, CodingKey {
    case outcome, problem, score, scores, verified, kind, message, line, input, limit, lane, isolation, noise
    case cpuSeconds = "cpu_seconds"
  }

  init(_ appraisal: Appraisal) {
    problem = appraisal.problem.name
    lane = appraisal.lane.rawValue
    isolation = appraisal.greeting.isolationText
    cpuSeconds = Double(appraisal.evaluation.cpuMicroseconds) * 1e-6
    let inputs = appraisal.problem.inputs.map(\.json)
    noise = appraisal.noisy.map { noise, measurement, again in
      NoiseObject(
        repeats: noise.repeats,
        confidence: noise.confidence,
        seeded: noise.isSeeded,
        mean: measurement.total.mean,
        samples: Dictionary(zip(inputs, measurement.inputs.map(\.values))) { _, last in last },
        again: Dictionary(zip(inputs, again.inputs.map(\.values))) { _, last in last }
      )
    }
    switch appraisal.outcome {
    case .scored(let result):
      outcome = "scored"
      score = result.total
      scores = Dictionary(zip(inputs, result.perInput)) { _, last in last }
      verified = appraisal.claim?.verified ?? false
      (kind, message, line, input, limit) = (nil, nil, nil, nil, nil)
    case .failed(let failure):
      outcome = "failed"
      (score, scores, verified) = (nil, nil, nil)
      kind = failure.kind.rawValue
      message = failure.message
      line = failure.line
      input = failure.input.flatMap { inputs.indices.contains($0) ? inputs[$0] : nil }
      limit = failure.limit
    }
  }
}

extension Appraisal {
  /// What people read.
  var text: String {
    let inputs = problem.inputs.map { shownInput($0.json) }
    switch outcome {
    case .scored(let scores):
      let state = claim?.verified == true ? "verified" : "unverified"
      guard let noisy else {
        let each = zip(inputs, scores.perInput).map { "  input \($0): \(numberText($1))" }
        return (["score \(numberText(scores.total)), \(state), \(lane.rawValue) lane"] + each).joined(
          separator: "\n"
        )
      }
      let (noise, measurement, again) = noisy
      let each = zip(inputs, zip(measurement.inputs, again.inputs)).map { input, samples in
        "  input \(input): \(numberText(samples.0.mean)) ± \(numberText(samples.0.deviation)), "
          + "with other draws \(numberText(samples.1.mean)) ± \(numberText(samples.1.deviation))"
      }
      let first =
        "score \(numberText(scores.total)), \(state), \(lane.rawValue) lane: the lower bound of the mean "
        + "\(numberText(measurement.total.mean)) of \(noise.repeats) repeats at a confidence of \(noise.confidence)"
      return ([first] + each).joined(separator: "\n")
    case .failed(let failure):
      let line = failure.line.map { ", line \($0)" } ?? ""
      let input = failure.input.map { inputs.indices.contains($0) ? ", input \(inputs[$0])" : "" } ?? ""
      return "failed, \(failure.kind.rawValue)\(line)\(input): \(failure.message)"
    }
  }
}
