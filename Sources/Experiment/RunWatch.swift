import Foundation
import FunSearch
import Reports
import RunJournal

/// Follows a run of another process by its journal, which it only reads.
package struct RunWatch: Sendable {
  package let folder: RunFolder
  package let metadata: [String: String]
  package let knownBest: Double?
  private let reader: RunReader
  private var tally: RunTally
  private var islands: IslandProgress
  private var curve: [(steps: Int, score: Double)]
  private var last = 0
  private var models = ModelTally()
  private let asksModels: Bool

  /// What a look at the journal found.
  package struct Look: Sendable {
    package let progress: RunProgress
    package let improvements: [Improvement]
    package let state: RunState
  }

  /// Reads a run up to now.
  ///
  /// - Parameter stored: the run.
  /// - Throws: ``RunError`` for a run that has no program yet, or what is wrong with the journal.
  package init(_ stored: StoredRun) throws {
    folder = stored.folder
    reader = stored.reader
    metadata = stored.metadata
    guard let founder = stored.founder else {
      throw RunError("\(stored.folder.path) holds no program yet: wait for its first evaluation")
    }
    tally = RunTally(founder: founder)
    islands = IslandProgress(founder: founder, islands: stored.reader.islands)
    curve = [(0, founder.scores.total)]
    asksModels = try stored.configuration.search.models.share > 0
    knownBest = try RunReport.knownBest(stored)
  }

  /// Takes what was committed since the last look.
  package mutating func look() throws -> Look {
    var found: [StepPoint] = []
    // Whether it goes on is asked first: what it wrote before it ended is then read.
    let isRunning = folder.isRunning
    last = try reader.scan(after: last) { event in
      switch event {
      case .reset(let record): islands.add(record)
      case .step(let step):
        let score = step.verified == nil ? nil : step.total
        islands.add(ProgramID(step.program), island: step.island, score: score)
        let before = tally.best.total
        guard tally.add(step), tally.best.total > before else { return }
        curve.append((tally.steps, tally.best.total))
        found.append(step)
      }
    }
    let events = try reader.runEvents()
    if asksModels { try models.update(reader) }
    return Look(
      progress: RunProgress(
        tally: tally,
        islands: islands,
        elapsedSeconds: events.elapsedSeconds(isRunning: isRunning, now: Date()),
        curve: curve,
        models: asksModels ? ModelProgress(models.totals, isRunning: isRunning) : nil
      ),
      improvements: found.map(improvement),
      state: RunState(events, isRunning: isRunning)
    )
  }

  private func improvement(_ step: StepPoint) -> Improvement {
    Improvement(
      program: ProgramID(step.program),
      island: step.island,
      step: (step.program - 1) / reader.islands,
      score: step.total ?? 0,
      verified: step.verified ?? false,
      operators: step.operators,
      source: { [reader] in reader.source(of: ProgramID(step.program)) },
      parentSource: { [reader] in step.parents.first.flatMap { reader.source(of: ProgramID($0)) } }
    )
  }
}
