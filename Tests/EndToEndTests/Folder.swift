import Foundation
import PythonSyntax

/// A folder of a test's own, gone when the test ends.
final class Folder: Sendable {
  let path: String

  init() throws {
    let root = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
    path = root.appendingPathComponent("funsearch-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// The absolute path of a file in it.
  func file(_ name: String) -> String { "\(path)/\(name)" }

  func holds(_ name: String) -> Bool { FileManager.default.fileExists(atPath: file(name)) }

  /// Names of what is in one of its folders, sorted; empty when it is not there.
  func names(in name: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: file(name))) ?? []).sorted()
  }

  /// Writes a file, and the folders above it.
  func write(_ text: String, to name: String) throws {
    let url = URL(fileURLWithPath: file(name))
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(),
      withIntermediateDirectories: true
    )
    try Data(text.utf8).write(to: url)
  }

  func bytes(of name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(fileURLWithPath: file(name))))
  }

  func json(of name: String) throws -> JSONValue { try JSONValue(parsing: try bytes(of: name)) }

  func remove(_ name: String) throws { try FileManager.default.removeItem(atPath: file(name)) }

  func move(_ name: String, to target: String) throws {
    try FileManager.default.moveItem(atPath: file(name), toPath: target)
  }
}
