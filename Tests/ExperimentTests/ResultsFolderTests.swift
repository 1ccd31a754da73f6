import Experiment
import Foundation
import Testing

@Suite("The folder of results")
struct ResultsFolderTests {
  private static func makeRun(_ results: ResultsFolder, _ problem: String, _ name: String?) throws
    -> RunFolder
  {
    let run = try results.makeRun(problem: problem, name: name)
    try FileManager.default.createDirectory(atPath: run.frozenProblem, withIntermediateDirectories: false)
    try run.write("", to: run.journal)
    return run
  }

  @Test("numbers runs of a problem from 0001, past the highest there is")
  func numbersRuns() throws {
    let folder = try TemporaryFolder()
    let results = ResultsFolder(path: folder.path)
    #expect(try Self.makeRun(results, "caps", nil).name == "0001")
    #expect(try Self.makeRun(results, "caps", nil).name == "0002")
    #expect(try Self.makeRun(results, "sets", nil).path == "\(folder.path)/sets/0001")
    #expect(try Self.makeRun(results, "caps", "0041").name == "0041")
    #expect(try Self.makeRun(results, "caps", nil).name == "0042")
    #expect(try Self.makeRun(results, "caps", "99999").name == "99999")
    #expect(try Self.makeRun(results, "caps", nil).name == "100000")
  }

  @Test(
    "refuses names that are no plain words",
    arguments: ["", ".", "..", "../a", "a/b", "-a", "a b", "é", "a\n"]
  )
  func refusesNames(_ name: String) throws {
    let folder = try TemporaryFolder()
    #expect(throws: RunError.self) {
      try ResultsFolder(path: folder.path).makeRun(problem: "caps", name: name)
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
  }

  @Test("never gives a folder twice")
  func givesFolderOnce() throws {
    let folder = try TemporaryFolder()
    let results = ResultsFolder(path: folder.path)
    _ = try Self.makeRun(results, "caps", "a")
    let error = #expect(throws: RunError.self) { try results.makeRun(problem: "caps", name: "a") }
    #expect(error?.description.contains("funsearch resume \(folder.path)/caps/a") == true)
  }

  @Test("finds a run by problem and name, by name alone, by problem, by path, or the newest")
  func findsRuns() throws {
    let folder = try TemporaryFolder()
    let results = ResultsFolder(path: folder.path)
    let first = try Self.makeRun(results, "caps", "a")
    let second = try Self.makeRun(results, "caps", "b")
    let other = try Self.makeRun(results, "sets", "b")
    let runs = [other, second, first]
    for (age, run) in runs.enumerated() {
      try FileManager.default.setAttributes(
        [.modificationDate: Date(timeIntervalSince1970: 1e9 - Double(age))],
        ofItemAtPath: run.frozenProblem
      )
    }
    #expect(try results.runs() == runs.reversed())
    #expect(try results.run(named: nil) == other)
    #expect(try results.run(named: "caps/b") == second)
    #expect(try results.run(named: "a") == first)
    #expect(try results.run(named: "caps") == second)
    #expect(try results.run(named: "\(folder.path)/caps/a").path == first.path)
    #expect(try results.run(named: "\(folder.path)/caps/a/run.sqlite").path == first.path)
    #expect(try results.run(named: "\(folder.path)/caps/a/").path == first.path)
    let ambiguous = #expect(throws: RunError.self) { try results.run(named: "b") }
    #expect(ambiguous?.description.contains("caps/b, sets/b") == true)
    let unknown = #expect(throws: RunError.self) { try results.run(named: "caps/c") }
    #expect(unknown?.description.contains("did you mean \"caps/") == true)
  }

  @Test("passes over what is no run")
  func passesOver() throws {
    let folder = try TemporaryFolder()
    try FileManager.default.createDirectory(
      atPath: "\(folder.path)/caps/notes",
      withIntermediateDirectories: true
    )
    try FileManager.default.createDirectory(
      atPath: "\(folder.path)/records/caps",
      withIntermediateDirectories: true
    )
    #expect(try ResultsFolder(path: folder.path).runs().isEmpty)
    #expect(try ResultsFolder(path: "\(folder.path)/nowhere").runs().isEmpty)
    #expect(throws: RunError.self) { try ResultsFolder(path: folder.path).run(named: nil) }
  }
}
