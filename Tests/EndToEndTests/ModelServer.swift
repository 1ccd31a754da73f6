import Foundation
import PythonSyntax

/// A language model's server for tests, in a process of its own; ended with this value.
final class ModelServer {
  /// What clients send, and no file of a run may hold.
  static let key = "sk-test-0123456789abcdef"

  let address: String
  private let process: Running
  private let log: String

  /// Its log is kept in `folder`; the options are those of `model_server.py`.
  init(_ options: String..., in folder: Folder) throws {
    let script = URL(fileURLWithPath: #filePath).appendingPathComponent("../Fixtures/model_server.py")
    log = folder.file("model-\(UUID().uuidString).log")
    let arguments = ["python3", script.standardizedFileURL.path, log] + options
    process = try Running("/usr/bin/env", arguments, in: folder.path)
    process.read(lines: 1)
    address = "http://127.0.0.1:\(process.firstLine)/v1"
  }

  deinit { process.kill(SIGKILL) }

  /// Ends it before its time.
  func stop() { process.kill(SIGKILL) }

  /// One object for each request that came in.
  var requests: [JSONValue] {
    get throws {
      guard let data = FileManager.default.contents(atPath: log) else { return [] }
      return try String(decoding: data, as: UTF8.self).split(separator: "\n").map {
        try JSONValue(parsing: String($0))
      }
    }
  }

  /// Arguments that name it as the model of a run.
  var arguments: [String] { ["--model", "stub", "--api-base", address] }
}
