import Foundation
import FunSearch
import LanguageModels
import Mutation
import PythonSyntax
import RunJournal
import SandboxWorkers

/// A run's search made again, and compared with its journal.
package struct Replay: Sendable {
  package let folder: RunFolder
  /// Whether every program was evaluated again, and not taken from the journal.
  package let isEvaluated: Bool
  /// Programs of the run's history.
  package let length: Int
  /// Programs that came out equal, from the first on.
  package let equal: Int
  /// Digest of the history in the journal.
  package let digest: String
  /// The digest the run ended with, when it is another one.
  package let statedDigest: String?
  /// The first difference in order of program number.
  package let difference: Difference?
  /// Outcomes taken from the journal in spite of ``isEvaluated``, since time-outs depend on the machine.
  package let takenFromJournal: Int
  package let seconds: Double

  /// Whether the whole history came out as it was.
  package var isEqual: Bool { difference == nil && equal == length && statedDigest == nil }

  /// Makes the search of `folder` again.
  ///
  /// - Parameters:
  ///   - folder: the run.
  ///   - evaluate: evaluate every program again, in so many workers; nil takes outcomes from the journal.
  ///   - installation: where the program's own files are.
  ///   - isInterrupted: asked whether to end.
  /// - Returns: what came of it; not a whole comparison when interrupted.
  /// - Throws: what is wrong with the run or the machine.
  package static func make(
    _ folder: RunFolder,
    evaluate: Int?,
    installation: Installation,
    isInterrupted: @escaping @Sendable () -> Bool
  ) async throws -> Replay {
    let began = ContinuousClock.now
    let stored = try StoredRun(folder)
    let opened = try await stored.open(installation: installation)
    let configuration = try stored.configuration(changedBy: [], problem: opened.problem)
    let history = try HistorySummary(stored.reader, target: configuration.target)
    let problem = opened.problem.with(configuration.limits)
    if evaluate != nil, problem.noise?.isSeeded == false {
      throw RunError(
        "the noise of \(problem.name) is not seeded, so that no program scores the same twice; replay without "
          + "--evaluate takes the scores from the journal",
        in: .data
      )
    }
    let pool = try opened.pool(for: problem, workers: evaluate ?? 1)
    do {
      let making = Making(
        stored: stored,
        opened: opened,
        problem: problem,
        configuration: configuration,
        history: history,
        pool: pool,
        evaluates: evaluate != nil,
        isInterrupted: isInterrupted
      )
      let replay = try await making.run(began: began)
      await pool.stop()
      return replay
    } catch {
      await pool.stop()
      throw error
    }
  }

  /// One replay under way.
  private struct Making {
    let stored: StoredRun
    let opened: OpenProblem
    let problem: Problem
    let configuration: RunConfiguration
    let history: HistorySummary
    let pool: SandboxPool
    let evaluates: Bool
    let isInterrupted: @Sendable () -> Bool

    func run(began: ContinuousClock.Instant) async throws -> Replay {
      let length = history.tally.steps
      var outcomes = JournalOutcomes()
      try stored.reader.events(withSources: false) { event in
        if case .committed(let record) = event { outcomes.add(record) }
      }
      let comparison = try HistoryComparison(stored.reader, length: length)
      let fresh = evaluates ? FreshEvaluator(pool, outcomes: outcomes) : nil
      var difference = try await fresh == nil ? nil : founderDifference()
      if difference == nil {
        try await search(comparison, fresh ?? JournalEvaluator(outcomes: outcomes))
        difference = comparison.difference
      }
      if let program = difference?.program, program != .founder {
        difference?.compare(try stored.reader.step(program))
      }
      let last = try stored.reader.runEvents().last
      return Replay(
        folder: stored.folder,
        isEvaluated: evaluates,
        length: length,
        equal: comparison.equal,
        digest: history.digest,
        statedDigest: last?.digest == history.digest ? nil : last?.digest,
        difference: difference,
        takenFromJournal: fresh?.takenFromJournal ?? 0,
        seconds: began.duration(to: .now).inSeconds
      )
    }

    /// Searches from the beginning, and anew from each place where the run was forked.
    private func search(_ comparison: HistoryComparison, _ evaluator: any Evaluator) async throws {
      let observed = try await pool.observedArguments()
      let replies = try ReplyReader(opened)
      do {
        try await search(comparison, evaluator, observed, replies)
        await replies.stop()
      } catch {
        await replies.stop()
        throw error
      }
    }

    private func search(
      _ comparison: HistoryComparison,
      _ evaluator: any Evaluator,
      _ observed: ObservedArguments,
      _ replies: ReplyReader
    ) async throws {
      let record = try RecordedModels(stored.folder)
      let eras = try stored.eras(configuration, problem: problem)
      var first = 0
      for era in eras {
        let last = min(era.last ?? .max, history.tally.steps)
        guard first < last || era.last == nil else { continue }
        let engine = try stored.engine(
          after: first,
          eras: eras,
          problem: problem,
          founder: history.founder,
          steps: last,
          target: configuration.target
        )
        let model = try ModelProposer(replaying: record, era.configuration, opened, replies)
        let maker = try era.configuration.maker(problem, observed)
        let search = Search(
          engine: engine,
          proposer: model.map { MixedProposer(model: $0, maker: maker) } ?? maker,
          evaluator: evaluator,
          journal: comparison,
          stop: StopSignal {
            comparison.difference != nil || isInterrupted() ? .interrupted : nil
          },
          progress: { _, _ in }
        )
        _ = try await search.run()
        if let message = model?.ending?.message { throw RunError(message, in: .data) }
        if comparison.difference != nil || isInterrupted() { return }
        first = last
      }
    }

    /// The specification's own program, evaluated again.
    private func founderDifference() async throws -> Difference? {
      let code = ProgramCode(function: problem.specification.evolve.withoutDocstring)
      let outcome = try await pool.evaluate(EvaluationJob(code: code, source: code.source)).outcome
      let was = Outcome.scored(history.founder.scores)
      return outcome == was ? nil : Difference(founder: was, is: outcome)
    }
  }
}
