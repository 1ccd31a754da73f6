import Foundation
package import FunSearch
import GRDB

/// Reads the journal of a run, while another process may write it.
package final class RunReader: Sendable {
  /// The file, as shown in messages.
  package let path: String
  /// Number of islands of the run.
  package let islands: Int
  let queue: DatabaseQueue

  /// - Throws: ``JournalError`` when there is no journal at `path`, or none that this version can read.
  package convenience init(_ path: String) throws(JournalError) {
    try self.init(path, try JournalFile.reader(path))
  }

  init(_ path: String, _ queue: DatabaseQueue) throws(JournalError) {
    self.path = path
    self.queue = queue
    islands = try JournalError.wrapping(path) {
      try queue.read { db in try JournalFile.islands(db, path: path) }
    }
  }

  /// What the run was started with, by the keys in `Documentation/Journal.md`.
  package func metadata() throws(JournalError) -> [String: String] {
    try read { db in
      var metadata: [String: String] = [:]
      let rows = try Row.fetchCursor(db, sql: "SELECT key, value FROM run")
      while let row = try rows.next() { metadata[row[0]] = row[1] as String }
      return metadata
    }
  }

  /// Turns in the life of the run, oldest first.
  package func runEvents() throws(JournalError) -> [RunEvent] {
    try read { db in
      try Row.fetchAll(db, sql: "SELECT kind, wall_time, detail, digest FROM event ORDER BY id").map { row in
        guard let kind = RunEventKind(rawValue: row[0]) else {
          throw damaged("unknown event \(row[0] as String)")
        }
        return RunEvent(kind, wallTime: row[1], detail: row[2], digest: row[3])
      }
    }
  }

  /// Number of committed steps.
  package func count() throws(JournalError) -> Int {
    try read { try Int.fetchOne($0, sql: "SELECT count(*) FROM step") ?? 0 }
  }

  /// Number of steps that failed, by kind; kinds that did not occur are left out.
  package func failuresByKind() throws(JournalError) -> [FailureKind: Int] {
    try read { db in
      var counts: [FailureKind: Int] = [:]
      let rows = try Row.fetchCursor(
        db,
        sql: "SELECT outcome, count(*) FROM step WHERE outcome <> 'scored' GROUP BY outcome"
      )
      while let row = try rows.next() {
        guard let kind = FailureKind(rawValue: row[0]) else {
          throw damaged("unknown outcome \(row[0] as String)")
        }
        counts[kind] = row[1]
      }
      return counts
    }
  }

  /// Checks every page and every constraint of the file.
  ///
  /// - Throws: ``JournalError/damaged(path:detail:)`` with the first thing that is wrong.
  package func checkIntegrity() throws(JournalError) {
    let findings = try read { try String.fetchAll($0, sql: "PRAGMA integrity_check(1)") }
    guard findings == ["ok"] else { throw damaged(findings.first ?? "no answer") }
  }

  /// Lets go of the file; the journal leaves no log beside it when it is closed after all readers.
  package func close() throws(JournalError) {
    try JournalError.wrapping(path) { try queue.close() }
  }

  func read<T>(_ body: (Database) throws -> T) throws(JournalError) -> T {
    try JournalError.wrapping(path) { try queue.read(body) }
  }

  func damaged(_ detail: String) -> JournalError {
    .damaged(path: path, detail: detail)
  }
}
