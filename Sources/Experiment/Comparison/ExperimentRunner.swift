import Foundation
import FunSearch
import Mutation
import RunJournal
import SandboxWorkers

/// What an experiment tells while it runs.
package enum ExperimentUpdate: Sendable {
  case started(ExperimentFolder, runs: Int, jobs: Int)
  /// A run that an earlier session ended.
  case found(ExperimentPlan.Cell)
  case began(ExperimentPlan.Cell, resumed: Bool)
  case ended(ExperimentPlan.Cell, RunSummary)
  /// All runs are there; their best programs are evaluated on these sets.
  case holdingOut([String])
}

/// Carries a plan out: runs side by side, each an ordinary run that an interruption or a kill leaves ready to go on.
package struct ExperimentRunner: Sendable {
  private let plan: ExperimentPlan
  private let folder: ExperimentFolder
  private let opened: OpenProblem
  private let installation: Installation
  private let isInterrupted: @Sendable () -> Bool
  private let observer: @Sendable (ExperimentUpdate) -> Void

  /// Begins an experiment, or goes on with it.
  ///
  /// - Parameters:
  ///   - plan: what is compared.
  ///   - installation: where the program's own files are.
  ///   - isInterrupted: asked whether to end; what is in flight is finished.
  ///   - observer: told what happens.
  /// - Returns: what came of the runs that are there.
  /// - Throws: what is wrong with plan, problem, machine or folder; runs that are there stay as they are.
  package static func run(
    _ plan: ExperimentPlan,
    installation: Installation,
    isInterrupted: @escaping @Sendable () -> Bool,
    observer: @escaping @Sendable (ExperimentUpdate) -> Void
  ) async throws -> ExperimentReport {
    try plan.check()
    let opened = try await OpenProblem.open(
      plan.problem,
      inputs: plan.inputs,
      isolation: isolation(plan),
      installation: installation,
      environment: { ProcessInfo.processInfo.environment[$0] }
    )
    await opened.reader.stop()
    let folder = ExperimentFolder(
      results: plan.results,
      name: plan.folderName(problem: opened.problem.name)
    )
    try folder.make()
    let lock = try RunLock(folder.path, started: Date())
    defer { withExtendedLifetime(lock) {} }
    let runner = ExperimentRunner(
      plan: plan,
      folder: folder,
      opened: opened,
      installation: installation,
      isInterrupted: isInterrupted,
      observer: observer
    )
    return try await runner.run()
  }

  private static func isolation(_ plan: ExperimentPlan) -> IsolationChoice {
    let text = plan.settings.last { $0.key == "run.isolation" }?.value
    return text.flatMap(IsolationChoice.init(rawValue:)) ?? .auto
  }

  private func run() async throws -> ExperimentReport {
    let cells = plan.cells
    // Everything that is there is looked at first, so that nothing is begun in a folder of another experiment.
    var open: [ExperimentPlan.Cell] = []
    for cell in cells {
      if try isDone(cell) { observer(.found(cell)) } else { open.append(cell) }
    }
    observer(.started(folder, runs: cells.count, jobs: plan.jobs))
    let failure = await work(through: open)
    if let failure { throw failure }
    var runs: [ComparedRun] = []
    for cell in cells where try isDone(cell) {
      guard let stored = try stored(cell) else { continue }
      runs.append(try ComparedRun(cell, stored, target: try target(cell)))
    }
    let isWhole = runs.count == cells.count
    if isWhole { runs = try await heldOut(runs) }
    let report = ExperimentReport(
      plan: plan,
      folder: folder,
      problem: opened.problem,
      target: try cells.first.flatMap(target),
      runs: runs,
      isWhole: isWhole
    )
    try report.write()
    return report
  }

  // MARK: Runs

  private func stored(_ cell: ExperimentPlan.Cell) throws -> StoredRun? {
    try folder.run(cell, problem: opened.problem.name).map { try StoredRun($0) }
  }

  /// The configuration of a run that is not there yet.
  private func configuration(_ cell: ExperimentPlan.Cell) throws -> RunConfiguration {
    var configuration = RunConfiguration(problem: opened.problem, workers: 1)
    if let folder = opened.folder { try configuration.apply(problem: folder) }
    for setting in cell.settings { try configuration.set(setting.key, to: setting.value) }
    return configuration
  }

  private func target(_ cell: ExperimentPlan.Cell) throws -> Double? {
    try configuration(cell).target
  }

  /// Whether a run is there and has used up its budget or reached the target.
  ///
  /// - Throws: ``RunError`` when a run is there that is another one.
  private func isDone(_ cell: ExperimentPlan.Cell) throws -> Bool {
    guard let stored = try stored(cell) else { return false }
    guard stored.metadata["problem_hash"] == opened.problem.hash else {
      throw RunError(
        "\(stored.folder.path) is a run on other inputs, or on an earlier version of the problem; choose another "
          + "--name for this experiment",
        in: .usage
      )
    }
    let wanted: RunConfiguration
    do {
      wanted = try stored.configuration(changedBy: settings(cell, of: stored), problem: opened.problem)
    } catch let error as RunError {
      throw RunError("\(stored.folder.path): \(error); choose another --name for this experiment", in: .usage)
    }
    guard let last = try stored.reader.runEvents().last else { return false }
    if last.kind == .finished {
      return ["run.steps", "run.target"].allSatisfy {
        stored.metadata[$0] == Setting.named($0)?.read(wanted)
      }
    }
    guard let limit = wanted.maxSeconds, last.kind == .interrupted else { return false }
    return try stored.elapsedSeconds >= limit
  }

  /// The settings of a run as they are compared with those of one that is there.
  ///
  /// How the search climbs is not among them where it is the method's, or where nothing is there to climb with.
  private func settings(_ cell: ExperimentPlan.Cell, of stored: StoredRun) -> [(key: String, value: String)] {
    let isFree =
      stored.metadata["proposer.method"] == ProposalMethod.offline.rawValue
      && Double(stored.metadata["search.climb_share"] ?? "") != 0
    return cell.settings.filter { isFree || !ProposalMethod.adapted.contains($0.key) }.map {
      ($0.key, $0.value)
    }
  }

  private func work(through cells: [ExperimentPlan.Cell]) async -> (any Error)? {
    await withTaskGroup(of: (any Error)?.self) { group in
      var rest = cells[...]
      var failure: (any Error)?
      let ended = EndingFlag()
      func begin() {
        guard failure == nil, !isInterrupted(), let cell = rest.popFirst() else { return }
        group.addTask { [self] in
          do {
            try await work(on: cell) { isInterrupted() || ended.isSet }
            return nil
          } catch {
            // The others end as if interrupted, and can go on later.
            ended.set()
            return error
          }
        }
      }
      for _ in 0..<plan.jobs { begin() }
      while let error = await group.next() {
        failure = failure ?? error
        begin()
      }
      return failure
    }
  }

  private func work(on cell: ExperimentPlan.Cell, isInterrupted: @escaping @Sendable () -> Bool) async throws
  {
    let summary: RunSummary
    if let stored = try stored(cell) {
      observer(.began(cell, resumed: true))
      summary = try await Session.resume(
        stored.folder,
        settings: settings(cell, of: stored),
        installation: installation,
        isInterrupted: isInterrupted,
        observer: { _ in }
      )
    } else {
      observer(.began(cell, resumed: false))
      let request = RunRequest(
        problem: plan.problem,
        inputs: plan.inputs,
        settings: cell.settings.map { ($0.key, $0.value) },
        name: cell.run,
        results: folder.path
      )
      summary = try await Session.start(
        request,
        installation: installation,
        isInterrupted: isInterrupted,
        observer: { _ in }
      )
    }
    observer(.ended(cell, summary))
  }

  // MARK: Held-out inputs

  private func heldOut(_ runs: [ComparedRun]) async throws -> [ComparedRun] {
    let evaluator = try await HeldOutEvaluator(
      plan,
      opened,
      isolation: Self.isolation(plan),
      installation: installation
    )
    guard !evaluator.names.isEmpty else { return runs }
    observer(.holdingOut(evaluator.names))
    do {
      let scores = try await scores(of: runs, evaluator)
      await evaluator.stop()
      return zip(runs, scores).map { run, scores in
        var run = run
        run.heldOut = scores
        return run
      }
    } catch {
      await evaluator.stop()
      throw error
    }
  }

  /// Some runs at a time, as many as there are jobs.
  private func scores(of runs: [ComparedRun], _ evaluator: HeldOutEvaluator) async throws -> [HeldOutScores] {
    try await withThrowingTaskGroup(of: (Int, HeldOutScores).self) { group in
      var next = 0
      var scores = [HeldOutScores](repeating: HeldOutScores(), count: runs.count)
      func begin() {
        guard next < runs.count else { return }
        let (place, run) = (next, runs[next])
        next += 1
        group.addTask {
          let program = try ProgramView.program(run.program, in: run.folder)
          return (place, try await evaluator.scores(of: program, in: run.folder))
        }
      }
      for _ in 0..<plan.jobs { begin() }
      while let (place, found) = try await group.next() {
        scores[place] = found
        begin()
      }
      return scores
    }
  }
}
