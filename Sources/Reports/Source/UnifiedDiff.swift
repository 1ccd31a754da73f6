/// What changed between two texts, line by line, in the form of `diff -u`.
package struct UnifiedDiff: Hashable, Sendable {
  /// Parts with changes, with up to three equal lines around each; empty for equal texts.
  package let hunks: [Hunk]

  /// Lines that follow each other in both texts.
  package struct Hunk: Hashable, Sendable {
    /// `@@ -1,4 +1,5 @@`.
    package let header: String
    package let lines: [Line]
  }

  /// One line, in the first text, the second or both.
  package enum Line: Hashable, Sendable {
    case same(String)
    case removed(String)
    case added(String)

    /// With the mark of `diff -u` in front.
    package var text: String {
      switch self {
      case .same(let text): " " + text
      case .removed(let text): "-" + text
      case .added(let text): "+" + text
      }
    }
  }

  package init(from old: String, to new: String, context: Int = 3) {
    let lines = Self.merged(Self.split(old), Self.split(new))
    var hunks: [Hunk] = []
    var open: Range<Int>?
    for (place, line) in lines.enumerated() {
      if case .same = line { continue }
      let range = max(0, place - context)..<min(lines.count, place + context + 1)
      if let last = open, range.lowerBound <= last.upperBound {
        open = last.lowerBound..<range.upperBound
      } else {
        if let open { hunks.append(Self.hunk(lines, open)) }
        open = range
      }
    }
    if let open { hunks.append(Self.hunk(lines, open)) }
    self.hunks = hunks
  }

  private static func split(_ text: String) -> [String] {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    if lines.last == "" { lines.removeLast() }
    return lines
  }

  /// Both texts as one list, what was removed before what took its place.
  private static func merged(_ old: [String], _ new: [String]) -> [Line] {
    var removed: Set<Int> = []
    var added: Set<Int> = []
    for change in new.difference(from: old) {
      switch change {
      case .remove(let offset, _, _): removed.insert(offset)
      case .insert(let offset, _, _): added.insert(offset)
      }
    }
    var lines: [Line] = []
    var (i, j) = (0, 0)
    while i < old.count || j < new.count {
      if removed.contains(i) {
        lines.append(.removed(old[i]))
        i += 1
      } else if added.contains(j) {
        lines.append(.added(new[j]))
        j += 1
      } else {
        lines.append(.same(old[i]))
        (i, j) = (i + 1, j + 1)
      }
    }
    return lines
  }

  private static func hunk(_ lines: [Line], _ range: Range<Int>) -> Hunk {
    func counts(_ lines: ArraySlice<Line>) -> (old: Int, new: Int) {
      lines.reduce(into: (0, 0)) { counts, line in
        switch line {
        case .same: counts = (counts.0 + 1, counts.1 + 1)
        case .removed: counts.0 += 1
        case .added: counts.1 += 1
        }
      }
    }
    let (before, inside) = (counts(lines[..<range.lowerBound]), counts(lines[range]))
    // A part of no lines is named by the line before it.
    let old = before.old + (inside.old > 0 ? 1 : 0)
    let new = before.new + (inside.new > 0 ? 1 : 0)
    return Hunk(header: "@@ -\(old),\(inside.old) +\(new),\(inside.new) @@", lines: Array(lines[range]))
  }
}
