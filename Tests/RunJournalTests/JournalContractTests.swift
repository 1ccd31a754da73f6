import Foundation
import FunSearch
import FunSearchTestSupport
import RunJournal
import Testing

/// A journal and a way to read it back; each implementation is held to the same contract.
enum JournalKind: String, CaseIterable, CustomTestStringConvertible {
  case memory
  case sqlite

  var testDescription: String { rawValue }

  /// An empty journal, and what reads its events as text.
  func make(_ folder: TemporaryFolder) throws -> (journal: any Journal, events: () throws -> [String]) {
    switch self {
    case .memory:
      let journal = MemoryJournal()
      return (journal, { journal.events.map(described) })
    case .sqlite:
      let journal = try newJournal(folder, group: 16)
      return (journal, { try journaled(folder.journal) })
    }
  }
}

@Suite("A journal, in memory or in SQLite")
struct JournalContractTests {
  @Test(
    "gives back what was flushed, in the order of appending",
    arguments: JournalKind.allCases,
    0..<6 as Range<UInt64>
  )
  func givesBack(_ kind: JournalKind, seed: UInt64) throws {
    let folder = try TemporaryFolder()
    let (journal, read) = try kind.make(folder)
    var records = RandomRecords(seed: seed)
    var random = RandomStream(seed: seed, island: 0, step: 1, purpose: .tool)
    let events = records.events(150)
    var place = 0
    while place < events.count {
      let next = min(events.count, place + random.integer(below: 40))
      try journal.append(Array(events[place..<next]))
      place = next
      // What is read at any time is what was appended first.
      let found = try read()
      #expect(difference(found, events.prefix(found.count)) == nil)
      if random.chance(0.2) {
        try journal.flush()
        #expect(try read().count == place)
      }
    }
    try journal.flush()
    #expect(difference(try read(), events) == nil)
  }

  @Test("is empty at first, and takes nothing for an append of nothing", arguments: JournalKind.allCases)
  func isEmpty(_ kind: JournalKind) throws {
    let folder = try TemporaryFolder()
    let (journal, read) = try kind.make(folder)
    #expect(try read().isEmpty)
    try journal.append([])
    try journal.flush()
    try journal.flush()
    #expect(try read().isEmpty)
  }
}
