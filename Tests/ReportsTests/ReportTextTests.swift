import Reports
import Testing

@Suite("Text in a report")
struct ReportTextTests {
  @Test("has no markup and no control character of its own")
  func hostile() {
    #expect(
      ReportText.escaped("<script>'a' & \"b\"</script>")
        == "&lt;script&gt;&#39;a&#39; &amp; &quot;b&quot;&lt;/script&gt;"
    )
    #expect(ReportText.escaped("a\u{202E}b\u{2066}\u{200F}c") == "a\u{FFFD}b\u{FFFD}\u{FFFD}c")
    #expect(ReportText.visible("<a>\u{1B}[2J\r\n\tx\u{202E}") == "<a>\u{FFFD}[2J\u{FFFD}\n\tx\u{FFFD}")
    #expect(ReportText.escaped("a\u{1B}[31m\n\u{9B}b\0") == "a\u{FFFD}[31m\n\u{FFFD}b\u{FFFD}")
  }

  @Test("is cut by what it takes, not by letters, of which one may take all")
  func cut() {
    let letter = "a" + String(repeating: "\u{301}", count: 999)
    #expect(letter.count == 1)
    #expect(ReportText.start(of: letter, 10).text.unicodeScalars.count == 10)
    #expect(ReportText.start(of: letter, 10).left == 990)
    #expect(ReportText.start(of: "abc", 3) == ("abc", 0) && ReportText.start(of: "", 0) == ("", 0))
    #expect(ReportText.shortened("abcd", to: 3) == "abc…" && ReportText.shortened("abc", to: 3) == "abc")
  }
}
