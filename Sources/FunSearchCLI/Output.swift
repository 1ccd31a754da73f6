import Foundation

/// Writes to standard output and standard error.
enum Output {
  /// One line of result.
  static func line(_ text: String) {
    FileHandle.standardOutput.write(Data((text + "\n").utf8))
  }

  /// One line that is not the result: progress, notes.
  static func note(_ text: String) {
    FileHandle.standardError.write(Data((text + "\n").utf8))
  }

  /// One line of JSON, keys sorted.
  static func json(_ value: some Encodable) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    line(String(decoding: try encoder.encode(value), as: UTF8.self))
  }

  /// Whether people read standard error on a terminal.
  static var isTerminal: Bool { isatty(2) == 1 }
}
