import Experiment
import Foundation

/// Where a long result goes: a file, or standard output.
///
/// Lines are collected and written in large pieces.
final class OutputFile {
  private let handle: FileHandle
  private let name: String
  private var collected: [UInt8] = []

  /// The file at `path`, made anew; standard output for nil.
  init(_ path: String?) throws(RunError) {
    name = path ?? "standard output"
    guard let path else {
      handle = .standardOutput
      return
    }
    guard FileManager.default.createFile(atPath: path, contents: nil),
      let file = FileHandle(forWritingAtPath: path)
    else { throw RunError("\(path) cannot be written; choose another --output") }
    handle = file
  }

  func write(_ text: String) throws(RunError) {
    collected += text.utf8
    if collected.count >= 1 << 16 { try flush() }
  }

  /// Writes what is left.
  func close() throws(RunError) { try flush() }

  private func flush() throws(RunError) {
    do {
      try handle.write(contentsOf: Data(collected))
    } catch {
      throw RunError("\(name) cannot be written: \(error.localizedDescription)")
    }
    collected.removeAll(keepingCapacity: true)
  }
}
