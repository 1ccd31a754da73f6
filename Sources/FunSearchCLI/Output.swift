import Foundation
import Reports

/// Writes to standard output and standard error.
enum Output {
  /// One line of result, or several; on a terminal no text of a run moves the cursor.
  static func line(_ text: String) {
    write((isatty(1) == 1 ? ReportText.visible(text) : text) + "\n", to: .standardOutput)
  }

  /// One line that is not the result: progress, notes.
  static func note(_ text: String) {
    write((isTerminal ? ReportText.visible(text) : text) + "\n", to: .standardError)
  }

  /// One line of result with colours in it, its text made harmless before.
  static func coloured(_ text: String) {
    write(text + "\n", to: .standardOutput)
  }

  /// Text that replaces the live line of a terminal.
  static func live(_ text: String) {
    raw("\r\u{1B}[K" + text)
  }

  /// Text for a terminal, as it is.
  static func raw(_ text: String) {
    write(text, to: .standardError)
  }

  /// A reader that went away, as `head` does, is no reason to end a run: what it would have read is dropped.
  private static func write(_ text: String, to file: FileHandle) {
    do {
      try file.write(contentsOf: Data(text.utf8))
    } catch {
      return
    }
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
