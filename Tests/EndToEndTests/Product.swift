import Foundation
import PythonSyntax
import Testing

/// The built `funsearch`, run as its users run it: as a process of its own.
enum Product {
  /// Beside the tests' own executable, or where FUNSEARCH_BINARY says.
  static let path: String = {
    if let path = ProcessInfo.processInfo.environment["FUNSEARCH_BINARY"] { return path }
    var folder = URL(fileURLWithPath: testExecutable).resolvingSymlinksInPath().deletingLastPathComponent()
    while folder.path != "/" {
      let product = folder.appendingPathComponent("funsearch").path
      var isFolder: ObjCBool = false
      if unsafe FileManager.default.fileExists(atPath: product, isDirectory: &isFolder), !isFolder.boolValue {
        return product
      }
      folder.deleteLastPathComponent()
    }
    preconditionFailure("no funsearch above \(testExecutable); build it, or set FUNSEARCH_BINARY")
  }()

  private static var testExecutable: String {
    let files = FileManager.default
    return (try? files.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
      ?? Bundle(for: Running.self).bundlePath
  }

  /// Runs `funsearch` in `folder` to its end.
  static func run(_ arguments: String..., in folder: Folder) async throws -> Finished {
    try await run(arguments, in: folder)
  }

  /// Runs `funsearch` in `folder` to its end.
  static func run(_ arguments: [String], in folder: Folder) async throws -> Finished {
    try await run(path, arguments, in: folder)
  }

  /// Runs another program, found on the path, in `folder` to its end.
  static func run(tool: String, _ arguments: String..., in folder: Folder) async throws -> Finished {
    try await run(tool: tool, arguments, in: folder)
  }

  /// The same; `NAME=value` in the place of the tool sets a variable for the program that follows.
  static func run(tool: String, _ arguments: [String], in folder: Folder) async throws -> Finished {
    try await run("/usr/bin/env", [tool] + arguments, in: folder)
  }

  /// Waits on a thread of its own, so that no thread of other tests is held.
  private static func run(_ executable: String, _ arguments: [String], in folder: Folder) async throws
    -> Finished
  {
    try await withCheckedThrowingContinuation { continuation in
      Thread.detachNewThread {
        continuation.resume(
          with: Result { try Running(executable, arguments, in: folder.path).finish() }
        )
      }
    }
  }

  /// Starts `funsearch` in `folder`.
  static func start(_ arguments: [String], in folder: Folder) throws -> Running {
    try Running(path, arguments, in: folder.path)
  }
}

/// A process that came to its end.
struct Finished: CustomStringConvertible {
  /// Exit code, or 128 and the signal that ended it.
  let status: Int32
  let output: String
  let errors: String

  var description: String { "status \(status)\nout: \(output.prefix(4000))\nerr: \(errors.prefix(4000))" }

  /// Standard output as JSON; every line one value.
  var lines: [JSONValue] {
    get throws { try output.split(separator: "\n").map { try JSONValue(parsing: String($0)) } }
  }

  /// Standard output as the one JSON value it is.
  var json: JSONValue {
    get throws { try JSONValue(parsing: output) }
  }

  /// The last JSON line: how a run ended.
  var last: JSONValue {
    get throws { try #require(try lines.last, "no JSON lines\n\(self)") }
  }

  /// The digest in the last JSON line.
  var digest: String {
    get throws { try #require(try last["digest"]?.string, "no digest\n\(self)") }
  }
}

/// A process under way, whose output is read line by line.
final class Running {
  private let process = Process()
  private let output = Pipe()
  private let errors: URL
  private var text = Data()

  init(_ executable: String, _ arguments: [String], in folder: String) throws {
    errors = FileManager.default.temporaryDirectory.appendingPathComponent("errors-\(UUID().uuidString)")
    try Data().write(to: errors)
    process.executableURL = URL(fileURLWithPath: executable)
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = try FileHandle(forWritingTo: errors)
    try process.run()
  }

  deinit {
    if process.isRunning { kill(SIGKILL) }
    try? FileManager.default.removeItem(at: errors)
  }

  var identifier: Int32 { process.processIdentifier }

  var isRunning: Bool { process.isRunning }

  /// The first line that was read.
  var firstLine: String { String(decoding: text.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self) }

  /// Reads until `count` lines of output are there, or the output's end.
  func read(lines count: Int) {
    while text.count(where: { $0 == UInt8(ascii: "\n") }) < count {
      let more = output.fileHandleForReading.availableData
      guard !more.isEmpty else { return }
      text += more
    }
  }

  /// A line of the output read so far, from 0, as JSON.
  func json(ofLine place: Int) throws -> JSONValue {
    let lines = String(decoding: text, as: UTF8.self).split(separator: "\n")
    return try JSONValue(parsing: String(try #require(lines.dropFirst(place).first)))
  }

  func kill(_ signal: Int32) {
    _ = Foundation.kill(identifier, signal)
  }

  /// Reads the rest of the output and waits for the end.
  func finish() throws -> Finished {
    text += output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    let status = process.terminationStatus
    return Finished(
      status: process.terminationReason == .exit ? status : 128 + status,
      output: String(decoding: text, as: UTF8.self),
      errors: String(decoding: try Data(contentsOf: errors), as: UTF8.self)
    )
  }
}
