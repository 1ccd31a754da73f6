import Foundation
import FunSearch
import PythonSyntax

/// What can still be read of a journal that was cut or overwritten: the events up to the first that is not whole.
package enum Salvage {
  /// What was saved, and where the damaged file is now.
  package struct Report: Hashable, Sendable {
    /// Steps that were kept.
    package let steps: Int
    /// The damaged file, as it was.
    package let damaged: String
  }

  /// Puts a journal with the whole events in the place of a damaged one, which is kept beside it.
  ///
  /// - Parameters:
  ///   - path: the journal.
  ///   - wallTime: seconds since 1970.
  /// - Returns: what was kept.
  /// - Throws: ``JournalError/lost(path:detail:)`` when not even the run's settings can be read.
  package static func make(_ path: String, wallTime: Double) throws(JournalError) -> Report {
    let (metadata, islands, events, calls) = try read(path)
    let unfinished = path + ".salvaged"
    try JournalFile.remove(unfinished)
    let journal = try SQLiteJournal.create(
      unfinished,
      islands: islands,
      metadata: metadata,
      now: { ContinuousClock.now }
    )
    try journal.append(events)
    for call in calls { try journal.keep(call, wallTime: wallTime) }
    let steps = events.count { if case .committed = $0 { true } else { false } }
    try journal.record(RunEvent(.salvaged, wallTime: wallTime, detail: "\(steps) steps of a damaged file"))
    try journal.close()
    let damaged = unusedName(path + ".damaged")
    try JournalError.wrapping(path) {
      let files = FileManager.default
      if files.fileExists(atPath: path + "-wal") {
        try files.moveItem(atPath: path + "-wal", toPath: damaged + "-wal")
      }
      if files.fileExists(atPath: path + "-shm") { try files.removeItem(atPath: path + "-shm") }
      try files.copyItem(atPath: path, toPath: damaged)
      guard unsafe rename(unfinished, path) == 0 else { throw JournalError.readOnly(path: path) }
    }
    return Report(steps: steps, damaged: damaged)
  }

  private static func unusedName(_ name: String) -> String {
    guard FileManager.default.fileExists(atPath: name) else { return name }
    var number = 2
    while FileManager.default.fileExists(atPath: "\(name)-\(number)") { number += 1 }
    return "\(name)-\(number)"
  }

  private static func read(
    _ path: String
  ) throws(JournalError) -> (
    metadata: [String: String], islands: Int, events: [SearchEvent], calls: [JournaledCall]
  ) {
    // SQLite refuses a file that was cut; made as long as it was, it reads until the first page that is missing.
    let copy = path + ".reading"
    try JournalFile.remove(copy)
    do {
      let result = try JournalError.wrapping(path) {
        try JournalFile.copyWhole(path, to: copy)
        let reader = try RunReader(copy)
        let metadata = try reader.metadata()
        guard try reader.founder() != nil else {
          throw JournalError.lost(path: path, detail: "the specification's own program cannot be read")
        }
        return (metadata, reader.islands, wholeEvents(reader), wholeCalls(reader))
      }
      try JournalFile.remove(copy)
      return result
    } catch {
      try JournalFile.remove(copy)
      if case .damaged(_, let detail) = error { throw .lost(path: path, detail: detail) }
      throw error
    }
  }

  /// Events in order, until one is missing or not whole.
  private static func wholeEvents(_ reader: RunReader) -> [SearchEvent] {
    var events: [SearchEvent] = []
    var committed = Array(repeating: 0, count: reader.islands)
    do {
      try reader.singleEvents { event in
        if case .committed(let record) = event {
          let island = record.step.island.number
          guard committed.indices.contains(island), committed[island] == record.step.step, isWhole(record)
          else { throw Ending() }
          committed[island] += 1
        }
        events.append(event)
      }
    } catch {
      // This is where the damage begins: what was read before is what there is.
      return events
    }
    return events
  }

  /// Calls of models in order, until one cannot be read.
  private static func wholeCalls(_ reader: RunReader) -> [JournaledCall] {
    var calls: [JournaledCall] = []
    do {
      try reader.modelCalls { calls.append($0) }
    } catch {
      return calls
    }
    return calls
  }

  private struct Ending: Error {}

  /// Whether the program is the one that its hash names.
  private static func isWhole(_ record: StepRecord) -> Bool {
    if record.isDiscarded { return DiscardedAnswer.hash(ofText: record.source) == record.hash }
    let code = try? ProgramCode(
      encodedFunction: record.encodedFunction,
      encodedSupport: record.encodedSupport
    )
    guard let code else { return false }
    return code.function.contentHash(support: code.support) == record.hash && code.source == record.source
  }
}
