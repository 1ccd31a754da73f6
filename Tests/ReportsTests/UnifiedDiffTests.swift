import FunSearch
import Reports
import Testing

@Suite("A unified diff")
struct UnifiedDiffTests {
  private func text(_ old: String, _ new: String) -> String {
    UnifiedDiff(from: old, to: new).hunks.map { hunk in
      ([hunk.header] + hunk.lines.map(\.text)).joined(separator: "\n")
    }.joined(separator: "\n")
  }

  @Test("is what diff -u prints")
  func isDiff() {
    #expect(text("a\nb\nc\n", "a\nx\nc\n") == "@@ -1,3 +1,3 @@\n a\n-b\n+x\n c")
    #expect(text("a\n", "a\nb\n") == "@@ -1,1 +1,2 @@\n a\n+b")
    #expect(text("", "a\n") == "@@ -0,0 +1,1 @@\n+a")
    #expect(text("a\n", "") == "@@ -1,1 +0,0 @@\n-a")
    #expect(text("a\nb\n", "a\nb\n").isEmpty)
  }

  @Test("keeps distant changes apart and near ones together, with three lines around")
  func keepsApart() {
    let lines = (0..<30).map(String.init)
    func changed(_ places: Int...) -> String {
      lines.enumerated().map { places.contains($0) ? "x" : $1 }.joined(separator: "\n")
    }
    let old = lines.joined(separator: "\n")
    #expect(UnifiedDiff(from: old, to: changed(5, 11)).hunks.map(\.header) == ["@@ -3,13 +3,13 @@"])
    #expect(
      UnifiedDiff(from: old, to: changed(5, 20)).hunks.map(\.header)
        == ["@@ -3,7 +3,7 @@", "@@ -18,7 +18,7 @@"]
    )
  }

  @Test("takes one text to the other", arguments: 0..<50 as Range<UInt64>)
  func takesOver(seed: UInt64) {
    var random = RandomStream(seed: seed, island: 0, step: 0, purpose: .tool)
    func lines() -> [String] {
      (0..<random.integer(below: 12)).map { _ in random.element(of: ["a", "b", "c"]) }
    }
    let (old, new) = (lines(), lines())
    let diff = UnifiedDiff(
      from: old.joined(separator: "\n"),
      to: new.joined(separator: "\n"),
      context: 100
    )
    guard old != new else {
      #expect(diff.hunks.isEmpty)
      return
    }
    let all = diff.hunks.flatMap(\.lines)
    let before = all.compactMap { line -> String? in
      if case .added = line { nil } else { String(line.text.dropFirst()) }
    }
    let after = all.compactMap { line -> String? in
      if case .removed = line { nil } else { String(line.text.dropFirst()) }
    }
    #expect(before == old && after == new)
  }
}
