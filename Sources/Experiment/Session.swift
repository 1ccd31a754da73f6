import Foundation
import FunSearch
import LanguageModels
import Mutation
import ProblemFiles
import PythonSyntax
import Reports
import RunJournal
import SandboxWorkers

/// One process working on one run, from its start or from where an earlier session left it.
package struct Session {
  private let folder: RunFolder
  /// Held as long as the session lives.
  private let lock: RunLock
  private let journal: SQLiteJournal
  private let opened: OpenProblem
  private let configuration: RunConfiguration
  private let hooks: Hooks
  private let began = ContinuousClock.now
  /// Seconds that earlier sessions took.
  private let earlierSeconds: Double

  /// What a session is told by, and tells, the outside.
  private struct Hooks: Sendable {
    let installation: Installation
    let isInterrupted: @Sendable () -> Bool
    let observer: @Sendable (RunUpdate) -> Void
  }

  /// Starts a new run and works on it until its end.
  ///
  /// - Throws: what is wrong with the problem, the settings, the machine or the folder; a run folder is made
  ///   only when the specification's own program has a score.
  package static func start(
    _ request: RunRequest,
    installation: Installation,
    isInterrupted: @escaping @Sendable () -> Bool,
    observer: @escaping @Sendable (RunUpdate) -> Void
  ) async throws -> RunSummary {
    let hooks = Hooks(installation: installation, isInterrupted: isInterrupted, observer: observer)
    if let name = request.name { try ResultsFolder(path: request.results).check(name) }
    let isolation = request.settings.last { $0.key == "run.isolation" }?.value
    let opened = try await OpenProblem.open(
      request.problem,
      inputs: request.inputs,
      isolation: isolation.flatMap(IsolationChoice.init(rawValue:)) ?? .auto,
      installation: installation,
      environment: { ProcessInfo.processInfo.environment[$0] }
    )
    var configuration = RunConfiguration(
      problem: opened.problem,
      workers: ProcessInfo.processInfo.activeProcessorCount
    )
    try configuration.apply(request.settings, of: opened.folder)
    try configuration.checkModels()
    try await configuration.checkKeys()

    let problem = opened.problem.with(configuration.limits)
    let pool = try opened.pool(for: problem, workers: configuration.workers)
    do {
      let greeting = try await pool.prepare()
      let founder = try await Self.founder(of: problem, pool)
      let observed = try await pool.observedArguments()
      _ = try observed.vocabulary(of: problem)
      configuration.method.adapt(&configuration.search, observed.rows)
      let folder = try ResultsFolder(path: request.results).makeRun(problem: problem.name, name: request.name)
      let lock = try RunLock(folder.path, started: Date())
      if let files = opened.folder { try freeze(files, in: folder) }
      let journal = try SQLiteJournal.create(
        folder.journal,
        islands: configuration.search.islands,
        metadata: configuration.settings.merging(identity(opened, greeting)) { $1 },
        now: { ContinuousClock.now }
      )
      try journal.record(RunEvent(.started, wallTime: Date().timeIntervalSince1970))
      try journal.append([.founded(founder)])
      let session = Session(
        folder: folder,
        lock: lock,
        journal: journal,
        opened: opened,
        configuration: configuration,
        hooks: hooks,
        earlierSeconds: 0
      )
      let engine = Engine(
        configuration: configuration.search,
        founder: founder,
        scoreUnit: problem.scoreUnit,
        steps: configuration.steps,
        target: configuration.target,
        reusesOutcomes: configuration.reusesOutcomes
      )
      let watch = session.watch(founder)
      return try await session.search(engine, watch, problem, pool, greeting, observed)
    } catch {
      await pool.stop()
      throw error
    }
  }

  /// Goes on with a run.
  ///
  /// - Parameters:
  ///   - folder: the run.
  ///   - settings: those that may change, by name.
  ///   - salvage: keep what is whole of a damaged journal, and go on from there.
  ///   - installation: where the program's own files are.
  ///   - isInterrupted: asked whether to end.
  ///   - observer: told what happens.
  /// - Returns: how the session ended.
  /// - Throws: what is wrong with the run, the settings or the machine; the run stays as it was.
  package static func resume(
    _ folder: RunFolder,
    settings: [(key: String, value: String)],
    salvage: Bool = false,
    installation: Installation,
    isInterrupted: @escaping @Sendable () -> Bool,
    observer: @escaping @Sendable (RunUpdate) -> Void
  ) async throws -> RunSummary {
    let hooks = Hooks(installation: installation, isInterrupted: isInterrupted, observer: observer)
    let lock = try RunLock(folder.path, started: Date())
    let torn = WriteAheadLog.tornBytes(folder.journal)
    if torn > 0 { observer(.torn(bytes: torn)) }
    if salvage, let report = try folder.salvage() { observer(.salvaged(report)) }
    let stored = try StoredRun(folder)
    let opened = try await stored.open(installation: installation)
    let configuration = try stored.configuration(changedBy: settings, problem: opened.problem)
    try stored.checkBudget(configuration)
    if let summary = try stored.ended(under: configuration) { return summary }
    try configuration.checkModels()
    try await configuration.checkKeys()
    let problem = opened.problem.with(configuration.limits)
    let pool = try opened.pool(for: problem, workers: configuration.workers)
    do {
      let journal = try SQLiteJournal.open(folder.journal, now: { ContinuousClock.now })
      try journal.record(
        RunEvent(
          .resumed,
          wallTime: Date().timeIntervalSince1970,
          detail: stored.changes(to: configuration).text
        ),
        changing: configuration.settings
      )
      try journal.closeCallsOfEarlierSessions()
      let session = Session(
        folder: folder,
        lock: lock,
        journal: journal,
        opened: opened,
        configuration: configuration,
        hooks: hooks,
        earlierSeconds: try stored.elapsedSeconds
      )
      // Workers start while the journal is read.
      async let preparation = pool.prepare()
      let founder: FounderRecord
      if let known = stored.founder {
        founder = known
      } else {
        _ = try await preparation
        founder = try await Self.founder(of: problem, pool)
        try journal.append([.founded(founder)])
      }
      let watch = session.watch(founder)
      let engine = try await stored.engine(configuration, problem: problem, founder: founder) {
        watch.restore($0)
      }
      let greeting = try await preparation
      let observed = try await pool.observedArguments()
      return try await session.search(engine, watch, problem, pool, greeting, observed)
    } catch {
      await pool.stop()
      throw error
    }
  }

  // MARK: The search

  private func watch(_ founder: FounderRecord) -> ProgressWatch {
    ProgressWatch(
      founder: founder,
      islands: configuration.search.islands,
      target: configuration.target,
      source: { [folder] program in (try? RunReader(folder.journal))?.source(of: program) },
      observer: hooks.observer
    )
  }

  private func search(
    _ engine: consuming Engine,
    _ watch: ProgressWatch,
    _ problem: Problem,
    _ pool: SandboxPool,
    _ greeting: Greeting,
    _ observed: ObservedArguments
  ) async throws -> RunSummary {
    hooks.observer(
      .started(
        folder,
        configuration,
        isolation: greeting.isolationText,
        resumedAt: watch.steps,
        knownBest: problem.aggregate.knownBest(problem.knownBest, of: problem.inputs.map(\.json))
      )
    )
    let models = try ModelAccess.open(configuration, opened, folder, journal) {
      hooks.observer(.notice($0))
    }
    if let proposer = models?.proposer {
      watch.follow {
        let (spent, underWay) = proposer.progress
        return ModelProgress(spent, underWay: underWay)
      }
    }
    // Answers and evaluations may take long, and whoever watches is to see that time passes.
    async let _: Void = beat(watch)
    let maker = try configuration.maker(problem, observed)
    let ending = EndingProbe(
      isInterrupted: hooks.isInterrupted,
      deadline: configuration.maxSeconds.map { began + .seconds(max(0, $0 - earlierSeconds)) }
    )
    let search = Search(
      engine: engine,
      proposer: models.map { MixedProposer(model: $0.proposer, maker: maker) } ?? maker,
      evaluator: pool,
      journal: journal,
      stop: StopSignal(watch: models == nil ? nil : ending.watch) { ending.reason },
      evaluations: try evaluationsLeft,
      progress: { _, events in watch.take(events, elapsed: elapsedSeconds) }
    )
    let end: Engine
    do {
      end = try await search.run()
    } catch {
      // What was committed before is kept; the error is what the user has to see.
      try journal.flush()
      try await models?.close()
      await pool.stop()
      throw error
    }
    try await models?.close()
    let history = watch.history
    let drawings = await drawings(history, problem, pool)
    await pool.stop()
    return try finish(
      end,
      history,
      drawings,
      stopped: ending.reason,
      models: models?.proposer.ending,
      learned: models?.learned ?? [:],
      workerSeconds: await pool.cpuSeconds(),
      checkSeconds: await pool.checkSeconds()
    )
  }

  /// Over all sessions.
  private var elapsedSeconds: Double { earlierSeconds + began.duration(to: .now).inSeconds }

  /// Tells every second how the run stands, until it is cancelled.
  private func beat(_ watch: ProgressWatch) async {
    while (try? await Task.sleep(for: .seconds(1))) != nil { watch.take([], elapsed: elapsedSeconds) }
  }

  /// What the journal and the budget leave of programs to evaluate; nil for no limit.
  private var evaluationsLeft: Int? {
    get throws { try configuration.maxEvaluations.map { $0 - (try RunReader(folder.journal).evaluations()) } }
  }

  /// What the best program found, as the problem's view draws it.
  private func drawings(_ history: HistorySummary, _ problem: Problem, _ pool: SandboxPool) async
    -> [RunReport.Drawing]
  {
    guard let view = opened.folder?.view else { return [] }
    do {
      try journal.flush()
      guard let claim = try ProgramView.program(history.tally.best.program, in: folder).claim else {
        return []
      }
      return await ArtifactDrawings.make(claim, of: problem, view: view, pool)
    } catch {
      return [RunReport.Drawing(input: "", content: .message("\(error)"))]
    }
  }

  /// Writes `report.html`; a run is none the worse where that fails.
  private func writeReport(_ drawings: [RunReport.Drawing], digest: String) {
    do {
      try journal.flush()
      try folder.write(
        try RunReport(try StoredRun(folder), drawings: drawings, digest: digest, isRunning: false)
      )
    } catch {
      hooks.observer(.warned("the report of \(folder.path) could not be written: \(error)"))
    }
  }

  private func finish(
    _ engine: Engine,
    _ history: HistorySummary,
    _ drawings: [RunReport.Drawing],
    stopped: StopSignal.Reason?,
    models: ModelEnding?,
    learned: [String: String],
    workerSeconds: Double,
    checkSeconds: Double
  ) throws -> RunSummary {
    let seconds = began.duration(to: .now).inSeconds
    try folder.writeBest(opened, sandbox: hooks.installation.sandbox, history: history)
    let asksModels = configuration.search.models.share > 0
    let report = try asksModels ? ModelReport(RunReader(folder.journal), configuration) : nil
    let ending: RunSummary.Ending =
      if let target = configuration.target, history.tally.best.total >= target {
        .target
      } else if engine.isFinished {
        .finished
      } else if let models {
        RunSummary.Ending(models)
      } else if let stopped {
        stopped == .timeBudget ? .timeBudget : .interrupted
      } else if let left = try evaluationsLeft, left <= 0 {
        .evaluationBudget
      } else {
        .interrupted
      }
    try journal.record(
      RunEvent(
        ending == .finished || ending == .target ? .finished : .interrupted,
        wallTime: Date().timeIntervalSince1970,
        detail: String(seconds),
        digest: history.digest
      ),
      changing: learned
    )
    // The journal is open still: a reader alone would leave an empty log beside it.
    let before = ProcessTimes.own
    writeReport(drawings, digest: history.digest)
    let reportSeconds = ProcessTimes.own - before
    try journal.close()
    return RunSummary(
      folder: folder,
      seed: configuration.search.seed,
      ending: ending,
      notice: ending == .modelError ? models?.message : nil,
      isEarlier: false,
      tally: history.tally,
      models: report,
      digest: history.digest,
      wallSeconds: seconds,
      engineSeconds: ProcessTimes.own - reportSeconds,
      workerSeconds: workerSeconds,
      checkSeconds: checkSeconds,
      journalSeconds: journal.cpuSeconds
    )
  }

  // MARK: The beginning

  /// Scores the specification's own program, twice.
  private static func founder(of problem: Problem, _ pool: SandboxPool) async throws -> FounderRecord {
    let code = ProgramCode(function: problem.specification.evolve.withoutDocstring)
    let job = EvaluationJob(code: code, source: code.source)
    let first = try await pool.evaluate(job)
    let place = "\(problem.specification.path):\(problem.specification.evolveLines.lowerBound)"
    guard case .scored(let scores) = first.outcome else {
      guard case .failed(let failure) = first.outcome else { preconditionFailure("two outcomes") }
      if failure.kind == .workerLost {
        throw RunError("\(place): the specification's own function could not be scored: \(failure.message)")
      }
      throw RunError(
        "\(place): the specification's own function fails (\(failure.kind.rawValue)): \(failure.message)",
        in: .data
      )
    }
    switch try await pool.confirm(job, first: first, amongMany: false) {
    case .confirmed(let claim):
      return FounderRecord(
        hash: code.function.contentHash(support: []),
        source: job.source,
        encodedFunction: code.function.encoded(),
        scores: scores,
        claim: claim
      )
    case .refuted(let failure):
      throw RunError(
        "\(place): the score of the specification's own function does not hold (\(failure.kind.rawValue)): "
          + failure.message,
        in: .data
      )
    }
  }

  /// Copies what the run needs of the problem, so that later changes of it do not touch the run.
  private static func freeze(_ problem: ProblemFolder, in folder: RunFolder) throws {
    let files = FileManager.default
    if files.fileExists(atPath: folder.frozenProblem) { try files.removeItem(atPath: folder.frozenProblem) }
    try problem.freeze(in: folder.frozenProblem)
  }

  /// What else a run is identified by.
  private static func identity(_ opened: OpenProblem, _ greeting: Greeting) -> [String: String] {
    var identity = [
      "problem": opened.problem.name, "problem_hash": opened.problem.hash,
      "inputs": "[" + opened.problem.inputs.map(\.json).joined(separator: ",") + "]",
      "version": funsearchVersion, "python": opened.python.version, "isolation": greeting.isolationText,
    ]
    let vocabulary = opened.problem.vocabulary.text
    if !vocabulary.isEmpty { identity["vocabulary"] = vocabulary }
    return identity
  }
}
