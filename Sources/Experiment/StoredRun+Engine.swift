package import FunSearch
import RunJournal

extension StoredRun {
  /// What the first programs of a run were made under, and up to which program it held.
  struct Era: Sendable {
    let configuration: RunConfiguration
    /// The last program made under it; nil for the run's own settings, which hold to the end.
    let last: Int?
  }

  /// The settings the history was made under, oldest first: one for each run it was forked from, and its own.
  func eras(_ configuration: RunConfiguration, problem: Problem) throws -> [Era] {
    try origins.map { origin in
      Era(configuration: try self.configuration(origin.settings, problem: problem), last: origin.at)
    } + [Era(configuration: configuration, last: nil)]
  }

  /// The search as it stands after every event of the journal, ready to go on.
  ///
  /// - Parameters:
  ///   - configuration: the run's own, with its budget and target.
  ///   - problem: what it searches on.
  ///   - founder: the specification's own program.
  ///   - observe: told each event.
  /// - Returns: the engine, with everything under way asked for again.
  /// - Throws: what is wrong with the journal, or with the settings it holds.
  package func engine(
    _ configuration: RunConfiguration,
    problem: Problem,
    founder: FounderRecord,
    observe: (SearchEvent) -> Void = { _ in }
  ) async throws -> Engine {
    let eras = try eras(configuration, problem: problem)
    var engine = engine(eras, problem, founder, steps: configuration.steps, target: configuration.target)
    engine.beginRestoring(committedSteps: try reader.committedSteps())
    var fold = Fold(engine, eras[...])
    let pages = EventPages(reader, withSources: false)
    var events = try pages.next()
    while !events.isEmpty {
      // The next page is read and decoded while this one is folded.
      async let next = pages.next()
      for event in events {
        try fold.take(event)
        observe(event)
      }
      events = try await next
    }
    return fold.engine
  }

  /// The search as it stood after the first programs of its history, with the budget and target given.
  func engine(
    after programs: Int,
    eras: [Era],
    problem: Problem,
    founder: FounderRecord,
    steps: Int?,
    target: Double?
  ) throws -> Engine {
    var engine = engine(eras, problem, founder, steps: steps, target: target)
    let islands = reader.islands
    engine.beginRestoring(
      committedSteps: (0..<islands).map { (programs + islands - 1 - $0) / islands }
    )
    var fold = Fold(engine, eras[...])
    if programs > 0 { try reader.history(length: programs) { try fold.take($0) } }
    return fold.engine
  }

  private func engine(
    _ eras: [Era],
    _ problem: Problem,
    _ founder: FounderRecord,
    steps: Int?,
    target: Double?
  ) -> Engine {
    Engine(
      configuration: eras[0].configuration.search,
      founder: founder,
      scoreUnit: problem.scoreUnit,
      steps: steps,
      target: target,
      // That of the run's own settings, which come last: it makes no other history.
      reusesOutcomes: eras.last?.configuration.reusesOutcomes ?? true
    )
  }
}

/// The fold over events, with a change of settings wherever a run was forked.
private struct Fold {
  private(set) var engine: Engine
  private var eras: ArraySlice<StoredRun.Era>
  private var programs = 0

  init(_ engine: Engine, _ eras: ArraySlice<StoredRun.Era>) {
    self.engine = engine
    self.eras = eras
    changeIfDue()
  }

  mutating func take(_ event: SearchEvent) throws {
    try engine.restore(event)
    guard case .committed = event else { return }
    programs += 1
    changeIfDue()
  }

  private mutating func changeIfDue() {
    while let era = eras.first, era.last == programs {
      eras.removeFirst()
      guard let next = eras.first else { return }
      engine.change(to: next.configuration.search)
    }
  }
}
