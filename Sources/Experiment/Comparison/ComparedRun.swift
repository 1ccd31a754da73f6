package import FunSearch
import PythonSyntax
import RunJournal

/// One run of an experiment, as its journal tells it.
package struct ComparedRun: Sendable {
  package let cell: ExperimentPlan.Cell
  package let folder: RunFolder
  package let score: Double
  package let verified: Bool
  package let program: ProgramID
  /// Programs of its history.
  package let steps: Int
  /// Different programs among them: what had to be evaluated.
  package let evaluations: Int
  /// Programs and different programs up to the first that reached the target; nil where none did.
  package let toTarget: (steps: Int, evaluations: Int)?
  package let failures: Int
  package let digest: String
  package let cpuSeconds: Double
  package let wallSeconds: Double
  package internal(set) var heldOut = HeldOutScores()

  /// Reads a run that has come to its end.
  init(_ cell: ExperimentPlan.Cell, _ stored: StoredRun, target: Double?) throws {
    let history = try HistorySummary(stored.reader, target: target)
    var different: Set<TreeHash> = [history.founder.hash]
    var microseconds = 0
    var steps = 0
    var reached: (steps: Int, evaluations: Int)?
    if let target, history.founder.scores.total >= target { reached = (0, 0) }
    try stored.reader.history(length: history.tally.steps) { event in
      guard case .committed(let record) = event else { return }
      steps += 1
      different.insert(record.hash)
      microseconds += record.cpuMicroseconds
      if reached == nil, let target, record.claim != nil, (record.outcome.total ?? -.infinity) >= target {
        reached = (steps, different.count - 1)
      }
    }
    self.cell = cell
    folder = stored.folder
    score = history.tally.best.total
    verified = history.tally.best.verified
    program = history.tally.best.program
    self.steps = history.tally.steps
    evaluations = different.count - 1
    toTarget = reached
    failures = history.tally.failures.values.reduce(0, +)
    digest = history.digest
    cpuSeconds = Double(microseconds) * 1e-6
    wallSeconds = try stored.elapsedSeconds
  }
}
