import Foundation
import Reports
import Synchronization

/// A block at the foot of a terminal that is drawn again in its place, below lines that stay.
///
/// The cursor rests below the block and no mode of the terminal is changed, so that there is nothing to restore however
/// the process ends.
final class LiveTerminal: Sendable {
  /// Widths of the lines that are drawn now.
  private let drawn = Mutex<[Int]>([])
  private let hasColour: Bool
  /// Whether letters beyond ASCII cannot be shown.
  let isPlain: Bool

  /// Nil where standard error is no terminal, or one that cannot move its cursor.
  init?() {
    let environment = ProcessInfo.processInfo.environment
    guard Output.isTerminal, let kind = environment["TERM"], !kind.isEmpty, kind != "dumb" else { return nil }
    hasColour = (environment["NO_COLOR"] ?? "").isEmpty
    isPlain = Self.isPlainLanguage
  }

  /// Whether the language of the environment has ASCII alone.
  static var isPlainLanguage: Bool {
    let environment = ProcessInfo.processInfo.environment
    let names = ["LC_ALL", "LC_CTYPE", "LANG"]
    let language = names.lazy.compactMap { environment[$0] }.first { !$0.isEmpty } ?? ""
    return !language.lowercased().replacing("-", with: "").contains("utf8")
  }

  /// How large the terminal is now.
  var view: LiveView {
    var size = winsize()
    let isKnown = unsafe ioctl(2, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
    return LiveView(
      columns: isKnown ? Int(size.ws_col) : 80,
      rows: isKnown && size.ws_row > 0 ? Int(size.ws_row) : 24,
      isPlain: isPlain
    )
  }

  /// Draws the block in the place of the one before, below new lines that stay.
  func draw(_ block: [TerminalLine], below lines: [TerminalLine] = []) {
    drawn.withLock { drawn in
      let all = (lines + block).map { $0.rendered(colour: hasColour) + "\u{1B}[K\n" }
      Output.raw(Self.up(drawn, view.columns) + all.joined() + "\u{1B}[J")
      drawn = block.map(\.width)
    }
  }

  /// Takes the block away.
  func clear() {
    drawn.withLock { drawn in
      guard !drawn.isEmpty else { return }
      Output.raw(Self.up(drawn, view.columns) + "\u{1B}[J")
      drawn = []
    }
  }

  /// Leaves the block where it is; what comes next stands below.
  func leave() {
    drawn.withLock { $0 = [] }
  }

  /// Moves to the first line of what was drawn, of which a terminal that became narrow has broken lines.
  private static func up(_ widths: [Int], _ columns: Int) -> String {
    let rows = widths.reduce(0) { $0 + max(1, ($1 + columns - 1) / max(1, columns)) }
    return rows > 0 ? "\r\u{1B}[\(rows)A" : "\r"
  }
}
