package import FunSearch
import GRDB
import Synchronization

/// The events a journal holds when the first page is read, in order, so that the next page can be read while one is
/// worked on.
package final class EventPages: Sendable {
  private let reader: RunReader
  private let size: Int
  private let withSources: Bool
  /// Nil before the first page.
  private let place = Mutex<EventPlace?>(nil)

  /// - Parameters:
  ///   - reader: the journal.
  ///   - size: steps in a page.
  ///   - withSources: false leaves ``StepRecord/source`` empty, which reads faster.
  package init(_ reader: RunReader, size: Int = 2048, withSources: Bool) {
    precondition(size > 0, "a page holds a step")
    self.reader = reader
    self.size = size
    self.withSources = withSources
  }

  /// The next events; empty after the last.
  package func next() throws(JournalError) -> [SearchEvent] {
    try place.withLock { (place) throws(JournalError) in
      var events: [SearchEvent] = []
      events.reserveCapacity(size)
      try reader.read { db in
        if place == nil { place = try EventPlace(reader, db, withSources: withSources) }
        try place?.read(db, limit: size) { events.append($1) }
      }
      return events
    }
  }
}

/// How far the events of a journal were read.
struct EventPlace: Sendable {
  private var decoder: StepDecoder
  /// The events that are no steps, from here on.
  private var others: ArraySlice<(sequence: Int, event: SearchEvent)>
  /// The last step read.
  private var last = 0
  /// The last step to read.
  private let end: Int

  init(_ reader: RunReader, _ db: Database, withSources: Bool) throws {
    others = try (reader.founders(db) + reader.resets(db)).sorted { $0.sequence < $1.sequence }[...]
    decoder = try StepDecoder(db, path: reader.path, withSources: withSources)
    end = try Int.fetchOne(db, sql: "SELECT coalesce(max(sequence), 0) FROM step") ?? 0
  }

  /// Hands the next events to `body`, each with its place in the history.
  ///
  /// - Parameters:
  ///   - db: the journal.
  ///   - limit: the most steps; nil for all there are.
  ///   - body: what it throws ends the reading.
  /// - Throws: what `body` throws, or what is wrong with the journal.
  mutating func read(_ db: Database, limit: Int?, _ body: (Int, SearchEvent) throws -> Void) throws {
    let rows = try PreparedStatement(
      db,
      sql: """
        SELECT \(StepDecoder.columns)
        WHERE step.sequence > ? AND step.sequence <= ? ORDER BY step.sequence LIMIT ?
        """
    )
    defer { rows.reset() }
    rows.bind(last, at: 1)
    rows.bind(end, at: 2)
    rows.bind(limit ?? -1, at: 3)
    while try rows.next() {
      let sequence = rows.integer(0)
      while let other = others.first, other.sequence < sequence {
        try body(other.sequence, other.event)
        others.removeFirst()
      }
      try body(sequence, .committed(decoder.step(rows)))
      last = sequence
    }
    guard last == end else { return }
    for other in others { try body(other.sequence, other.event) }
    others.removeAll()
  }
}
