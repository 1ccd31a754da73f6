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

  enum CodingKeys: String, CodingKey {
    case outcome, problem, score, scores, verified, kind, message, line, input, limit, lane, isolation
    case cpuSeconds = "cpu_seconds"
  }

  init(_ appraisal: Appraisal) {
    problem = appraisal.problem.name
    lane = appraisal.lane.rawValue
    isolation = appraisal.greeting.isolationText
    cpuSeconds = Double(appraisal.evaluation.cpuMicroseconds) * 1e-6
    let inputs = appraisal.problem.inputs.map(\.json)
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
      let each = zip(inputs, scores.perInput).map { "  input \($0): \(numberText($1))" }.joined(
        separator: "\n"
      )
      let state = claim?.verified == true ? "verified" : "unverified"
      return "score \(numberText(scores.total)), \(state), \(lane.rawValue) lane\n\(each)"
    case .failed(let failure):
      let line = failure.line.map { ", line \($0)" } ?? ""
      let input = failure.input.map { inputs.indices.contains($0) ? ", input \(inputs[$0])" : "" } ?? ""
      return "failed, \(failure.kind.rawValue)\(line)\(input): \(failure.message)"
    }
  }
}
