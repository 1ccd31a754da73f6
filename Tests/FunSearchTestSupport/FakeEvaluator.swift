package import FunSearch
import PythonSyntax

/// Scores `return c` by a bumpy function of c; some c fail.
///
/// Answers after a number of yields that depends on the
/// candidate, so that evaluations overlap and finish in another order than they began.
package struct FakeEvaluator: Evaluator {
  package let width: Int
  /// Changes the order of answers, never an answer.
  package let delays: UInt64

  package init(width: Int, delays: UInt64 = 0) {
    self.width = width
    self.delays = delays
  }

  package func evaluate(_ jobs: [EvaluationJob]) async throws -> [Evaluation] {
    var evaluations: [Evaluation] = []
    for job in jobs {
      var stream = RandomStream(
        seed: delays,
        island: 0,
        step: job.code.function.returnedNumber,
        purpose: .tool
      )
      for _ in 0..<stream.integer(below: 30) { await Task.yield() }
      evaluations.append(Evaluation(outcome: Self.outcome(of: job.code.function.returnedNumber)))
    }
    return evaluations
  }

  package func confirm(_ job: EvaluationJob, first: Evaluation) async throws -> Confirmation {
    let value = job.code.function.returnedNumber
    var stream = RandomStream(seed: delays, island: 1, step: value, purpose: .tool)
    for _ in 0..<stream.integer(below: 30) { await Task.yield() }
    return Self.confirmation(of: value)
  }

  /// One of seven programs does not hold what it scored.
  package static func confirmation(of value: Int) -> Confirmation {
    value % 7 == 5
      ? .refuted(Failure(.nondeterministic, "another score")) : .confirmed(Claim(verified: true, artifacts: []))
  }

  package static func outcome(of value: Int) -> Outcome {
    if value % 11 == 3 { return .failed(Failure(.exception, "ValueError: \(value)")) }
    let score = Double(value / 5 + (value * value) % 17)
    return .scored(Scores(perInput: [score], total: score, behaviour: String(value % 97)))
  }
}
