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
    /// The run it was forked from; nil for one that was started from nothing.
    package let origin: RunOrigin?
  }

  package init(_ folder: RunFolder) {
    self.folder = folder
    do {
      let reader = try RunReader(folder.journal)
      let metadata = try reader.metadata()
      let isRunning = RunLock.holder(of: folder.path) != nil
      let last = try reader.runEvents().last
      let ended = last?.kind == .finished ? "finished" : "stopped"
      let best = try reader.top(1).first?.outcome.total
      content = .readable(
        Readable(
          state: isRunning ? "running" : ended,
          steps: try reader.count(),
          best: try best ?? (try reader.founder()?.scores.total),
          seed: metadata["search.seed"] ?? "?",
          islands: reader.islands,
          origin: try RunOrigin.all(metadata, path: reader.path).last
        )
      )
    } catch {
      content = .unreadable("\(error)")
    }
  }
}
