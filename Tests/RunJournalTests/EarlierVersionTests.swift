import Foundation
import FunSearch
import GRDB
import RunJournal
import Testing

/// A run made by an earlier format, and what is known of it (Tests/RunJournalTests/Fixtures/README.md).
struct EarlierRun: Sendable, CustomTestStringConvertible {
  let format: Int
  /// Where its journal is, in the folder of fixtures.
  let journal: String
  let steps: Int
  let historyLength: Int
  let refuted: Int
  let resets: Int
  let founderScore: Double
  let ending: RunEventKind

  static let format1 = EarlierRun(
    format: 1,
    journal: "format-1.sqlite",
    steps: 45,
    historyLength: 45,
    refuted: 0,
    resets: 2,
    founderScore: 16,
    ending: .finished
  )

  static let format2 = EarlierRun(
    format: 2,
    journal: "format-2/run.sqlite",
    steps: 142,
    historyLength: 141,
    refuted: 13,
    resets: 5,
    founderScore: 10,
    ending: .interrupted
  )

  var testDescription: String { "format \(format)" }

  /// A folder with a copy of the journal: reading one makes files beside it.
  func copy() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    let fixtures = URL(fileURLWithPath: #filePath).appendingPathComponent("../Fixtures").standardizedFileURL
    try FileManager.default.copyItem(
      at: fixtures.appendingPathComponent(journal),
      to: URL(fileURLWithPath: folder.journal)
    )
    return folder
  }
}

@Suite("The journal of an earlier version")
struct EarlierVersionTests {
  private static let runs: [EarlierRun] = [.format1, .format2]

  @Test("is read as it was written", arguments: runs)
  func isRead(_ run: EarlierRun) throws {
    let folder = try run.copy()
    let reader = try RunReader(folder.journal)
    #expect(try reader.metadata()["format"] == String(run.format) && reader.islands == 3)
    #expect(try reader.count() == run.steps)
    #expect(try reader.historyLength(target: nil) == run.historyLength)
    #expect(try reader.runEvents().map(\.kind) == [.started, run.ending])
    #expect(try reader.founder()?.scores.total == run.founderScore)
    var (resets, refuted) = (0, 0)
    try reader.events { event in
      switch event {
      case .founded: break
      case .reset: resets += 1
      case .committed(let record): refuted += record.refuted == nil ? 0 : 1
      }
    }
    #expect(resets == run.resets)
    #expect(refuted == run.refuted)
  }

  @Test("is gone on with in today's format, with every event as it was", arguments: runs)
  func isMigrated(_ run: EarlierRun) throws {
    let folder = try run.copy()
    let before = try journaled(folder.journal)
    let journal = try SQLiteJournal.open(folder.journal, now: still())
    try journal.record(RunEvent(.resumed, wallTime: 0))
    try journal.close()
    #expect(try journaled(folder.journal) == before)
    try RunReader(folder.journal).checkIntegrity()
    let new = try TemporaryFolder()
    try newJournal(new, islands: 3).close()
    #expect(try Shape(folder.journal) == Shape(new.journal))
  }
}

/// What two journals of one format have in common: its number, stated twice, and their tables.
private struct Shape: Equatable {
  let format: Int?
  let stated: String?
  let migrations: [String]
  let tables: [String]

  init(_ path: String) throws {
    let queue = try DatabaseQueue(path: path)
    (format, stated, migrations, tables) = try queue.read { db in
      (
        try Int.fetchOne(db, sql: "PRAGMA user_version"),
        try String.fetchOne(db, sql: "SELECT value FROM run WHERE key = 'format'"),
        try String.fetchAll(db, sql: "SELECT identifier FROM grdb_migrations ORDER BY rowid"),
        try String.fetchAll(
          db,
          sql: "SELECT name || ' ' || coalesce(sql, '') FROM sqlite_master ORDER BY type, name"
        )
      )
    }
  }
}
