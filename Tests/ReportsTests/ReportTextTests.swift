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
    #expect(ReportText.escaped("a\u{1B}[31m\n\u{9B}b\0") == "a\u{FFFD}[31m\n\u{FFFD}b\u{FFFD}")
  }
}
