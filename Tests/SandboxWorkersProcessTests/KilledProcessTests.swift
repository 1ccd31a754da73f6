import Foundation
import FunSearch
import PythonSyntax
import Testing

@testable import SandboxWorkers

extension ProcessTests {
  /// Without isolation a specification can do what somebody outside does to its process: kill it.
  @Suite("A worker whose processes somebody kills")
  struct KilledProcessTests {
    /// Python that kills its own process each time it is run, as long as there is a folder left to remove.
    private static func killing(_ counter: String) -> String {
      """
      import os
      for name in os.listdir("\(counter)")[:1]:
          os.rmdir("\(counter)/" + name)
          os.kill(os.getpid(), 9)

      """
    }

    private static func counter(_ kills: Int) throws -> String {
      let path = FileManager.default.temporaryDirectory.path + "/kills-\(UUID().uuidString)"
      for kill in 0..<kills {
        try FileManager.default.createDirectory(atPath: path + "/\(kill)", withIntermediateDirectories: true)
      }
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
      return path
    }

    private static func pool(_ source: String) async throws -> SandboxPool {
      let problem = ToyProblem.problem(source: source)
      return try await SandboxPool(problem: problem, folder: nil, plan: Fixture.plan(.none), workers: 1)
    }

    @Test("loads its specification again, and says so when that is killed time after time", arguments: 0...3)
    func loading(kills: Int) async throws {
      let counter = try Self.counter(kills)
      let pool = try await Self.pool(Self.killing(counter) + ToyProblem.source)
      if kills < 3 {
        _ = try await pool.prepare()
      } else {
        let error = await #expect(throws: SandboxError.self) { try await pool.prepare() }
        guard case .worker(let message) = error else {
          Issue.record("\(String(describing: error))")
          return
        }
        #expect(message.contains("killed"), "\(message)")
      }
      await pool.stop()
    }

    @Test("evaluates again", arguments: 0...2)
    func evaluating(kills: Int) async throws {
      let counter = try Self.counter(kills)
      let body = Self.killing(counter).split(separator: "\n").map { "    \($0)\n" }.joined()
      let source = ToyProblem.source.replacing("    values =", with: body + "    values =")
      let pool = try await Self.pool(source)
      let evaluation = try await pool.evaluate(ToyProblem.product(3))
      #expect(kills < 2 ? evaluation.scores == [3, 6] : evaluation.failure?.kind == .workerLost)
      await pool.stop()
    }

    @Test("evaluates again when the candidate's own process is killed", arguments: 0...2)
    func candidate(kills: Int) async throws {
      let counter = try Self.counter(kills)
      let pool = try await Self.pool(ToyProblem.source)
      let evaluation = try await pool.evaluate(ToyProblem.job("return 2 * x", before: Self.killing(counter)))
      #expect(kills < 2 ? evaluation.scores == [2, 4] : evaluation.failure?.kind == .crash, "\(evaluation)")
      await pool.stop()
    }

    @Test("is no fault of the source it was to read")
    func reading() async throws {
      let folder = FileManager.default.temporaryDirectory.path + "/lost-\(UUID().uuidString)"
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      defer { try? FileManager.default.removeItem(atPath: folder) }
      // It greets, and is gone when it is asked.
      try """
      import os
      ready = b'{"event":"ready","protocol":1,"python":"3","implementation":"cpython","level":0,"layers":[]}'
      os.write(1, len(ready).to_bytes(4, "little") + ready)
      os.read(0, 4)
      os.kill(os.getpid(), 9)
      """.write(toFile: folder + "/worker.py", atomically: true, encoding: .utf8)
      let plan = try await Fixture.plan(.none)
      let reader = try SourceReader(
        plan: IsolationPlan(
          launcher: .nothing,
          python: plan.python,
          sandboxFolder: folder,
          choice: .none,
          isRoot: plan.isRoot,
          findings: []
        )
      )
      let error = await #expect(throws: SandboxError.self) {
        try await reader.describe(path: "specification.py", source: "x = 1\n")
      }
      guard case .worker(let message) = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect(message.contains("twice") && message.contains("signal 9"), "\(message)")
      await reader.stop()
    }
  }
}
