import FunSearch
import PythonSyntax
import SandboxWorkers

/// A noisy claim checked again: what its evidence says, and what new evaluations say.
struct NoisyVerification {
  let noise: Noise
  let problem: Problem
  let claimed: Scores
  let evidence: [NoisyEvidence]

  /// Reads the evidence of a claim; nil when there is not one for each input.
  ///
  /// - Parameters:
  ///   - problem: what the program is for.
  ///   - noise: what the problem declares.
  ///   - claimed: means by input, and the bound the program is ranked by.
  ///   - artifacts: JSON, one for each input.
  init?(_ problem: Problem, _ noise: Noise, claimed: Scores, artifacts: [JSONValue]) {
    let evidence = artifacts.compactMap(NoisyEvidence.init)
    guard evidence.count == problem.inputs.count, artifacts.count == evidence.count,
      evidence.allSatisfy({ $0.samples.count == noise.repeats })
    else { return nil }
    (self.noise, self.problem, self.claimed, self.evidence) = (noise, problem, claimed, evidence)
  }

  private var first: NoisyScores { NoisyScores(evidence.map(\.samples), problem.aggregate) }
  private var again: NoisyScores { NoisyScores(evidence.map(\.again), problem.aggregate) }

  /// Whether the claim follows from the scores that stand beside it.
  ///
  /// The specification's own program was not chosen for its score, so its luck does not matter.
  ///
  /// - Parameter amongMany: whether it was chosen for its score.
  /// - Returns: what was found.
  func arithmetic(amongMany: Bool) -> (holds: Bool, detail: String) {
    guard let scores = first.scores(noise), scores.perInput == claimed.perInput, scores.total == claimed.total
    else { return (false, "the claim's means and bound do not follow from its scores") }
    if amongMany, let refutation = first.refutation(by: again, noise) { return (false, refutation.message) }
    return (
      true,
      "lower bound \(claimed.total) of the mean \(first.total.mean), Student's t, \(noise.repeats) repeats, "
        + "confidence \(noise.confidence); the mean with other draws is \(again.total.mean)"
    )
  }

  /// Whether new evaluations bear the claim out: the very same scores with the same draws where noise is seeded,
  /// else scores that Welch's test cannot tell apart.
  func evaluation(_ job: EvaluationJob, _ pool: SandboxPool) async throws -> (holds: Bool, detail: String) {
    let fresh = try await pool.evaluate(job)
    if case .failed(let failure) = fresh.outcome {
      return (false, "it fails now (\(failure.kind.rawValue)): \(failure.message)")
    }
    guard noise.isSeeded else { return distribution(fresh.samples) }
    guard fresh.samples == evidence.map(\.samples) else {
      return (
        false, "it scores otherwise now, with the same draws: means \(fresh.outcome), claimed \(claimed)"
      )
    }
    let other = try await pool.evaluateAgain(job)
    guard other.samples == evidence.map(\.again) else {
      return (false, "it scores otherwise now, with the draws of the second measurement")
    }
    return (
      true,
      "evaluated again \(2 * noise.repeats) times an input, with the draws of both measurements: the same scores, "
        + "means \(claimed.perInput)"
    )
  }

  private func distribution(_ samples: [[Double]]) -> (holds: Bool, detail: String) {
    let fresh = NoisyScores(samples, problem.aggregate)
    let error = (1 - noise.confidence) / Double(problem.inputs.count)
    let agree = zip(first.inputs, fresh.inputs).allSatisfy { $0.agrees(with: $1, error: error) }
    return (
      agree,
      "evaluated again \(noise.repeats) times an input: means \(fresh.inputs.map(\.mean)), claimed "
        + "\(claimed.perInput), " + (agree ? "not to be told apart" : "another distribution")
        + " by Welch's test at a confidence of \(noise.confidence) (the noise is not seeded)"
    )
  }
}
