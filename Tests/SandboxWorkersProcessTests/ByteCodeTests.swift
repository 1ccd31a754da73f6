import Foundation
import Testing

@testable import SandboxWorkers

extension ProcessTests {
  @Suite("The byte code of the worker's files")
  struct ByteCodeTests {
    /// Byte code by file name, after Python was looked for.
    private static func compiled(_ folder: URL) async throws -> [String: Data] {
      _ = try await PythonInterpreter.find(compiling: folder.path) {
        ["PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": "/"][$0]
      }
      let cache = folder.appendingPathComponent("__pycache__")
      let files = (try? FileManager.default.contentsOfDirectory(atPath: cache.path)) ?? []
      return Dictionary(
        uniqueKeysWithValues: try files.map { ($0, try Data(contentsOf: cache.appendingPathComponent($0))) }
      )
    }

    @Test("is kept beside them, and made anew when one changes")
    func isKept() async throws {
      let folder = FileManager.default.temporaryDirectory.appendingPathComponent("funsearch-\(UUID())")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      defer { #expect(throws: Never.self) { try FileManager.default.removeItem(at: folder) } }
      let source = folder.appendingPathComponent("worker.py")
      try Data("answer = 1\n".utf8).write(to: source)
      try Data("no Python at all\n".utf8).write(to: folder.appendingPathComponent("broken.py"))
      let first = try await Self.compiled(folder)
      let name = try #require(first.keys.first)
      #expect(first.count == 1 && name.hasPrefix("worker."))
      #expect(try await Self.compiled(folder) == first)
      try Data("answer = 1000\n".utf8).write(to: source)
      #expect(try await Self.compiled(folder)[name] != first[name])
    }

    @Test("is done without where the folder is none")
    func isOptional() async throws {
      let missing = FileManager.default.temporaryDirectory.appendingPathComponent("funsearch-\(UUID())")
      #expect(try await Self.compiled(missing).isEmpty)
    }
  }
}
