import Synchronization

/// A journal that keeps its events in memory, for searches that need not outlive the process.
public final class MemoryJournal: Journal {
  private let stored = Mutex<[SearchEvent]>([])

  /// An empty journal.
  public init() {}

  /// Keeps events in order.
  public func append(_ events: [SearchEvent]) throws {
    stored.withLock { $0 += events }
  }

  /// Does nothing: there is nothing to wait for.
  public func flush() throws {}

  /// Everything that was appended.
  public var events: [SearchEvent] { stored.withLock { $0 } }
}
