package import FunSearch
import Mutation
import PythonSyntax
import SandboxWorkers

/// The smallest program found that scores and behaves as a program of a run does.
package struct Simplification: Sendable {
  /// Candidates that are evaluated before the best of them is taken; the same for any number of workers, so that
  /// the count of evaluations is too.
  private static let batch = 16

  package let program: ProgramID
  package let scores: Scores
  package let before: ProgramCode
  package let after: ProgramCode
  /// Candidates evaluated.
  package let evaluations: Int
  /// Candidates that took the place of the program, one after the other.
  package let taken: Int
  /// Whether nothing simpler is left to try; false when it was interrupted.
  package let isMinimal: Bool
  /// What the second evaluation and the verifier say of the result.
  package let confirmation: Confirmation

  /// Simplifies a program of a run.
  ///
  /// - Parameters:
  ///   - id: the program's number.
  ///   - folder: the run.
  ///   - workers: sandboxed processes.
  ///   - installation: where the program's own files are.
  ///   - isInterrupted: asked whether to end with what is found so far.
  ///   - progress: told the evaluations and the nodes so far.
  /// - Returns: the result; it is the program itself where nothing simpler does the same.
  /// - Throws: ``RunError`` when the program has no score, or another one now; what is wrong with run or machine.
  package static func make(
    _ id: ProgramID,
    in folder: RunFolder,
    workers: Int,
    installation: Installation,
    isInterrupted: @escaping @Sendable () -> Bool,
    progress: @escaping @Sendable (_ evaluations: Int, _ nodes: Int) -> Void
  ) async throws -> Simplification {
    let stored = try StoredRun(folder)
    let view = try ProgramView.program(id, in: folder)
    guard case .scored(let scores) = view.outcome else {
      throw RunError("program \(id) of \(folder.path) failed, so there is nothing to keep", in: .usage)
    }
    let opened = try await stored.open(installation: installation)
    let configuration = try stored.configuration(changedBy: [], problem: opened.problem)
    let pool = try opened.pool(for: opened.problem.with(configuration.limits), workers: workers)
    do {
      let simplification = try await simplified(
        view,
        scores,
        Trial(pool: pool, isInterrupted: isInterrupted, progress: progress)
      )
      await pool.stop()
      return simplification
    } catch {
      await pool.stop()
      throw error
    }
  }

  /// What candidates are tried in.
  private struct Trial {
    let pool: SandboxPool
    let isInterrupted: @Sendable () -> Bool
    let progress: @Sendable (_ evaluations: Int, _ nodes: Int) -> Void
  }

  private static func simplified(_ view: ProgramView, _ scores: Scores, _ trial: Trial) async throws
    -> Simplification
  {
    let before = try view.code
    let own = try await trial.pool.evaluate(job(before)).outcome
    guard own == view.outcome else {
      throw RunError(
        "program \(view.program) comes to \(text(own)) now, the journal says \(text(view.outcome)); it cannot be told "
          + "what a simpler one should do"
      )
    }
    var simplifier = Simplifier(before)
    var evaluations = 0
    var isMinimal = false
    while !trial.isInterrupted() {
      let candidates = simplifier.ask(batch)
      guard !candidates.isEmpty else {
        isMinimal = true
        break
      }
      let outcomes = try await trial.pool.outcomes(of: candidates.map(job))
      evaluations += candidates.count
      simplifier.answer(outcomes.map { $0 == view.outcome })
      trial.progress(evaluations, ProgramSize(simplifier.program).nodes)
    }
    let result = job(simplifier.program)
    return Simplification(
      program: view.program,
      scores: scores,
      before: before,
      after: simplifier.program,
      evaluations: evaluations,
      taken: simplifier.accepted,
      isMinimal: isMinimal,
      confirmation: try await trial.pool.confirm(result, first: try await trial.pool.evaluate(result))
    )
  }

  private static func job(_ code: ProgramCode) -> EvaluationJob {
    EvaluationJob(code: code, source: code.source)
  }

  private static func text(_ outcome: Outcome) -> String {
    switch outcome {
    case .scored(let scores): "\(scores.perInput)"
    case .failed(let failure): "\(failure.kind.rawValue) (\(failure.message))"
    }
  }

  /// The size of a program, for people: nodes of its tree and characters of its text.
  package static func size(of code: ProgramCode) -> (nodes: Int, characters: Int) {
    (ProgramSize(code).nodes, code.source.unicodeScalars.count)
  }
}

extension SandboxPool {
  /// The outcomes of jobs, in their order, by as many workers as there are.
  fileprivate func outcomes(of jobs: [EvaluationJob]) async throws -> [Outcome] {
    try await withThrowingTaskGroup(of: (Int, Outcome).self) { group in
      var next = 0
      var outcomes = [Outcome?](repeating: nil, count: jobs.count)
      func begin() {
        guard next < jobs.count else { return }
        let (place, job) = (next, jobs[next])
        next += 1
        group.addTask { (place, try await self.evaluate(job).outcome) }
      }
      for _ in 0..<width { begin() }
      while let (place, outcome) = try await group.next() {
        outcomes[place] = outcome
        begin()
      }
      return outcomes.compactMap(\.self)
    }
  }
}
