import Foundation
import FunSearch
import GRDB
import PythonSyntax
import RunJournal
import Testing

@Suite("A journal in SQLite")
struct SQLiteJournalTests {
  @Test("gives back every event as it was, in order", arguments: 0..<20 as Range<UInt64>)
  func roundTrip(seed: UInt64) throws {
    let folder = try TemporaryFolder()
    var records = RandomRecords(seed: seed)
    let events = records.events(300)
    let journal = try newJournal(folder, group: 1 + Int(seed) * 7)
    try journal.append(events)
    try journal.close()
    let found = difference(try journaled(folder.journal), events)
    #expect(found == nil, "seed \(seed)")
  }

  @Test("is continued after being closed or killed")
  func continued() throws {
    let folder = try TemporaryFolder()
    var records = RandomRecords(seed: 7)
    let events = records.events(100)
    let first = try newJournal(folder, group: 10)
    try first.append(Array(events[..<50]))
    try first.close()
    let second = try SQLiteJournal.open(folder.journal, now: still())
    #expect(second.islands == 4)
    try second.append(Array(events[50...]))
    try second.flush()
    let found = difference(try journaled(folder.journal), events)
    #expect(found == nil)
  }

  @Test("shows committed groups after a kill, and nothing of the others")
  func kill() throws {
    let folder = try TemporaryFolder()
    let after = try TemporaryFolder()
    var records = RandomRecords(seed: 3)
    let events = records.events(200)
    let journal = try newJournal(folder, group: 64)
    for event in events { try journal.append([event]) }
    // What a kill leaves: the file and its log, without a close.
    for file in ["run.sqlite", "run.sqlite-wal"] {
      try FileManager.default.copyItem(atPath: folder.path + "/" + file, toPath: after.path + "/" + file)
    }
    let found = difference(try journaled(after.journal), events.prefix(events.count / 64 * 64))
    #expect(found == nil)
    try journal.flush()
    #expect(try journaled(folder.journal).count == events.count)
  }

  @Test("drops the torn tail of its log and keeps the rest, wherever it is cut")
  func torn() throws {
    let folder = try TemporaryFolder()
    var records = RandomRecords(seed: 4)
    let events = records.events(60)
    let journal = try newJournal(folder, group: 8)
    for event in events { try journal.append([event]) }
    let file = try Data(contentsOf: URL(fileURLWithPath: folder.journal))
    let log = try Data(contentsOf: URL(fileURLWithPath: folder.journal + "-wal"))
    var random = RandomStream(seed: 1, island: 0, step: 0, purpose: .tool)
    var last = 0
    let cuts = (0..<40).map { _ in random.integer(below: log.count) }.sorted()
    for cut in cuts {
      let after = try TemporaryFolder()
      try file.write(to: URL(fileURLWithPath: after.journal))
      try log.prefix(cut).write(to: URL(fileURLWithPath: after.journal + "-wal"))
      guard let read = try? journaled(after.journal) else {
        // Only before the log held the tables themselves.
        #expect(last == 0, "cut at \(cut)")
        continue
      }
      let found = difference(read, events.prefix(read.count))
      #expect(found == nil, "cut at \(cut)")
      #expect(read.count >= last)
      last = read.count
    }
    #expect(last > 40)
  }

  @Test("commits when the first event has waited long enough")
  func delay() throws {
    let folder = try TemporaryFolder()
    let clock = ManualClock()
    let journal = try SQLiteJournal.create(
      folder.journal,
      islands: 4,
      metadata: [:],
      grouping: .init(events: 1000, delay: .milliseconds(50)),
      now: clock.now
    )
    var records = RandomRecords(seed: 5)
    try journal.append([.committed(records.step())])
    clock.advance(.milliseconds(49))
    try journal.append([.committed(records.step())])
    #expect(try RunReader(folder.journal).count() == 0)
    clock.advance(.milliseconds(1))
    try journal.append([.committed(records.step())])
    #expect(try RunReader(folder.journal).count() == 3)
  }

  @Test("refuses a step that is there, and keeps what was committed")
  func doubled() throws {
    let folder = try TemporaryFolder()
    var records = RandomRecords(seed: 6)
    let step = SearchEvent.committed(records.step())
    let journal = try newJournal(folder)
    try journal.append([step])
    try journal.flush()
    #expect(
      message(folder) {
        try journal.append([.committed(records.step()), step]); try journal.flush()
      }
        == """
        Results/run.sqlite: the journal refused a record (UNIQUE constraint failed: step.program). \
        Nothing of its group was written.
        """
    )
    #expect(try RunReader(folder.journal).count() == 1)
  }

  @Test("keeps a body once, and each spelling of it")
  func bodies() throws {
    let folder = try TemporaryFolder()
    var records = RandomRecords(seed: 8)
    let journal = try newJournal(folder)
    let events = records.events(2000)
    try journal.append(events)
    try journal.close()
    let (bodies, hashes) = try DatabaseQueue(path: folder.journal).read { db in
      (
        try Int.fetchOne(db, sql: "SELECT count(*) FROM body WHERE support = x''"),
        try Int.fetchOne(db, sql: "SELECT count(DISTINCT hash) FROM body WHERE support = x''")
      )
    }
    #expect(bodies == 64 * 2 + 1 || bodies == 64 * 2)
    #expect(hashes == 65 || hashes == 64)
  }

  @Test("has named migrations, an application number and a format")
  func migrations() throws {
    let folder = try TemporaryFolder()
    try newJournal(folder).close()
    let (names, application, format) = try DatabaseQueue(path: folder.journal).read { db in
      (
        try String.fetchAll(db, sql: "SELECT identifier FROM grdb_migrations"),
        try Int.fetchOne(db, sql: "PRAGMA application_id"),
        try Int.fetchOne(db, sql: "PRAGMA user_version")
      )
    }
    #expect(
      names == [
        "format 1: run, body, founder, step, reset, founding, claim, artifact, event",
        "format 2: refutation",
        "format 3: model_request, model_call",
      ]
    )
    #expect(application == 0x4675_6E53)
    #expect(format == 3)
  }

  @Test("takes at most 1 KB a step")
  func size() throws {
    let folder = try TemporaryFolder()
    let journal = try newJournal(folder, islands: 10)
    let steps = 20_000
    for number in 0..<steps { try journal.append([.committed(realisticStep(number))]) }
    try journal.close()
    let bytes = try FileManager.default.attributesOfItem(atPath: folder.journal)[.size] as? Int ?? .max
    #expect(bytes <= steps * 1024, "\(bytes / steps) bytes a step")
  }
}
