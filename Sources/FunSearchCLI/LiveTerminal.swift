import Foundation
import Reports
import Synchronization

/// A block at the foot of a terminal that is drawn again in its place, below lines that stay.
///
/// The cursor rests below the block and no mode of the terminal is changed, so that there is nothing to restore however
/// the process ends.
final class LiveTerminal: Sendable {
  private let drawn = Mutex(Drawn())
  private let hasColour: Bool
  /// Whether letters beyond ASCII cannot be shown.
  let isPlain: Bool

  /// What stands on the terminal now.
  private struct Drawn {
    /// Of the block's lines.
    var widths: [Int] = []
    /// Of the terminal, when they were drawn; nil before the first time.
    var columns: Int?
  }

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
      let columns = view.columns
      // Where a terminal that changed its width has broken lines, it holds those that are written over them for parts
      // of one line, and joins them when it changes again, unless they were erased before.
      let erase = drawn.columns.map { $0 != columns } ?? false ? "\u{1B}[J" : ""
      let all = (lines + block).map { $0.rendered(colour: hasColour) + "\u{1B}[K\n" }
      Output.raw(Self.up(drawn.widths, columns) + erase + all.joined() + "\u{1B}[J")
      drawn = Drawn(widths: block.map(\.width), columns: columns)
    }
  }

  /// Takes the block away.
  func clear() {
    drawn.withLock { drawn in
      guard !drawn.widths.isEmpty else { return }
      Output.raw(Self.up(drawn.widths, view.columns) + "\u{1B}[J")
      drawn.widths = []
    }
  }

  /// Leaves the block where it is; what comes next stands below.
  func leave() {
    drawn.withLock { $0.widths = [] }
  }

  /// Moves to the first line of what was drawn, of which a terminal that became narrow has broken lines.
  private static func up(_ widths: [Int], _ columns: Int) -> String {
    let rows = widths.reduce(0) { $0 + max(1, ($1 + columns - 1) / max(1, columns)) }
    return rows > 0 ? "\r\u{1B}[\(rows)A" : "\r"
  }
}
