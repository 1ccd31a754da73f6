/// One candidate to run.
public struct EvaluationJob: Sendable {
  /// The program as a tree.
  public let code: ProgramCode
  /// The module text that defines the function, as it is run.
  public let source: String

  /// The job of running `source`, the text of `code`.
  public init(code: ProgramCode, source: String) {
    self.code = code
    self.source = source
  }
}

/// The outcome of one evaluation and what it took.
public final class Evaluation: Sendable {
  /// The scores, or why there are none.
  public let outcome: Outcome
  /// Digest of each input's artifact, where there is one; the same on every machine.
  public let artifactDigests: [String]
  /// All scores of each input, where the problem is noisy; empty for an outcome read back from a journal.
  public let samples: [[Double]]
  /// CPU time it took; information only.
  public let cpuMicroseconds: Int
  /// Time it took by the clock; information only.
  public let wallMicroseconds: Int

  /// An evaluation; what is left out is empty or 0.
  public init(
    outcome: Outcome,
    artifactDigests: [String] = [],
    samples: [[Double]] = [],
    cpuMicroseconds: Int = 0,
    wallMicroseconds: Int = 0
  ) {
    self.outcome = outcome
    self.artifactDigests = artifactDigests
    self.samples = samples
    self.cpuMicroseconds = cpuMicroseconds
    self.wallMicroseconds = wallMicroseconds
  }
}

/// What came of evaluating a claim again, in another worker with another hash seed.
public enum Confirmation: Sendable {
  /// The same scores and artifacts again; the verifier agreed where there is one.
  case confirmed(Claim)
  /// A `nondeterministic` or `forged` failure, or what the second evaluation failed with.
  case refuted(Failure)
}

/// A score that was evaluated twice, and the object behind it.
public struct Claim: Hashable, Sendable {
  /// True when the problem's verifier recomputed every score from the artifact alone.
  public let verified: Bool
  /// Canonical JSON of each input's artifact; empty when the evaluator gives none.
  ///
  /// For a noisy problem the `NoisyEvidence` of each input.
  public let artifacts: [String]

  /// A claim that held.
  public init(verified: Bool, artifacts: [String]) {
    self.verified = verified
    self.artifacts = artifacts
  }
}

/// Scores candidates.
///
/// Calls may overlap; each evaluates in isolation and never throws for what a candidate does.
public protocol Evaluator: Sendable {
  /// How many batches may be under way at once: the number of workers.
  var width: Int { get }

  /// Evaluations of `jobs`, in their order.
  ///
  /// - Throws: when the evaluator itself is broken, not when a candidate fails.
  func evaluate(_ jobs: [EvaluationJob]) async throws -> [Evaluation]

  /// Evaluates `job` again elsewhere, compares with `first`, and asks the verifier.
  ///
  /// - Throws: when the evaluator itself is broken, not when the claim does not hold.
  func confirm(_ job: EvaluationJob, first: Evaluation) async throws -> Confirmation
}
