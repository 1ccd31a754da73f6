import FunSearch
import PythonSyntax

/// One machine does jobs one after the other; a job that waits long costs more the more it weighs.
///
/// A program is an expression of a job's `weight` and `time`: the job with the highest value goes first. The score
/// is minus the cost, 0 for the best order there is, which Smith (1956) proved to be that of `weight / time`.
struct Jobs: Evaluator {
  let width = 2
  private let instances = (0..<20).map { instance in
    var stream = RandomStream(seed: 1, island: 0, step: instance, purpose: .tool)
    return (0..<30).map { _ in
      Job(weight: Double(stream.integer(in: 1...50)), time: Double(stream.integer(in: 1...50)))
    }
  }

  func evaluate(_ jobs: [EvaluationJob]) async throws -> [Evaluation] {
    jobs.map { Evaluation(outcome: outcome($0.code.function)) }
  }

  func confirm(_ job: EvaluationJob, first: Evaluation) async throws -> Confirmation {
    outcome(job.code.function) == first.outcome
      ? .confirmed(Claim(verified: false, artifacts: []))
      : .refuted(Failure(.nondeterministic, "another score"))
  }

  /// What a priority function scores on every instance, or why it has no score.
  func outcome(_ function: FunctionDefinition) -> Outcome {
    guard case .returning(let priority?) = function.body.last else {
      return .failed(Failure(.syntax, "no value"))
    }
    let scores = instances.map { jobs in
      100 * (1 - Job.cost(jobs) { value(of: priority, $0) } / Job.cost(jobs) { $0.weight / $0.time })
    }
    guard scores.allSatisfy(\.isFinite) else { return .failed(Failure(.invalidScore, "not a number")) }
    return .scored(Scores(perInput: scores, total: scores.reduce(0, +) / Double(scores.count)))
  }

  private func value(of expression: Expression, _ job: Job) -> Double {
    switch expression {
    case .name("weight"): job.weight
    case .name("time"): job.time
    case .constant(.int(let number)): Double(number)
    case .binary(let left, .add, let right): value(of: left, job) + value(of: right, job)
    case .binary(let left, .subtract, let right): value(of: left, job) - value(of: right, job)
    case .binary(let left, .multiply, let right): value(of: left, job) * value(of: right, job)
    case .binary(let left, .divide, let right): value(of: left, job) / value(of: right, job)
    default: .nan
    }
  }
}

/// One job of an instance.
struct Job {
  let weight: Double
  let time: Double

  /// The sum of each job's weight by the time at which it is done, highest priority first; not a number when a
  /// priority is none.
  static func cost(_ jobs: [Job], priority: (Job) -> Double) -> Double {
    let order = jobs.map { (priority: priority($0), job: $0) }
    guard order.allSatisfy({ $0.priority.isFinite }) else { return .nan }
    var (cost, clock) = (0.0, 0.0)
    for (_, job) in order.sorted(by: { $0.priority > $1.priority }) {
      clock += job.time
      cost += job.weight * clock
    }
    return cost
  }
}
