import FunSearch
import RunJournal
import SandboxWorkers

/// The programs that were a run's best at some time, in order.
struct BestCurve: Sendable {
  let programs: [ProgramView]

  init(_ stored: StoredRun, founder: FounderRecord) throws {
    var programs = [ProgramView(founder)]
    var tally = RunTally(founder: founder)
    let (islands, length) = (stored.reader.islands, try stored.historyLength)
    try stored.reader.steps(.init(last: length), withSources: true) { record in
      let before = tally.best.total
      guard tally.add(record, islands: islands), tally.best.total > before else { return }
      programs.append(ProgramView(record, islands: islands))
    }
    self.programs = programs
  }

  /// Evaluates every program again and has the verifier recompute every score from its stored artifact.
  func verify(_ problem: Problem, _ pool: SandboxPool) async throws -> (holds: Bool, detail: String) {
    var verified = 0
    for view in programs {
      guard case .scored(let scores) = view.outcome else { continue }
      let code = try view.code
      let again = try await pool.evaluate(EvaluationJob(code: code, source: code.source)).outcome
      guard again == view.outcome else {
        return (false, "program \(view.program) \(Self.text(again)) now, the journal says \(scores.perInput)")
      }
      guard problem.specification.verify != nil, let artifacts = view.claim?.artifacts, !artifacts.isEmpty
      else {
        continue
      }
      if let failure = try await pool.verify(artifacts: artifacts, claimed: scores.perInput) {
        return (false, "program \(view.program): \(failure.message)")
      }
      verified += 1
    }
    let scores = programs.compactMap(\.outcome.total)
    return (
      true,
      "\(programs.count) bests from \(scores.first ?? 0) to \(scores.last ?? 0) evaluated again, "
        + "\(verified) of them verified from their artifacts"
    )
  }

  private static func text(_ outcome: Outcome) -> String {
    switch outcome {
    case .scored(let scores): "scores \(scores.perInput)"
    case .failed(let failure): "fails (\(failure.kind.rawValue): \(failure.message))"
    }
  }
}
