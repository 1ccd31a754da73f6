import FunSearch
import RunJournal

extension StoredRun {
  /// How the run ended, when it did and `configuration` asks for nothing more; then there is nothing to go on with.
  func ended(under configuration: RunConfiguration) throws -> RunSummary? {
    let isUnchanged = ["run.steps", "run.target"].allSatisfy { key in
      metadata[key] == Setting.named(key)?.read(configuration)
    }
    guard isUnchanged, let last = try reader.runEvents().last, last.digest != nil else { return nil }
    let isOutOfTime = try configuration.maxSeconds.map { try elapsedSeconds >= $0 } ?? false
    guard last.kind == .finished || isOutOfTime else { return nil }
    let history = try HistorySummary(reader, target: configuration.target)
    let hasTarget = configuration.target.map { history.tally.best.total >= $0 } ?? false
    return RunSummary(
      folder: folder,
      seed: configuration.search.seed,
      ending: hasTarget ? .target : last.kind == .finished ? .finished : .timeBudget,
      notice: nil,
      isEarlier: true,
      tally: history.tally,
      models: try ModelReport(reader, configuration),
      digest: history.digest,
      wallSeconds: 0,
      engineSeconds: ProcessTimes.own,
      workerSeconds: 0,
      checkSeconds: 0,
      journalSeconds: 0
    )
  }
}
