import FunSearch
import RunJournal

/// One line about a run, read without its steps.
package struct RunOverview: Sendable {
  package let folder: RunFolder
  package let content: Content

  /// What could be read.
  package enum Content: Sendable {
    case readable(Readable)
    case unreadable(String)
  }

  /// A run whose journal can be read.
  package struct Readable: Sendable {
    /// `running`, `stopped` or how it ended.
    package let state: String
    package let steps: Int
    package let best: Double?
    package let seed: String
    package let islands: Int
    /// When it was started, in seconds since 1970.
    package let started: Double?
    /// The run it was forked from; nil for one that was started from nothing.
    package let origin: RunOrigin?
  }

  package init(_ folder: RunFolder) {
    self.folder = folder
    do {
      let reader = try RunReader(folder.journal)
      let metadata = try reader.metadata()
      let isRunning = RunLock.holder(of: folder.path) != nil
      let events = try reader.runEvents()
      let ended = events.last?.kind == .finished ? "finished" : "stopped"
      content = .readable(
        Readable(
          state: isRunning ? "running" : ended,
          steps: try reader.quickCount(),
          best: try reader.bestTotal(),
          seed: metadata["search.seed"] ?? "?",
          islands: reader.islands,
          started: events.first?.wallTime,
          origin: try RunOrigin.all(metadata, path: reader.path).last
        )
      )
    } catch {
      content = .unreadable("\(error)")
    }
  }
}
