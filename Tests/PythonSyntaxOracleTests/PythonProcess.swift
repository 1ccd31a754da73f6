import Foundation

/// A Python script of this target's fixtures that exchanges lines of JSON.
///
/// It runs as long as the value is used; the script ends when its input does.
final class PythonProcess {
  private let process = Process()
  private let input = Pipe()
  private let output = Pipe()
  private var pending = Data()

  init(script: String, _ arguments: [String]) throws {
    let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    let sandbox = tests.deletingLastPathComponent().deletingLastPathComponent().appending(path: "Sandbox")
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments =
      ["python3", "-s", "-B", tests.appending(path: "Fixtures/\(script)").path, sandbox.path] + arguments
    process.environment = ProcessInfo.processInfo.environment.merging(["PYTHONIOENCODING": "utf-8"]) { $1 }
    process.standardInput = input
    process.standardOutput = output
    try process.run()
  }

  /// The next line of output without its newline; nil at the end.
  func readLine() throws -> [UInt8]? {
    var searched = pending.startIndex
    while true {
      if let end = pending[searched...].firstIndex(of: 0x0A) {
        let line = Array(pending[..<end])
        pending = Data(pending[(end + 1)...])
        return line
      }
      searched = pending.endIndex
      let more = output.fileHandleForReading.availableData
      guard !more.isEmpty else { return nil }
      pending.append(more)
    }
  }

  func write(_ line: [UInt8]) throws {
    try input.fileHandleForWriting.write(contentsOf: Data(line + [0x0A]))
  }

  func finish() throws -> Int32 {
    try input.fileHandleForWriting.close()
    process.waitUntilExit()
    return process.terminationStatus
  }
}
