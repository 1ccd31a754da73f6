import FunSearch
import PythonSyntax

/// Answers with the outcomes of a journal, without running anything.
struct JournalEvaluator: Evaluator {
  let width = 1
  let outcomes: JournalOutcomes

  func evaluate(_ jobs: [EvaluationJob]) async throws -> [Evaluation] {
    jobs.map { Evaluation(outcome: outcomes[$0.hash] ?? Self.unknown) }
  }

  func confirm(_ job: EvaluationJob, first: Evaluation) async throws -> Confirmation {
    outcomes.confirmation(of: job.hash) ?? .confirmed(Claim(verified: false, artifacts: []))
  }

  /// The outcome of a program that the run never proposed: it stands in no history.
  static let unknown = Outcome.failed(Failure(.workerLost, "the journal has no outcome of this program"))
}
