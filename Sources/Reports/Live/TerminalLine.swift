/// A line for a terminal: stretches of text, some of them emphasised.
package struct TerminalLine: Hashable, Sendable {
  /// How a stretch stands out.
  package enum Emphasis: Int, Hashable, Sendable {
    case none = 0
    case bold = 1
    case faint = 2
    case red = 31
    case green = 32
    case yellow = 33
    case cyan = 36
  }

  private var parts: [(text: String, emphasis: Emphasis)] = []

  package init() {}

  package init(_ text: String, _ emphasis: Emphasis = .none) {
    add(text, emphasis)
  }

  package static func == (a: TerminalLine, b: TerminalLine) -> Bool {
    a.rendered(colour: true) == b.rendered(colour: true)
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(plain) }

  /// Puts text behind what there is; control characters become visible, each of one column.
  package mutating func add(_ text: String, _ emphasis: Emphasis = .none) {
    parts.append((Self.harmless(text), emphasis))
  }

  /// Columns it takes.
  package var width: Int { parts.reduce(0) { $0 + $1.text.unicodeScalars.count } }

  /// Without emphasis.
  package var plain: String { parts.map(\.text).joined() }

  /// The line as far as it fits, with `…` where it was cut.
  package func cut(to columns: Int, mark: Character = "…") -> TerminalLine {
    guard width > columns else { return self }
    var left = max(0, columns - 1)
    var line = TerminalLine()
    for (text, emphasis) in parts where left > 0 {
      var view = String.UnicodeScalarView()
      view.append(contentsOf: text.unicodeScalars.prefix(left))
      left -= view.count
      line.parts.append((String(view), emphasis))
    }
    if columns > 0 { line.parts.append((String(mark), .none)) }
    return line
  }

  /// As it is written to a terminal.
  package func rendered(colour: Bool) -> String {
    guard colour else { return plain }
    return parts.map { text, emphasis in
      emphasis == .none ? text : "\u{1B}[\(emphasis.rawValue)m\(text)\u{1B}[0m"
    }.joined()
  }

  /// Text of which every scalar takes one column: what would move the cursor, join or take two becomes `?`.
  static func harmless(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars { result.append(isNarrow(scalar) ? scalar : "?") }
    return String(result)
  }

  private static func isNarrow(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x20...0x7E: true
    // Latin, Greek and Cyrillic letters, arrows, mathematical signs, blocks: all but marks that join.
    case 0xA1...0xAC, 0xAE...0x2FF, 0x370...0x482, 0x48A...0x52F, 0x2010...0x2027, 0x2030...0x205E,
      0x2190...0x22FF,
      0x2500...0x259F:
      true
    default: false
    }
  }
}
