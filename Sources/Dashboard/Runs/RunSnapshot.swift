package import Experiment
package import FunSearch
package import RunJournal

/// A run at one moment: everything its page shows.
package struct RunSnapshot: Sendable {
  package let folder: RunFolder
  /// `running`, `stopped` or `finished`.
  package let state: String
  /// Seconds since 1970.
  package let started: Double?
  /// What the run was started with, by key.
  package let settings: [String: String]
  package let founder: FounderRecord?
  package let steps: Int
  /// Steps that the counters below are of; fewer than ``steps`` while a long run is read for the first time.
  package let counted: Int
  package let evaluations: Int
  package let duplicates: Int
  /// Failures by kind.
  package let failures: [String: Int]
  package let cpuSeconds: Double
  /// As it was seen here; nil for a run that does not go on.
  package let stepsPerSecond: Double?
  package let islands: [Island]
  package let resets: [ResetRecord]
  /// Programs that were better than all with lower numbers, the specification's own first.
  package let improvements: [Improvement]
  package let operators: [OperatorCount]
  package let events: [RunEvent]
  /// Nil for a run that asked no model.
  package let models: ModelReport?
  /// The latest question to a model; 0 for none.
  let lastCall: Int

  /// One island as it stands.
  package struct Island: Hashable, Sendable {
    package let number: Int
    package let steps: Int
    /// The epoch in which it was last founded again; 0 for never.
    package let foundedInEpoch: Int
    package let best: Best?
    /// Steps since its last gain.
    package let stepsSinceGain: Int
    /// How often it found a new best of its own.
    package let bests: Int
  }

  /// The best program of an island.
  package struct Best: Hashable, Sendable {
    package let program: Int
    package let score: Double
  }

  /// A new best of the run.
  package struct Improvement: Hashable, Sendable {
    package let program: Int
    package let score: Double
    package let verified: Bool
    package let island: Int?
    package let operators: [String]
  }

  init(
    _ folder: RunFolder,
    _ reader: RunReader,
    _ index: ProgramIndex,
    models: [ModelTotal],
    lastCall: Int,
    steps: Int,
    stepsPerSecond: Double?
  ) throws {
    self.folder = folder
    self.steps = steps
    let isRunning = RunLock.holder(of: folder.path) != nil
    events = try reader.runEvents()
    state = isRunning ? "running" : events.last?.kind == .finished ? "finished" : "stopped"
    self.stepsPerSecond = isRunning ? stepsPerSecond : nil
    started = events.first?.wallTime
    settings = try reader.metadata()
    founder = try reader.founder()
    resets = try reader.resetRecords()
    counted = index.steps
    evaluations = index.evaluations
    duplicates = index.duplicates
    cpuSeconds = Double(index.cpuMicroseconds) * 1e-6
    failures = Dictionary(
      uniqueKeysWithValues: zip(index.outcomes.all, index.outcomes.counts).filter { $0.0 != "scored" }
    )
    let bests = try reader.bestRows()
    operators = index.operatorCounts(bests: bests.map(\.program.number))
    improvements = Self.improvements(founder, bests)
    self.lastCall = lastCall
    self.models = Self.models(models, index.modelSteps, improvements)
    islands = Self.islands(reader.islands, founder, bests, resets, steps: steps)
  }

  /// The best program of the run.
  package var best: Improvement? { improvements.last }

  /// The score that ends the run, where it has one.
  package var target: Double? { settings["run.target"].flatMap(Double.init) }

  /// The number of steps after which the run ends, where it has one.
  package var budget: Int? { settings["run.steps"].flatMap { Int($0) } }

  /// Steps of each island between two resets.
  package var epochSteps: Int? { settings["search.epoch_steps"].flatMap { Int($0) } }

  private static func models(
    _ totals: [ModelTotal],
    _ steps: [ModelStepCount],
    _ improvements: [Improvement]
  ) -> ModelReport? {
    guard !totals.isEmpty || !steps.isEmpty else { return nil }
    let prefix = Candidate.modelOperator("")
    let names = improvements.compactMap(\.operators.first).filter { $0.hasPrefix(prefix) }
    return ModelReport(
      names: [],
      totals: totals,
      steps: steps,
      improvements: Dictionary(names.map { (String($0.dropFirst(prefix.count)), 1) }) { $0 + $1 }
    )
  }

  private static func improvements(_ founder: FounderRecord?, _ bests: [StepRow]) -> [Improvement] {
    var list: [Improvement] = []
    if let founder {
      list.append(
        Improvement(
          program: 0,
          score: founder.scores.total,
          verified: founder.claim.verified,
          island: nil,
          operators: []
        )
      )
    }
    for row in bests {
      guard let score = row.outcome.total, score > list.last?.score ?? -.infinity else { continue }
      list.append(
        Improvement(
          program: row.program.number,
          score: score,
          verified: row.verified == true,
          island: row.step.island.number,
          operators: row.operators
        )
      )
    }
    return list
  }

  /// An island's best is the last that it found, unless it was founded again since: then it is its founder.
  private static func islands(
    _ count: Int,
    _ founder: FounderRecord?,
    _ bests: [StepRow],
    _ resets: [ResetRecord],
    steps: Int
  ) -> [Island] {
    var scores: [Int: Double] = [:]
    for row in bests { scores[row.program.number] = row.outcome.total }
    scores[0] = founder?.scores.total
    let foundings = resets.flatMap { reset in reset.foundings.map { (epoch: reset.epoch, $0) } }
    return (0..<count).map { number in
      let own = bests.filter { $0.step.island.number == number }
      let founding = foundings.last { $0.1.island.number == number }
      let epoch = founding?.epoch ?? 0
      let last = own.last { $0.epoch >= epoch }
      let program = last?.program.number ?? founding?.1.founder.number ?? 0
      // Steps of islands are committed side by side, so that each has about the same number of them.
      let ownSteps = (steps - number + count - 1) / count
      return Island(
        number: number,
        steps: ownSteps,
        foundedInEpoch: epoch,
        best: scores[program].map { Best(program: program, score: $0) },
        stepsSinceGain: max(0, ownSteps - (last.map { $0.step.step + 1 } ?? 0)),
        bests: own.count
      )
    }
  }
}
