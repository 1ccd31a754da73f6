import Reports
import Testing

@Suite("Coloured Python")
struct PythonSourceTests {
  /// The text behind markup, written on its own terms: tags go, entities come back.
  private func stripped(_ html: String) -> String {
    html.replacing(/<[^>]*>/, with: "").replacing("&lt;", with: "<").replacing("&gt;", with: ">")
      .replacing("&quot;", with: "\"").replacing("&#39;", with: "'").replacing("&amp;", with: "&")
  }

  @Test(
    "loses and adds nothing",
    arguments: [
      "def f(el, n):\n  return 1e-3 + el[0] if n else 'a\\'b'  # done\n",
      "@x.y(1)\ndef g():\n\t\"\"\"two\nlines\"\"\"\n", "f\"{x!r}\" + rb'\\x00'", "'no end", "\"\"\"no end\n",
      "0x1F_ff + 1.5j",
      "</script><img onerror='x'>", "", "\n\n", "é = 'ß' # ü", "a@b\n  @dec\n", "x = '\\", "1e+5-3",
    ]
  )
  func roundTrip(source: String) {
    #expect(stripped(PythonSource.highlighted(source).text) == source)
  }

  @Test("tells words apart")
  func words() {
    let html = PythonSource.highlighted("def f(n):\n  return max(n, 2)  # 'x'\n").text
    #expect(
      html == """
        <span class="k">def</span> <span class="d">f</span>(n):
          <span class="k">return</span> <span class="b">max</span>(n, <span class="n">2</span>)  \
        <span class="c"># &#39;x&#39;</span>

        """
    )
    #expect(PythonSource.highlighted("rb'def' xdef").text == "<span class=\"s\">rb&#39;def&#39;</span> xdef")
  }

  @Test("has no markup of the program's")
  func hostile() {
    let html = PythonSource.html("# </code></pre><script>alert(1)</script>\nx = '<img src=x onerror=y>'").text
    #expect(!html.contains("<script") && !html.contains("<img"))
    let diff = DiffView.html(from: "a = '<b>'\n", to: "a = '</pre><script>'\n").text
    #expect(!diff.contains("<script") && diff.contains("class=\"add\""))
  }
}
