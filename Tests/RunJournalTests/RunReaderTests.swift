import Foundation
import FunSearch
import GRDB
import RunJournal
import Testing

@Suite("A reader of a journal")
struct RunReaderTests {
  @Test("finds steps, the best, counts and metadata, while a journal is open")
  func queries() throws {
    let folder = try TemporaryFolder()
    let journal = try newJournal(folder, islands: 10)
    try journal.append((0..<600).map { .committed(realisticStep($0)) })
    try journal.flush()
    try journal.record(RunEvent(.started, wallTime: 1.5, detail: "{}"), changing: ["workers": "4"])
    let reader = try RunReader(folder.journal)
    #expect(try reader.count() == 600)
    #expect(try reader.failuresByKind() == [.exception: 200])
    #expect(
      try reader.top(3).map(\.step.description)
        == [499, 497, 496].map { "island \($0 % 10), step \($0 / 10)" }
    )
    #expect(try reader.step(ProgramID(8))?.source == realisticStep(7).source)
    #expect(try reader.step(ProgramID(601)) == nil)
    #expect(try reader.founder() == nil)
    #expect(
      try reader.metadata() == ["format": "3", "islands": "10", "problem": "cap-set", "workers": "4"]
    )
    #expect(try reader.runEvents() == [RunEvent(.started, wallTime: 1.5, detail: "{}")])
    try reader.checkIntegrity()
    var sources = 0
    try reader.events(withSources: false) { event in
      if case .committed(let step) = event, !step.source.isEmpty { sources += 1 }
    }
    #expect(sources == 0)
  }

  @Test("hands out events page by page, the same as at once", arguments: [1, 7, 64, 200, 10_000])
  func pages(size: Int) throws {
    let folder = try TemporaryFolder()
    var records = RandomRecords(seed: 9)
    let events = records.events(200) + [.reset(records.reset())]
    let journal = try newJournal(folder)
    try journal.append(events)
    try journal.flush()
    let pages = EventPages(try RunReader(folder.journal), size: size, withSources: true)
    var read = try pages.next().map(described)
    // What is committed after the first page belongs to none.
    try journal.append([.committed(records.step())])
    try journal.flush()
    while true {
      let page = try pages.next()
      if page.isEmpty { break }
      #expect(page.count { if case .committed = $0 { true } else { false } } <= size)
      read += page.map(described)
    }
    #expect(difference(read, events) == nil)
    #expect(try pages.next().isEmpty)
  }

  @Test("hands out a founder that no step follows")
  func pagesOfFounder() throws {
    let folder = try TemporaryFolder()
    var records = RandomRecords(seed: 10)
    let journal = try newJournal(folder)
    let pages = EventPages(try RunReader(folder.journal), withSources: false)
    #expect(try pages.next().isEmpty)
    try journal.append([.founded(records.founder())])
    try journal.flush()
    #expect(try EventPages(try RunReader(folder.journal), withSources: false).next().count == 1)
  }

  @Test("says what is wrong with a file, and what to do")
  func broken() throws {
    let folder = try TemporaryFolder()
    let url = URL(fileURLWithPath: folder.journal)
    #expect(
      message(folder) { _ = try RunReader(folder.journal) }
        == "Results/run.sqlite: no such run. Check the name, or see the runs there are with `funsearch list`."
    )
    try Data().write(to: url)
    #expect(
      message(folder) { _ = try RunReader(folder.journal) }
        == """
        Results/run.sqlite: this is not the journal of a run (the file is empty). Give the folder of a run.
        """
    )
    try Data("hello".utf8).write(to: url)
    #expect(
      message(folder) { _ = try SQLiteJournal.open(folder.journal, now: still()) }
        == """
        Results/run.sqlite: this is not the journal of a run (not an SQLite file). Give the folder of a run.
        """
    )
    try FileManager.default.removeItem(at: url)
    try DatabaseQueue(path: folder.journal).write { try $0.execute(sql: "CREATE TABLE t (x)") }
    #expect(
      message(folder) { _ = try RunReader(folder.journal) }
        == """
        Results/run.sqlite: this is not the journal of a run (an SQLite file of another program). \
        Give the folder of a run.
        """
    )
    try DatabaseQueue(path: folder.journal).write {
      try $0.execute(sql: "PRAGMA application_id = 0x46756E53; PRAGMA user_version = 7")
    }
    #expect(
      message(folder) { _ = try SQLiteJournal.open(folder.journal, now: still()) }
        == """
        Results/run.sqlite: written in format 7, and this version reads formats up to 3. \
        Use the version that wrote it, or a later one.
        """
    )
    #expect(
      message(folder) { _ = try newJournal(folder) }
        == "Results/run.sqlite: a run is there already. Resume it, or give the new run another name."
    )
  }

  @Test("reports a file that was cut, and never crashes", arguments: [50, 100, 4096, 5000, 40_000, 70_000])
  func cut(length: Int) throws {
    let folder = try TemporaryFolder()
    let journal = try newJournal(folder, islands: 10)
    try journal.append((0..<300).map { .committed(realisticStep($0)) })
    try journal.close()
    let url = URL(fileURLWithPath: folder.journal)
    try Data(contentsOf: url).prefix(length).write(to: url)
    let answer = message(folder) {
      let reader = try RunReader(folder.journal)
      try reader.events { _ in }
      try reader.checkIntegrity()
    }
    #expect(answer.hasPrefix("Results/run.sqlite: the file is damaged ("), "\(answer)")
  }
}

@Suite("The lock of a run")
struct RunLockTests {
  @Test("is held by one at a time, who is named, and is given back")
  func lock() throws {
    let folder = try TemporaryFolder()
    #expect(RunLock.holder(of: folder.path) == nil)
    do {
      let first = try RunLock(folder.path, started: Date(timeIntervalSince1970: 0))
      let process = ProcessInfo.processInfo
      let holder = "process \(process.processIdentifier) on \(process.hostName) since 1970-01-01T00:00:00Z"
      #expect(
        message(folder) { _ = try RunLock(folder.path, started: Date()) }
          == "Results: in use by \(holder). Wait until it ends, or stop it."
      )
      #expect(RunLock.holder(of: folder.path) == holder)
      withExtendedLifetime(first) {}
    }
    #expect(RunLock.holder(of: folder.path) == nil)
    _ = try RunLock(folder.path, started: Date())
  }
}
