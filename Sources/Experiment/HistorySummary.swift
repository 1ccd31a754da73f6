package import FunSearch
package import RunJournal

/// The canonical history of a run: what it counts and its digest.
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
    var fold = HistoryFold(founder: founder, islands: reader.islands, target: target)
    try reader.history(length: try reader.historyLength(target: target)) { fold.add($0) }
    self = fold.summary
  }

  fileprivate init(founder: FounderRecord, tally: RunTally, digest: String) {
    self.founder = founder
    self.tally = tally
    self.digest = digest
  }
}

/// The canonical history of a run as it grows: a fold over events, in whatever order islands commit.
///
/// Steps beyond a gap wait until it is filled; with a target the history ends with the first confirmed program
/// that reached it (Documentation/History.md, "Which steps belong to it").
struct HistoryFold: Sendable {
  private let founder: FounderRecord
  private let islands: Int
  private let target: Double?
  private var order: CanonicalOrder
  private var tally: RunTally
  private var digest: HistoryDigest
  private var hasReachedTarget = false

  init(founder: FounderRecord, islands: Int, target: Double?) {
    self.founder = founder
    self.islands = islands
    self.target = target
    order = CanonicalOrder(islands: islands)
    tally = RunTally(founder: founder)
    digest = HistoryDigest(founder: founder)
  }

  mutating func add(_ event: SearchEvent) {
    guard !hasReachedTarget else { return }
    order.add(event)
    while !hasReachedTarget, let (record, reset) = order.next() {
      if let reset { digest.add(reset) }
      digest.add(record)
      tally.add(record, islands: islands)
      if let target, record.claim != nil, let total = record.outcome.total {
        hasReachedTarget = total >= target
      }
    }
  }

  /// The history so far.
  var summary: HistorySummary { HistorySummary(founder: founder, tally: tally, digest: digest.finish()) }
}
