package import FunSearch
package import RunJournal

/// The canonical history of a run, read once from its journal: what it counts and its digest.
package struct HistorySummary: Sendable {
  package let founder: FounderRecord
  package let tally: RunTally
  package let digest: String

  /// Reads the history.
  ///
  /// - Parameters:
  ///   - reader: the run's journal.
  ///   - target: the score that ends the run, if it has one.
  /// - Throws: ``RunError`` when nothing was evaluated yet, or what is wrong with the journal.
  package init(_ reader: RunReader, target: Double?) throws {
    guard let founder = try reader.founder() else {
      throw RunError("\(reader.path) holds no program yet: the run ended before its first evaluation")
    }
    self.founder = founder
    var tally = RunTally(founder: founder)
    var digest = HistoryDigest(founder: founder)
    try reader.history(length: try reader.historyLength(target: target)) { event in
      switch event {
      case .founded: break
      case .committed(let record):
        tally.add(record, islands: reader.islands)
        digest.add(record)
      case .reset(let record): digest.add(record)
      }
    }
    self.tally = tally
    self.digest = digest.finish()
  }
}
