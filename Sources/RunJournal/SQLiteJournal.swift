import Foundation
package import FunSearch
import GRDB
import PythonSyntax
import Synchronization

/// The journal of a run in `run.sqlite`: events are collected and committed in groups.
///
/// After the death of this process everything committed is there; what was collected is not.
/// One process writes (``RunLock``); any number may read.
package final class SQLiteJournal: Journal {
  /// The file, as shown in messages.
  package let path: String
  /// Number of islands of the run, from which programs are numbered.
  package let islands: Int
  let queue: DatabaseQueue
  private let grouping: Grouping
  private let now: @Sendable () -> ContinuousClock.Instant
  private let state: Mutex<State>

  /// When collected events are committed.
  package struct Grouping: Sendable {
    /// Events in a group.
    package let events: Int
    /// The longest an event waits while further ones are appended.
    package let delay: Duration

    package init(events: Int = 256, delay: Duration = .milliseconds(50)) {
      precondition(events > 0, "a group has at least one event")
      self.events = events
      self.delay = delay
    }
  }

  private struct State {
    var pending: [SearchEvent] = []
    var oldest: ContinuousClock.Instant?
    var sequence: Int
    /// The newest row of each body in the file.
    var bodies: [TreeHash: Int]
    /// CPU time of the commits.
    var cpuNanoseconds: UInt64 = 0
  }

  /// Starts the journal of a new run.
  ///
  /// - Parameters:
  ///   - path: the file, which is not there yet, in a folder that is.
  ///   - islands: number of islands of the run.
  ///   - metadata: what the run was started with, by the keys in `Documentation/Journal.md`.
  ///   - grouping: when collected events are committed.
  ///   - now: the time, for grouping only.
  /// - Returns: the journal, with its tables and metadata committed.
  /// - Throws: ``JournalError/exists(path:)``, or when the file cannot be made.
  package static func create(
    _ path: String,
    islands: Int,
    metadata: [String: String],
    grouping: Grouping = Grouping(),
    now: @escaping @Sendable () -> ContinuousClock.Instant
  ) throws(JournalError) -> SQLiteJournal {
    precondition(islands > 0, "a run has at least one island")
    if FileManager.default.fileExists(atPath: path) { throw .exists(path: path) }
    var values = metadata
    values["format"] = String(Schema.version)
    values["islands"] = String(islands)
    // Made beside its place and moved there when whole, so that no kill leaves half a journal.
    let unfinished = path + ".new"
    try JournalFile.remove(unfinished)
    let queue = try JournalFile.writer(unfinished, create: true)
    try JournalError.wrapping(path) {
      try queue.write { db in try set(values, db) }
      try queue.close()
      try FileManager.default.moveItem(atPath: unfinished, toPath: path)
    }
    return try open(path, grouping: grouping, now: now)
  }

  /// Continues the journal of a run that is there.
  package static func open(
    _ path: String,
    grouping: Grouping = Grouping(),
    now: @escaping @Sendable () -> ContinuousClock.Instant
  ) throws(JournalError) -> SQLiteJournal {
    let queue = try JournalFile.writer(path, create: false)
    let (islands, state) = try JournalError.wrapping(path) {
      try queue.read { db in
        (
          try JournalFile.islands(db, path: path),
          State(sequence: try lastSequence(db), bodies: try EventWriter.bodies(db))
        )
      }
    }
    return SQLiteJournal(path, queue, islands: islands, state: state, grouping: grouping, now: now)
  }

  private init(
    _ path: String,
    _ queue: DatabaseQueue,
    islands: Int,
    state: State,
    grouping: Grouping,
    now: @escaping @Sendable () -> ContinuousClock.Instant
  ) {
    self.path = path
    self.islands = islands
    self.queue = queue
    self.grouping = grouping
    self.now = now
    self.state = Mutex(state)
  }

  /// Appends in order, and commits when a group is full or its first event has waited long enough.
  package func append(_ events: [SearchEvent]) throws(JournalError) {
    guard !events.isEmpty else { return }
    let time = now()
    try state.withLock { (state) throws(JournalError) in
      state.pending += events
      let oldest = state.oldest ?? time
      state.oldest = oldest
      if state.pending.count >= grouping.events || oldest.duration(to: time) >= grouping.delay {
        try commit(&state)
      }
    }
  }

  /// Commits what was collected.
  ///
  /// When the file refuses, nothing of the group is written and it stays collected: flush again when the
  /// cause is removed.
  package func flush() throws(JournalError) {
    try state.withLock { (state) throws(JournalError) in try commit(&state) }
  }

  /// Commits what was collected, then a turn in the life of the run.
  ///
  /// - Parameters:
  ///   - event: what happened.
  ///   - settings: what the run was started with and is changed by it, committed together with it.
  /// - Throws: ``JournalError`` when the file refuses.
  package func record(_ event: RunEvent, changing settings: [String: String] = [:]) throws(JournalError) {
    try state.withLock { (state) throws(JournalError) in
      try commit(&state)
      let sequence = state.sequence
      try JournalError.wrapping(path) {
        try queue.write { db in
          try Self.set(settings, db)
          try db.execute(
            sql: "INSERT INTO event (kind, sequence, wall_time, detail, digest) VALUES (?, ?, ?, ?, ?)",
            arguments: [event.kind.rawValue, sequence, event.wallTime, event.detail, event.digest]
          )
        }
      }
    }
  }

  /// Commits, folds the write-ahead log into the one file, and closes it.
  package func close() throws(JournalError) {
    try flush()
    try JournalError.wrapping(path) {
      // A reader at work keeps the log; then the last one to close folds it.
      _ = try queue.writeWithoutTransaction { try $0.checkpoint(.passive) }
      try queue.close()
    }
  }

  /// CPU time that commits took so far, in seconds.
  package var cpuSeconds: Double { state.withLock { Double($0.cpuNanoseconds) * 1e-9 } }

  /// CPU time of this thread, on which commits run, in nanoseconds.
  private static var threadCPU: UInt64 {
    var time = timespec()
    _ = unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }

  private func commit(_ state: inout State) throws(JournalError) {
    guard !state.pending.isEmpty else { return }
    let pending = state.pending
    let (last, bodies) = (state.sequence, state.bodies)
    let began = Self.threadCPU
    let (sequence, added) = try JournalError.wrapping(path) {
      try queue.write { db in
        var writer = try EventWriter(db, islands: islands, sequence: last, bodies: bodies)
        for event in pending { try writer.write(event) }
        return (writer.sequence, writer.added)
      }
    }
    state.cpuNanoseconds += Self.threadCPU - began
    state.sequence = sequence
    state.bodies.merge(added) { $1 }
    state.pending.removeAll(keepingCapacity: true)
    state.oldest = nil
  }

  private static func set(_ values: [String: String], _ db: Database) throws {
    for (key, value) in values.sorted(by: { $0.key < $1.key }) {
      try db.execute(
        sql: """
          INSERT INTO run (key, value) VALUES (?, ?)
          ON CONFLICT (key) DO UPDATE SET value = excluded.value
          """,
        arguments: [key, value]
      )
    }
  }

  private static func lastSequence(_ db: Database) throws -> Int {
    try Int.fetchOne(
      db,
      sql: """
        SELECT max(
          coalesce((SELECT max(sequence) FROM step), 0),
          coalesce((SELECT max(sequence) FROM founder), 0),
          coalesce((SELECT max(sequence) FROM reset), 0))
        """
    ) ?? 0
  }
}
