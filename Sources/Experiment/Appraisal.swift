import Foundation
package import FunSearch
package import ProblemFiles
import PythonSyntax
package import Reports
package import SandboxWorkers

/// One program through the sandbox and the verifier.
package struct Appraisal: Sendable {
  package let problem: Problem
  package let evaluation: Evaluation
  /// Set when the program has scores.
  package let confirmation: Confirmation?
  package let lane: Lane
  package let greeting: Greeting
  /// What the problem's view makes of the artifacts of its own program; empty where it has none, or for a file's.
  package var drawings: [RunReport.Drawing] = []

  /// What stands after the second evaluation and the verifier.
  package var outcome: Outcome {
    if case .refuted(let failure) = confirmation { .failed(failure) } else { evaluation.outcome }
  }

  /// The scores of a noisy problem's inputs, and those measured again with other draws.
  package var noisy: (noise: Noise, first: NoisyScores, again: NoisyScores)? {
    guard let noise = problem.noise, let claim else { return nil }
    let evidence = claim.artifacts.compactMap { (try? JSONValue(parsing: $0)).flatMap(NoisyEvidence.init) }
    guard evidence.count == problem.inputs.count else { return nil }
    return (
      noise, NoisyScores(evidence.map(\.samples), problem.aggregate),
      NoisyScores(evidence.map(\.again), problem.aggregate)
    )
  }

  package var claim: Claim? {
    if case .confirmed(let claim) = confirmation { claim } else { nil }
  }

  /// Evaluates the program in `file` on a problem, or the problem's own program when there is none.
  ///
  /// Without a file, the problem's vocabulary is checked as well.
  ///
  /// - Throws: what is wrong with problem, machine or file; not what is wrong with the program.
  package static func make(
    problem name: String,
    file: String?,
    inputs: InputChoice,
    isolation: IsolationChoice,
    installation: Installation
  ) async throws -> Appraisal {
    let opened = try await OpenProblem.open(
      name,
      inputs: inputs,
      isolation: isolation,
      installation: installation,
      environment: { ProcessInfo.processInfo.environment[$0] }
    )
    let pool = try opened.pool(workers: 1)
    do {
      let greeting = try await pool.prepare()
      let appraisal = try await make(opened, file, pool, greeting)
      await pool.stop()
      return appraisal
    } catch {
      await pool.stop()
      throw error
    }
  }

  private static func make(
    _ opened: OpenProblem,
    _ file: String?,
    _ pool: SandboxPool,
    _ greeting: Greeting
  ) async throws -> Appraisal {
    let specification = opened.problem.specification
    func failed(_ failure: Failure) -> Appraisal {
      Appraisal(
        problem: opened.problem,
        evaluation: Evaluation(outcome: .failed(failure)),
        confirmation: nil,
        lane: .split,
        greeting: greeting
      )
    }
    let job: EvaluationJob
    if let file {
      switch try await opened.candidate(try read(file), file: file) {
      case .failure(let error): return failed(error.failure)
      case .success(let candidate): job = candidate
      }
    } else {
      // A template that cannot be read shall not come to light in the middle of a run.
      _ = try opened.promptTemplate()
      let code = ProgramCode(function: specification.evolve.withoutDocstring)
      job = EvaluationJob(code: code, source: code.source)
    }
    let first = try await pool.evaluate(job)
    var confirmation: Confirmation?
    if case .scored = first.outcome {
      confirmation = try await pool.confirm(job, first: first, amongMany: false)
      if file == nil { _ = try await pool.observedArguments().vocabulary(of: opened.problem) }
    }
    var appraisal = Appraisal(
      problem: opened.problem,
      evaluation: first,
      confirmation: confirmation,
      lane: pool.lane(for: job.code),
      greeting: greeting
    )
    if file == nil, let view = opened.folder?.view, let claim = appraisal.claim {
      appraisal.drawings = await ArtifactDrawings.make(claim, of: opened.problem, view: view, pool)
    }
    return appraisal
  }

  private static func read(_ file: String) throws(RunError) -> String {
    guard let data = FileManager.default.contents(atPath: file) else {
      throw RunError("\(file) cannot be read; name a Python file with the evolved function", in: .data)
    }
    guard data.count <= 1 << 20 else {
      throw RunError("\(file) has \(data.count) bytes; a program has at most 1 MiB", in: .data)
    }
    guard let text = String(data: data, encoding: .utf8) else {
      throw RunError("\(file) is not UTF-8 text; save it as UTF-8", in: .data)
    }
    return text
  }
}
