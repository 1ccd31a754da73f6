/// Text that is safe inside HTML and SVG: programs and messages are hostile.
package enum ReportText {
  /// The text with every character that HTML or XML reads as markup replaced, control characters made visible.
  package static func escaped(_ text: String) -> String {
    var result = ""
    result.reserveCapacity(text.utf8.count)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      default: result.unicodeScalars.append(isHidden(scalar) ? "\u{FFFD}" : scalar)
      }
    }
    return result
  }

  /// The text as a terminal may be given it: what would move the cursor or hide a part is made visible.
  package static func visible(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isHidden) else { return text }
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars { result.append(isHidden(scalar) ? "\u{FFFD}" : scalar) }
    return String(result)
  }

  /// Controls other than ends of lines and tabs, and marks that turn the direction of the text behind them, which would
  /// show another program.
  private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09, 0x0A: false
    case 0..<0x20, 0x7F...0x9F, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true
    default: false
    }
  }

  /// The beginning of a text, and how much is left out.
  ///
  /// - Parameters:
  ///   - text: any text, in which one character may be as long as all of it.
  ///   - limit: the most Unicode scalars that are kept.
  /// - Returns: the beginning, and the number of scalars behind it.
  package static func start(of text: String, _ limit: Int) -> (text: String, left: Int) {
    let scalars = text.unicodeScalars
    guard let end = scalars.index(scalars.startIndex, offsetBy: limit, limitedBy: scalars.endIndex),
      end < scalars.endIndex
    else { return (text, 0) }
    return (String(scalars[..<end]), scalars.distance(from: end, to: scalars.endIndex))
  }

  /// The beginning of a text, with `…` where it was cut.
  package static func shortened(_ text: String, to limit: Int = 300) -> String {
    let (start, left) = start(of: text, limit)
    return left > 0 ? start + "…" : start
  }
}
