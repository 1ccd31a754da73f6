package import Experiment
import FunSearch
import RunJournal

/// All runs of a Results folder: looked up by name among those that are there, never by a path from outside.
package actor RunCatalog {
  private let results: ResultsFolder
  private var overviews: [RunFolder: (stamp: FileStamp, isRunning: Bool, content: RunOverview.Content)] = [:]
  private var boards: [(folder: RunFolder, stamp: FileStamp, board: RunBoard)] = []

  /// Runs whose index is kept, those asked for last.
  private static let mostBoards = 16

  package init(_ results: ResultsFolder) {
    self.results = results
  }

  /// One run of the list.
  package struct Line: Sendable {
    package let folder: RunFolder
    package let content: RunOverview.Content

    /// `PROBLEM/RUN`.
    package var name: String { "\(folder.problem)/\(folder.name)" }

    /// `running`, `stopped`, `finished` or `unreadable`.
    package var state: String { readable?.state ?? "unreadable" }

    package var readable: RunOverview.Readable? {
      if case .readable(let run) = content { run } else { nil }
    }
  }

  /// The runs whose name or state has all words of `search` in it, in order.
  package func list(_ order: RunListOrder = .newest, search: String = "") -> [Line] {
    let words = search.lowercased().split(whereSeparator: \.isWhitespace)
    let folders = results.folders()
    let known = Set(folders)
    overviews = overviews.filter { known.contains($0.key) }
    let lines = folders.map { Line(folder: $0, content: content($0)) }.filter { line in
      let text = "\(line.name) \(line.state)".lowercased()
      return words.allSatisfy { text.contains($0) }
    }
    return order.sorted(lines)
  }

  private func content(_ folder: RunFolder) -> RunOverview.Content {
    let isRunning = RunLock.holder(of: folder.path) != nil
    guard let stamp = FileStamp(journal: folder.journal) else { return RunOverview(folder).content }
    if let known = overviews[folder], known.stamp == stamp, known.isRunning == isRunning {
      return known.content
    }
    let content = RunOverview(folder).content
    overviews[folder] = (stamp, isRunning, content)
    return content
  }

  /// The run with this name.
  ///
  /// - Throws: ``RequestError`` when there is none, ``JournalError`` when it cannot be read.
  package func board(_ problem: String, _ name: String) throws -> RunBoard {
    let folders = results.folders()
    guard let folder = folders.first(where: { $0.problem == problem && $0.name == name }) else {
      let names = folders.map { "\($0.problem)/\($0.name)" }
      let hint = nearestName(to: "\(problem)/\(name)", in: names).map { "; did you mean \($0)?" } ?? ""
      throw RequestError(.notFound, "there is no run \(problem)/\(name)\(hint)")
    }
    guard let stamp = FileStamp(journal: folder.journal) else {
      throw RequestError(.notFound, "the run \(problem)/\(name) was removed")
    }
    let known = boards.first { $0.folder == folder && $0.stamp.isSameFile(as: stamp) }
    let board = try known?.board ?? RunBoard(folder)
    boards.removeAll { $0.folder == folder }
    boards.insert((folder, stamp, board), at: 0)
    if boards.count > Self.mostBoards { boards.removeLast() }
    return board
  }
}

/// How the list of runs is sorted.
package enum RunListOrder: String, Hashable, Sendable, CaseIterable {
  case newest
  case name
  case best
  case steps
  case state

  /// The lines in this order; those that cannot be read come last.
  func sorted(_ lines: [RunCatalog.Line]) -> [RunCatalog.Line] {
    lines.sorted { a, b in
      guard let one = a.readable, let other = b.readable else {
        return (a.readable == nil ? 1 : 0, a.name) < (b.readable == nil ? 1 : 0, b.name)
      }
      switch self {
      case .newest: return (other.started ?? 0, a.name) < (one.started ?? 0, b.name)
      case .name: return a.name < b.name
      case .best: return (other.best ?? -.infinity, a.name) < (one.best ?? -.infinity, b.name)
      case .steps: return (other.steps, a.name) < (one.steps, b.name)
      case .state: return (Self.rank(one.state), a.name) < (Self.rank(other.state), b.name)
      }
    }
  }

  private static func rank(_ state: String) -> Int {
    switch state {
    case "running": 0
    case "stopped": 1
    default: 2
    }
  }
}
