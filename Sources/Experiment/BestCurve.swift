import FunSearch
import PythonSyntax
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
      let job = EvaluationJob(code: code, source: code.source)
      if let noise = problem.noise {
        let (finding, isVerified) = try await verify(view, scores, job, problem, noise, pool)
        if isVerified { verified += 1 }
        guard finding.holds else { return (false, "program \(view.program): \(finding.detail)") }
        continue
      }
      let again = try await pool.evaluate(job).outcome
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

  /// The same of one program of a noisy problem.
  private func verify(
    _ view: ProgramView,
    _ scores: Scores,
    _ job: EvaluationJob,
    _ problem: Problem,
    _ noise: Noise,
    _ pool: SandboxPool
  ) async throws -> (finding: (holds: Bool, detail: String), isVerified: Bool) {
    let artifacts = try (view.claim?.artifacts ?? []).map { try JSONValue(parsing: $0) }
    guard let noisy = NoisyVerification(problem, noise, claimed: scores, artifacts: artifacts) else {
      return ((false, "its scores were not kept"), false)
    }
    let arithmetic = noisy.arithmetic(amongMany: view.program != .founder)
    guard arithmetic.holds else { return (arithmetic, false) }
    let evaluation = try await noisy.evaluation(job, pool)
    guard evaluation.holds, pool.canVerify(noisy.evidence) else { return (evaluation, false) }
    if let failure = try await pool.verify(noisy.evidence) { return ((false, failure.message), false) }
    return (evaluation, true)
  }

  private static func text(_ outcome: Outcome) -> String {
    switch outcome {
    case .scored(let scores): "scores \(scores.perInput)"
    case .failed(let failure): "fails (\(failure.kind.rawValue): \(failure.message))"
    }
  }
}
