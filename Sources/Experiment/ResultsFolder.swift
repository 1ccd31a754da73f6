import Foundation
import FunSearch
import RunJournal

/// A run that cannot be started, found or read as asked.
package struct RunError: Error, Hashable, CustomStringConvertible {
  package let description: String
  package let cause: Cause

  /// Where to look for the mistake.
  package enum Cause: Sendable {
    /// In what was asked for: the command's own words.
    case usage
    /// In a file: problem, program, certificate or frozen copy.
    case data
    /// In the circumstances: no such run, a folder that is taken or cannot be written.
    case circumstances
  }

  package init(_ description: String, in cause: Cause = .circumstances) {
    self.description = description
    self.cause = cause
  }
}

/// The folder of all runs: `Results/PROBLEM/RUN`.
package struct ResultsFolder: Sendable {
  package let path: String

  package init(path: String) {
    self.path = path
  }

  /// All runs by name; folders without a journal are passed over, and no journal is opened.
  package func folders() -> [RunFolder] {
    folders(in: path).filter { $0 != "records" }.flatMap { problem in
      folders(in: "\(path)/\(problem)").map { name in
        RunFolder(path: "\(path)/\(problem)/\(name)", problem: problem, name: name)
      }
    }.filter { FileManager.default.fileExists(atPath: $0.journal) }
  }

  /// All runs, oldest first; folders without a journal are passed over.
  package func runs() throws(RunError) -> [RunFolder] {
    let runs = folders().compactMap { run in run.started.map { (started: $0, run: run) } }
    return runs.sorted { ($0.started, $0.run.path) < ($1.started, $1.run.path) }.map(\.run)
  }

  /// The run meant by a folder, by PROBLEM/RUN, by PROBLEM (its newest) or by nothing (the newest of all).
  package func run(named name: String?) throws(RunError) -> RunFolder {
    let all = try runs()
    guard let name else {
      guard let newest = all.last else {
        throw RunError("\(path) holds no runs; start one with: funsearch run cap-set --islands 8")
      }
      return newest
    }
    if let run = all.last(where: { "\($0.problem)/\($0.name)" == name || $0.problem == name }) { return run }
    let named = all.filter { $0.name == name }
    if named.count == 1 { return named[0] }
    if named.count > 1 {
      let choices = named.map { "\($0.problem)/\($0.name)" }.joined(separator: ", ")
      throw RunError("\(name) is the name of several runs: \(choices); say which")
    }
    if let run = RunFolder(existing: name) { return run }
    let names = all.map { "\($0.problem)/\($0.name)" }
    let hint = nearestName(to: name, in: names).map { "; did you mean \"\($0)\"?" } ?? ""
    throw RunError("there is no run \"\(name)\" in \(path)\(hint); funsearch list shows all runs")
  }

  /// Makes the folder of a new run, under `name` or the next free number.
  package func makeRun(problem: String, name: String?) throws(RunError) -> RunFolder {
    let parent = "\(path)/\(problem)"
    if let name {
      try check(name)
      try make(parent, withParents: true)
      try make("\(parent)/\(name)", withParents: false)
      return RunFolder(path: "\(parent)/\(name)", problem: problem, name: name)
    }
    try make(parent, withParents: true)
    var number = (folders(in: parent).compactMap { Int($0) }.max() ?? 0) + 1
    while true {
      let digits = String(number)
      let name = String(repeating: "0", count: max(0, 4 - digits.count)) + digits
      if unsafe mkdir("\(parent)/\(name)", 0o755) == 0 {
        return RunFolder(path: "\(parent)/\(name)", problem: problem, name: name)
      }
      // Another process took the number between the look and the making.
      guard errno == EEXIST else { throw failure("\(parent)/\(name)") }
      number += 1
    }
  }

  /// Refuses a name that could not be that of a run.
  package func check(_ name: String) throws(RunError) {
    guard name.wholeMatch(of: /[A-Za-z0-9][A-Za-z0-9._-]*/) != nil else {
      throw RunError(
        "--name \(name): a run's name has letters, digits, dots, dashes and underscores only",
        in: .usage
      )
    }
  }

  private func make(_ folder: String, withParents: Bool) throws(RunError) {
    if withParents {
      do {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      } catch {
        throw RunError("\(folder) cannot be made: \(error.localizedDescription); choose another --results")
      }
    } else if unsafe mkdir(folder, 0o755) != 0 {
      guard errno == EEXIST else { throw failure(folder) }
      // Left by a process that ended before its journal was there.
      let isEmpty = !FileManager.default.fileExists(atPath: "\(folder)/run.sqlite")
      if isEmpty, RunLock.holder(of: folder) == nil { return }
      throw RunError(
        "there is a run at \(folder) already; go on with it by: funsearch resume \(folder), or choose "
          + "another --name"
      )
    }
  }

  private func failure(_ folder: String) -> RunError {
    RunError("\(folder) cannot be made: \(unsafe String(cString: strerror(errno)))")
  }

  private func folders(in path: String) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    return names.filter { name in
      var isFolder: ObjCBool = false
      return unsafe FileManager.default.fileExists(atPath: "\(path)/\(name)", isDirectory: &isFolder)
        && isFolder.boolValue
    }.sorted()
  }
}
