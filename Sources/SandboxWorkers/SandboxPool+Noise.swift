package import FunSearch
import PythonSyntax

/// Which random numbers a noisy program is evaluated with.
enum Draws: String, Sendable {
  /// Those of its first evaluation, whose scores it has.
  case claimed
  /// Those that a claim is measured with again.
  case again
}

extension SandboxPool {
  /// What names the draws of a job in a request; nil for a problem without noise.
  ///
  /// It is made of the program's tree, so that a program is measured alike in whatever spelling, worker and order.
  func draws(_ draws: Draws, for job: EvaluationJob) -> (name: String, repeats: Int)? {
    problem.noise.map { noise in
      let hash = job.code.function.contentHash(support: job.code.support)
      return ("\(hash) \(draws.rawValue)", noise.repeats)
    }
  }

  /// Evaluates a claim again in another worker with another hash seed: with the same draws, which must give the
  /// same scores where noise is seeded, and with others, which must bear the claim out.
  ///
  /// - Parameters:
  ///   - job: the program.
  ///   - first: what it claims.
  ///   - noise: of the problem.
  ///   - amongMany: whether it was chosen for its score, so that luck must be ruled out.
  /// - Returns: whether the claim holds.
  /// - Throws: when the workers are broken, not when the claim does not hold.
  func confirm(
    _ job: EvaluationJob,
    first: Evaluation,
    _ noise: Noise,
    amongMany: Bool
  ) async throws -> Confirmation {
    guard case .scored(let claimed) = first.outcome else {
      preconditionFailure("what failed claims no score")
    }
    var samples = first.samples
    if noise.isSeeded {
      let same = try await measured(job, .claimed, withArtifacts: false).evaluation
      if let refutation = Self.difference(claimed, same.outcome) { return .refuted(refutation) }
      samples = same.samples
    } else if samples.isEmpty {
      return .refuted(
        Failure(
          .nondeterministic,
          "its single scores were not kept when the run was interrupted, so that the claim cannot be checked"
        )
      )
    }
    let again = try await measured(job, .again, withArtifacts: true)
    if case .failed(let failure) = again.evaluation.outcome { return .refuted(failure) }
    let scores = again.evaluation.samples
    if amongMany,
      let refutation = NoisyScores(samples, problem.aggregate).refutation(
        by: NoisyScores(scores, problem.aggregate),
        noise
      )
    {
      return .refuted(refutation)
    }
    let objects = again.artifacts.map { MemberText.elements(ofArray: $0) ?? [] }
    let evidence = zip(zip(samples, scores), objects).map {
      NoisyEvidence(samples: $0.0, again: $0.1, artifacts: $1)
    }
    if let failure = try await verify(evidence) { return .refuted(failure) }
    return .confirmed(Claim(verified: canVerify(evidence), artifacts: evidence.map(\.json)))
  }

  /// Whether the specification's verifier can compute the scores that were measured again.
  package func canVerify(_ evidence: [NoisyEvidence]) -> Bool {
    problem.specification.verify != nil
      && evidence.allSatisfy { !$0.artifacts.isEmpty && !$0.artifacts.contains("null") }
  }

  /// Has the verifier compute every score that was measured again from its own artifact.
  ///
  /// - Parameter evidence: of each input.
  /// - Returns: what does not hold; nil when all does, or where there is no verifier or no artifact.
  /// - Throws: ``SandboxError`` when no verifier can be started.
  package func verify(_ evidence: [NoisyEvidence]) async throws -> Failure? {
    guard canVerify(evidence) else { return nil }
    return try await verify(
      evidence.enumerated().flatMap { input, evidence in
        zip(evidence.artifacts, evidence.again).map {
          VerifierQuestion(input: input, artifact: $0, claimed: $1)
        }
      }
    )
  }

  /// Evaluates with the draws that claims are measured with again.
  ///
  /// - Throws: when the workers are broken, not when the program fails.
  package func evaluateAgain(_ job: EvaluationJob) async throws -> Evaluation {
    try await measured(job, .again, withArtifacts: false).evaluation
  }

  private func measured(_ job: EvaluationJob, _ draws: Draws, withArtifacts: Bool) async throws
    -> OutcomeReply
  {
    let replies = try await outcomes(of: [job], from: referee, withArtifacts: withArtifacts, draws: draws)
    guard let reply = replies.first else { preconditionFailure("one job has one outcome") }
    return reply
  }

  private static func difference(_ claimed: Scores, _ outcome: Outcome) -> Failure? {
    guard case .scored(let scores) = outcome else {
      if case .failed(let failure) = outcome { return failure }
      return nil
    }
    let pairs = zip(claimed.perInput, scores.perInput).enumerated()
    guard let (index, (a, b)) = pairs.first(where: { $0.element.0 != $0.element.1 }) else { return nil }
    return Failure(
      .nondeterministic,
      "input \(index) scored \(a), and \(b) when evaluated again with another hash seed and the same draws; "
        + "draw from random or numpy.random, which are seeded, or declare `seeded: false`",
      input: index
    )
  }
}
