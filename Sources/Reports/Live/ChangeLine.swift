/// What changed between two programs, in one line.
package enum ChangeLine {
  /// `a + 1 → a * 2` where one line changed, else how many lines did, with the first of them.
  ///
  /// - Parameters:
  ///   - old: the parent's text.
  ///   - new: the child's.
  /// - Returns: one line; nil for equal texts.
  package static func text(from old: String, to new: String) -> String? {
    let lines = UnifiedDiff(from: old, to: new, context: 0).hunks.flatMap(\.lines)
    let removed = lines.compactMap { if case .removed(let text) = $0 { text } else { nil } }
    let added = lines.compactMap { if case .added(let text) = $0 { text } else { nil } }
    if removed.count == 1, added.count == 1 { return replacement(removed[0], added[0]) }
    guard let first = added.first ?? removed.first else { return nil }
    let counts = [removed.isEmpty ? nil : "-\(removed.count)", added.isEmpty ? nil : "+\(added.count)"]
    let mark = added.isEmpty ? "-" : "+"
    return "\(counts.compactMap { $0 }.joined(separator: " ")) lines: \(mark) \(trimmed(first))"
  }

  /// Both lines without the words that they begin and end with alike.
  private static func replacement(_ old: String, _ new: String) -> String {
    let (before, after) = (words(trimmed(old)), words(trimmed(new)))
    var start = 0
    while start < before.count, start < after.count, before[start] == after[start] { start += 1 }
    var end = 0
    while end < before.count - start, end < after.count - start,
      before[before.count - 1 - end] == after[after.count - 1 - end]
    {
      end += 1
    }
    // One word of what stands around says where it is.
    start = max(0, start - 2)
    end = max(0, end - 2)
    let (from, to) = (before[start..<before.count - end].joined(), after[start..<after.count - end].joined())
    let (left, right) = (start > 0 ? "…" : "", end > 0 ? "…" : "")
    return "\(left)\(trimmed(from))\(right) → \(left)\(trimmed(to))\(right)"
  }

  private static func trimmed(_ text: String) -> String {
    let start = text.drop { $0 == " " || $0 == "\t" }
    return String(start.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
  }

  /// Names and numbers as wholes, anything else letter by letter.
  private static func words(_ text: String) -> [String] {
    var words: [String] = []
    var isOpen = false
    for character in text {
      let isWord = character.isLetter || character.isNumber || character == "_" || character == "."
      if isWord, isOpen {
        words[words.count - 1].append(character)
      } else {
        words.append(String(character))
      }
      isOpen = isWord
    }
    return words
  }
}
