import Foundation
import RunJournal

/// The folder of one run: its journal, a frozen copy of the problem, the best program and its certificate.
package struct RunFolder: Hashable, Sendable {
  package let path: String
  package let problem: String
  package let name: String

  package init(path: String, problem: String, name: String) {
    self.path = path
    self.problem = problem
    self.name = name
  }

  /// The run in the folder at `path`; nil when it holds no journal.
  package init?(existing path: String) {
    let url = URL(fileURLWithPath: path).standardizedFileURL
    let folder = url.lastPathComponent == "run.sqlite" ? url.deletingLastPathComponent() : url
    self.init(
      path: folder.path,
      problem: folder.deletingLastPathComponent().lastPathComponent,
      name: folder.lastPathComponent
    )
    guard FileManager.default.fileExists(atPath: journal) else { return nil }
  }

  package var journal: String { "\(path)/run.sqlite" }
  /// The problem as it was when the run began.
  package var frozenProblem: String { "\(path)/problem" }
  package var bestProgram: String { "\(path)/best.py" }
  package var certificate: String { "\(path)/best.json" }
  /// What came of the run, as a page; its figures are in the folder `report` beside it.
  package var report: String { "\(path)/report.html" }

  /// Whether a process works on the run now.
  package var isRunning: Bool { RunLock.holder(of: path) != nil }

  /// When the run began, in seconds since 1970, as its journal says; nil without a journal.
  ///
  /// It orders lists and decides nothing else.
  package var started: Double? {
    guard FileManager.default.fileExists(atPath: journal) else { return nil }
    guard let reader = try? RunReader(journal), let event = try? reader.runEvents().first else { return 0 }
    return event.wallTime
  }

  /// Puts what is whole of a damaged journal in its place; nil when the journal is not damaged.
  func salvage() throws(JournalError) -> Salvage.Report? {
    do {
      let reader = try RunReader(journal)
      try reader.checkIntegrity()
      return nil
    } catch {
      guard case .damaged = error else { throw error }
      return try Salvage.make(journal, wallTime: Date().timeIntervalSince1970)
    }
  }

  /// Writes a file so that it is there whole or not at all.
  package func write(_ text: String, to file: String) throws(RunError) {
    do {
      try Data(text.utf8).write(to: URL(fileURLWithPath: file), options: .atomic)
    } catch {
      throw RunError("\(file) cannot be written: \(error.localizedDescription)")
    }
  }
}
