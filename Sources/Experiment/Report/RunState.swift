package import RunJournal

/// Whether a run goes on, or how it ended.
package enum RunState: Hashable, Sendable {
  case running
  case finished
  case stopped
  /// It ended without a word, as by a kill.
  case killed

  package init(_ events: [RunEvent], isRunning: Bool) {
    if isRunning {
      self = .running
    } else {
      switch events.last?.kind {
      case .finished: self = .finished
      case .interrupted: self = .stopped
      default: self = .killed
      }
    }
  }

  package var text: String {
    switch self {
    case .running: "running"
    case .finished: "finished"
    case .stopped: "stopped"
    case .killed: "killed"
    }
  }
}
