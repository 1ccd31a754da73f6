import Foundation
import Testing

@testable import SandboxWorkers

extension ProcessTests {
  @Suite("The version of numpy")
  struct NumpyVersionTests {
    /// The system's own Python, and the one that is first on PATH: their packages name versions in several ways.
    private static let interpreters = ["/usr/bin/python3", "python3"]

    @Test("is the one that the interpreter's packages say", arguments: interpreters)
    func version(_ python: String) async throws {
      guard python == "python3" || FileManager.default.isExecutableFile(atPath: python) else { return }
      let environment = ProcessInfo.processInfo.environment
      let found = try await PythonInterpreter.find { $0 == "FUNSEARCH_PYTHON" ? python : environment[$0] }
      let process = Process()
      process.executableURL = URL(filePath: "/usr/bin/env")
      process.arguments = [
        python, "-s", "-c",
        """
        from importlib import metadata
        try:
            print(metadata.version('numpy'))
        except metadata.PackageNotFoundError:
            print('none')
        """,
      ]
      let output = Pipe()
      process.standardOutput = output
      try process.run()
      let data = output.fileHandleForReading.readDataToEndOfFile()
      process.waitUntilExit()
      #expect((found.numpy ?? "none") + "\n" == String(decoding: data, as: UTF8.self))
    }
  }
}
