import Foundation

/// The folder of one experiment, `Results/experiments/NAME`: its runs, in `PROBLEM/METHOD-SEED` as in any folder of
/// runs, and what came of them.
package struct ExperimentFolder: Hashable, Sendable {
  package let path: String
  package let name: String

  package init(results: String, name: String) {
    path = "\(results)/experiments/\(name)"
    self.name = name
  }

  /// Everything, for programs.
  package var report: String { "\(path)/experiment.json" }
  /// One line a run.
  package var runs: String { "\(path)/runs.csv" }
  /// One line a method.
  package var methods: String { "\(path)/methods.csv" }

  /// Curves and tables, for people.
  package var page: String { "\(path)/experiment.html" }

  /// The run of one method and seed; nil where it was not begun.
  func run(_ cell: ExperimentPlan.Cell, problem: String) -> RunFolder? {
    RunFolder(existing: "\(path)/\(problem)/\(cell.run)").map { _ in
      RunFolder(path: "\(path)/\(problem)/\(cell.run)", problem: problem, name: cell.run)
    }
  }

  func make() throws(RunError) {
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw RunError("\(path) cannot be made: \(error.localizedDescription); choose another --results")
    }
  }

  /// Writes a file so that it is there whole or not at all.
  func write(_ text: String, to file: String) throws(RunError) {
    do {
      try Data(text.utf8).write(to: URL(fileURLWithPath: file), options: .atomic)
    } catch {
      throw RunError("\(file) cannot be written: \(error.localizedDescription)")
    }
  }
}
