package import FunSearch
import PythonSyntax

extension SandboxPool {
  package func confirm(_ job: EvaluationJob, first: Evaluation) async throws -> Confirmation {
    try await confirm(job, first: first, amongMany: true)
  }

  /// Evaluates `job` again elsewhere, compares with `first`, and asks the verifier.
  ///
  /// - Parameters:
  ///   - job: the program.
  ///   - first: what it claims.
  ///   - amongMany: whether it was chosen for its score; then luck must be ruled out where there is noise.
  /// - Returns: whether the claim holds.
  /// - Throws: when the workers are broken, not when the claim does not hold.
  package func confirm(
    _ job: EvaluationJob,
    first: Evaluation,
    amongMany: Bool
  ) async throws -> Confirmation {
    if let noise = problem.noise, case .scored = first.outcome {
      return try await confirm(job, first: first, noise, amongMany: amongMany)
    }
    let replies = try await outcomes(of: [job], from: referee, withArtifacts: true)
    guard let again = replies.first else { preconditionFailure("one job has one outcome") }
    // An outcome read back from a journal has scores alone; the digests of its artifacts are made again.
    var first = first
    if first.artifactDigests.isEmpty, !again.evaluation.artifactDigests.isEmpty {
      let stored = first.outcome
      first = try await evaluate(job)
      if case .scored(let scores) = first.outcome, first.outcome != stored {
        return .refuted(Failure(.nondeterministic, "it scored \(scores.total) when evaluated once more"))
      }
    }
    switch (first.outcome, again.evaluation.outcome) {
    case (_, .failed(let failure)), (.failed(let failure), _):
      return .refuted(failure)
    case (.scored(let before), .scored(let after)):
      if let difference = difference(before, after, first, again.evaluation) {
        return .refuted(difference)
      }
      return try await verify(again, after)
    }
  }

  /// A `nondeterministic` failure that says what differs, where something does.
  private func difference(
    _ before: Scores,
    _ after: Scores,
    _ first: Evaluation,
    _ second: Evaluation
  ) -> Failure? {
    let label = "when evaluated again with another hash seed"
    for (index, (a, b)) in zip(before.perInput, after.perInput).enumerated() where a != b {
      return Failure(.nondeterministic, "input \(index) scored \(a), and \(b) \(label)", input: index)
    }
    let (a, b) = (first.artifactDigests, second.artifactDigests)
    if a != b {
      let index = zip(a, b).enumerated().first { $0.element.0 != $0.element.1 }?.offset
      return Failure(
        .nondeterministic,
        "the artifact of input \(index ?? 0) was another one \(label)",
        input: index ?? 0
      )
    }
    if before.behaviour != after.behaviour {
      return Failure(.nondeterministic, "the behaviour was another one \(label)")
    }
    return nil
  }

  /// Has the verifier compute every score from the artifact alone.
  private func verify(_ reply: OutcomeReply, _ scores: Scores) async throws -> Confirmation {
    let artifacts = reply.artifacts.allSatisfy { $0 == "null" } ? [] : reply.artifacts
    guard problem.specification.verify != nil, artifacts.count == scores.perInput.count,
      !artifacts.contains("null")
    else { return .confirmed(Claim(verified: false, artifacts: artifacts)) }
    if let failure = try await verify(artifacts: artifacts, claimed: scores.perInput) {
      return .refuted(failure)
    }
    return .confirmed(Claim(verified: true, artifacts: artifacts))
  }

  /// Has the specification's verifier compute every score from its artifact; what does not hold, if anything.
  ///
  /// - Parameters:
  ///   - artifacts: JSON texts, one per input.
  ///   - claimed: the scores they are said to have.
  /// - Returns: a `forged` failure, or why the verifier gave no answer; nil when every score holds.
  /// - Throws: ``SandboxError`` when no verifier can be started.
  package func verify(artifacts: [String], claimed: [Double]) async throws -> Failure? {
    try await verify(
      zip(artifacts, claimed).enumerated().map {
        VerifierQuestion(input: $0, artifact: $1.0, claimed: $1.1)
      }
    )
  }

  /// Asks the verifier; what does not hold, if anything.
  func verify(_ questions: [VerifierQuestion]) async throws -> Failure? {
    guard let name = problem.specification.verify else { return nil }
    let requests = questions.map { Request.verify(input: $0.input, artifact: $0.artifact) }
    let answers = try await verifier.answers(to: requests, within: deadline) {
      _,
      payload throws(UnreadableReply) in try VerifierReply(payload)
    }
    noteVerifying(answers.map(\.cpuMicroseconds).reduce(0, +))
    for (answer, question) in zip(answers, questions) {
      if let failure = refutation(answer, question.claimed, question.input, name) { return failure }
    }
    return nil
  }

  private func refutation(
    _ answer: WorkerAnswer<VerifierReply>,
    _ claimed: Double,
    _ input: Int,
    _ name: String
  ) -> Failure? {
    switch answer {
    case .reply(.score(claimed, _)):
      nil
    case .reply(.score(let found, _)):
      Failure(
        .forged,
        "input \(input) claims \(claimed); \(name) finds \(found) in its artifact",
        input: input
      )
    case .reply(.failed(let message)):
      Failure(
        .forged,
        "input \(input) claims \(claimed); \(name) fails on its artifact: \(message)",
        input: input
      )
    case .timedOut:
      Failure(
        .timeout,
        "\(name) gave no answer in time for the artifact of input \(input)",
        input: input,
        limit: "wall"
      )
    case .lost(let how):
      Failure(.workerLost, "\(name), input \(input): \(how)", input: input)
    }
  }
}

/// One score that the verifier is to find.
struct VerifierQuestion: Sendable {
  let input: Int
  /// JSON text.
  let artifact: String
  let claimed: Double
}

/// The reply to a `verify` request.
enum VerifierReply: Hashable, Sendable {
  /// What was found, and the CPU time that took; information only.
  case score(Double, cpuMicroseconds: Int)
  case failed(String)

  init(_ payload: ArraySlice<UInt8>) throws(UnreadableReply) {
    let json = try JSONValue(reply: payload)
    if let error = WireError(json) {
      self = .failed(error.message)
    } else if let score = json["score"]?.double {
      let microseconds = json["cpu_microseconds"]?.int ?? 0
      guard (0...Self.longest).contains(microseconds) else {
        throw UnreadableReply(description: "its CPU time is \(microseconds)")
      }
      self = .score(score, cpuMicroseconds: microseconds)
    } else {
      throw UnreadableReply(description: "it has no score")
    }
  }

  /// Microseconds in thirty years, which can still be added up.
  private static let longest = 1_000_000_000_000_000
}

extension WorkerAnswer<VerifierReply> {
  fileprivate var cpuMicroseconds: Int {
    if case .reply(.score(_, let microseconds)) = self { microseconds } else { 0 }
  }
}
