import FunSearch
import PythonSyntax
import SandboxWorkers
import Synchronization

/// Evaluates again, but leaves what depends on the machine as the journal has it.
final class FreshEvaluator: Evaluator {
  private let pool: SandboxPool
  private let outcomes: JournalOutcomes
  private let taken = Mutex(0)

  init(_ pool: SandboxPool, outcomes: JournalOutcomes) {
    self.pool = pool
    self.outcomes = outcomes
  }

  var width: Int { pool.width }

  /// How many outcomes were taken from the journal since a time-out depends on the machine.
  var takenFromJournal: Int { taken.withLock { $0 } }

  func evaluate(_ jobs: [EvaluationJob]) async throws -> [Evaluation] {
    let known = jobs.map { outcomes[$0.hash] }
    let fresh = zip(jobs, known).filter { $1?.dependsOnMachine != true }.map(\.0)
    var answers = try await fresh.isEmpty ? [] : pool.evaluate(fresh)
    answers.reverse()
    return known.map { known in
      guard let known else { return answers.removeLast() }
      if known.dependsOnMachine { return take(known) }
      let answer = answers.removeLast()
      return answer.outcome.dependsOnMachine ? take(known) : answer
    }
  }

  func confirm(_ job: EvaluationJob, first: Evaluation) async throws -> Confirmation {
    let known = outcomes.confirmation(of: job.hash)
    if case .refuted(let failure) = known, Outcome.failed(failure).dependsOnMachine {
      return .refuted(failure)
    }
    let fresh = try await pool.confirm(job, first: first)
    if let known, case .refuted(let failure) = fresh, Outcome.failed(failure).dependsOnMachine {
      taken.withLock { $0 += 1 }
      return known
    }
    return fresh
  }

  private func take(_ outcome: Outcome) -> Evaluation {
    taken.withLock { $0 += 1 }
    return Evaluation(outcome: outcome)
  }
}
