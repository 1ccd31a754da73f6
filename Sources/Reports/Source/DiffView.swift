/// What changed between two programs, as part of a page.
package enum DiffView {
  /// The hunks in `<pre class="diff">`; a sentence for equal texts.
  package static func html(_ diff: UnifiedDiff) -> HTML {
    guard !diff.hunks.isEmpty else { return "<p class=\"muted\">The texts are equal.</p>" }
    let lines = diff.hunks.flatMap { hunk in
      ["<span class=\"at\">\(hunk.header)</span>" as HTML] + hunk.lines.map(line)
    }
    return "<pre class=\"diff\"><code>\(lines.joined())</code></pre>"
  }

  /// The same from two texts.
  package static func html(from old: String, to new: String) -> HTML {
    html(UnifiedDiff(from: old, to: new))
  }

  private static func line(_ line: UnifiedDiff.Line) -> HTML {
    // The end of the line is kept for those who copy the text.
    switch line {
    case .same: "<span class=\"same\">\(line.text)\n</span>"
    case .removed: "<span class=\"del\">\(line.text)\n</span>"
    case .added: "<span class=\"add\">\(line.text)\n</span>"
    }
  }
}
