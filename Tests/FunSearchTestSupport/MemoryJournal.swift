package import FunSearch
import Synchronization

/// A journal that keeps its events in memory.
package final class MemoryJournal: Journal {
  private let stored = Mutex<[SearchEvent]>([])

  package init() {}

  package func append(_ events: [SearchEvent]) throws {
    stored.withLock { $0 += events }
  }

  package func flush() throws {}

  package var events: [SearchEvent] { stored.withLock { $0 } }
}
