import FunSearch
import ProblemFiles
import PythonSyntax
package import Reports
import RunJournal

extension RunReport {
  /// The most programs, and reasons of one kind of failure that are shown.
  private static let (mostPrograms, mostReasons) = (10, 3)

  /// Reads what there is to say of a run.
  ///
  /// - Parameters:
  ///   - stored: the run, which may still go on.
  ///   - drawings: of the best program's artifacts.
  ///   - digest: of the history, where it is known; else it is computed for a run that does not go on.
  ///   - isRunning: whether the run goes on.
  /// - Throws: ``RunError`` for a run without a program, or what is wrong with the journal.
  package init(_ stored: StoredRun, drawings: [Drawing], digest: String? = nil, isRunning: Bool) throws {
    let (reader, folder) = (stored.reader, stored.folder)
    guard let founder = stored.founder else {
      throw RunError("\(folder.path) holds no program yet: the run ended before its first evaluation")
    }
    let length = try stored.historyLength
    let course = try RunCourse(reader, founder: founder, length: length)
    let problem = try? ProblemFolder(folder.frozenProblem)
    let events = try reader.runEvents()
    let state = RunState(events, isRunning: isRunning)
    let best = try Self.best(course, founder, stored)
    let top = try ProgramView.top(Self.mostPrograms, in: folder)
    let lineage = try Self.lineage(best.program, course, stored)
    let reasons = try reader.failureReasons(length: length, perKind: Self.mostReasons)
    let line = Self.turns(lineage)
    let sources = try reader.steps(Set(reasons.map(\.program) + line.flatMap { [$0.from, $0.to] }))
    func source(_ program: Int) -> String { program == 0 ? founder.source : sources[program]?.source ?? "" }
    let target = stored.metadata["run.target"].flatMap(Double.init)
    self.init(
      problem: folder.problem,
      title: problem?.description.title ?? folder.problem,
      run: folder.name,
      path: folder.path,
      state: state.text,
      best: best,
      target: target,
      knownBest: Self.knownBest(problem, best.inputs),
      seed: stored.metadata["search.seed"] ?? "?",
      steps: course.steps,
      evaluations: course.outcomes.evaluations,
      duplicates: course.outcomes.redraws + course.outcomes.duplicates,
      digest: try digest ?? Self.digest(stored, state, events, target),
      course: course,
      programs: try top.compactMap { try Self.program($0, reader) },
      drawings: drawings,
      lineage: LineageView(lineage),
      changes: line.map { Self.change($0, source) },
      failures: reasons.map { FailureExample(reason: $0, source: source($0.program)) },
      commands: Self.commands(stored, problem, course.steps),
      settings: Setting.all.compactMap { setting in stored.metadata[setting.key].map { (setting.key, $0) } },
      environment: Self.environment(stored),
      events: events,
      elapsedSeconds: try stored.elapsedSeconds,
      models: try ModelReport(reader, try stored.configuration)?.costs,
      specification: problem?.specificationSource
    )
  }

  private static func best(_ course: RunCourse, _ founder: FounderRecord, _ stored: StoredRun) throws -> Best
  {
    let program = Int(course.best.last?.x ?? 0)
    let record = try stored.reader.step(ProgramID(program))
    var scores = founder.scores
    if case .scored(let found) = record?.outcome { scores = found }
    return Best(
      program: program,
      score: scores.total,
      verified: (record?.claim ?? founder.claim).verified,
      inputs: try stored.inputs,
      scores: scores.perInput
    )
  }

  /// What is the best known of all inputs together, where the problem states it for each.
  private static func knownBest(_ problem: ProblemFolder?, _ inputs: [String]) -> Double? {
    problem.flatMap { $0.description.aggregate.knownBest($0.description.knownBest, of: inputs) }
  }

  /// The same for a stored run.
  static func knownBest(_ stored: StoredRun) throws -> Double? {
    knownBest(try? ProblemFolder(stored.folder.frozenProblem), try stored.inputs)
  }

  private static func program(_ view: ProgramView, _ reader: RunReader) throws -> Program? {
    guard let score = view.outcome.total else { return nil }
    return Program(
      program: view.program.number,
      score: score,
      verified: view.claim?.verified,
      place: view.step.map { "island \($0.step.island), step \($0.step.step)" } ?? "the specification's own",
      operators: view.step?.operators ?? [],
      source: view.source,
      exchange: try view.step.flatMap { try ModelExchange.last(of: $0.step, $0.operators, reader) }
    )
  }

  /// The digest that the last session left, or that of what is there now.
  private static func digest(
    _ stored: StoredRun,
    _ state: RunState,
    _ events: [RunEvent],
    _ target: Double?
  ) throws -> String {
    if state == .running { return "not yet known, the run goes on" }
    if let digest = events.last?.digest { return digest }
    return try HistorySummary(stored.reader, target: target).digest
  }

  private static func environment(_ stored: StoredRun) -> [(name: String, value: String)] {
    let names = [
      ("problem", "problem"), ("problem_hash", "problem hash"), ("inputs", "inputs"),
      ("version", "funsearch"),
      ("python", "Python"), ("isolation", "isolation"), ("vocabulary", "vocabulary"),
    ]
    let origin = stored.origins.last.map { [("forked from", $0.text)] } ?? []
    return names.compactMap { key, name in stored.metadata[key].map { (name, $0) } } + origin
  }
}
