import Reports
import Testing

@Suite("A drawing from a view")
struct DrawingFilterTests {
  private func svg(_ inner: String) -> String {
    "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 10 10\">\(inner)</svg>"
  }

  @Test("is let through as it is, when it only draws")
  func harmless() throws {
    let text = svg(
      "<!-- note --><g class='f0'><circle cx=\"1\" cy='2' r=\"0.5\"/><text x=\"1\">a &lt; b</text></g>"
    )
    let safe = try DrawingFilter.safe("<?xml version=\"1.0\"?>\n" + text).text
    #expect(
      safe == """
        <svg viewBox="0 0 10 10" class="chart" role="img"><g class="f0"><circle cx="1" cy="2" r="0.5"></circle>\
        <text x="1">a &lt; b</text></g></svg>
        """
    )
  }

  @Test(
    "is refused with anything that could do more",
    arguments: [
      "<script>alert(1)</script>", "<SCRIPT/>", "<foreignObject><body/></foreignObject>",
      "<image href=\"x\"/>",
      "<use href=\"#a\"/>", "<a href=\"javascript:alert(1)\"><text>x</text></a>", "<circle onload=\"x()\"/>",
      "<circle style=\"fill:red\"/>", "<rect fill=\"url(#a)\"/>", "<rect fill=\"URL(http://x)\"/>",
      "<style>x</style>",
      "<animate attributeName=\"x\"/>", "<set/>", "<svg/>", "<g xlink:href=\"x\"/>", "<g id=\"x\"/>",
      "<!DOCTYPE x>",
      "<![CDATA[<script>]]>", "<?php x?>", "<circle r=1/>", "<g></path>", "<g>", "</g>", "&xxe;", "&#0;",
      "& x",
      "<circle r=\"1\" r=\"2\"/>", "<circle fill=\"&quot;&gt;\"/>", "<circle r=\"javascript:1\"/>",
      "<g xmlns=\"x\"/>",
      "<text\u{0}/>", "<circle r=\"1", "<", "<!-- ", "<iframe srcdoc=\"x\"/>", "<filter/>", "<metadata/>",
    ]
  )
  func refused(inner: String) {
    #expect(throws: DrawingError.self) { _ = try DrawingFilter.safe(svg(inner)) }
  }

  @Test(
    "is one drawing, and not too large",
    arguments: [
      "", "text", "<g/>", "<svg/>", "<svg viewBox=\"0 0 1 1\"/><svg viewBox=\"0 0 1 1\"/>",
      "<svg viewBox='0 0 1 1'/>x",
      "<svg viewBox=\"0 0 1 1\">" + String(repeating: "<g>", count: 40) + String(repeating: "</g>", count: 40)
        + "</svg>",
      "<svg viewBox=\"0 0 1 1\">" + String(repeating: "<g/>", count: 30_001) + "</svg>",
      "<svg viewBox=\"0 0 1 1\">" + String(repeating: " ", count: DrawingFilter.mostBytes) + "</svg>",
    ]
  )
  func malformed(text: String) {
    #expect(throws: DrawingError.self) { _ = try DrawingFilter.safe(text) }
  }

  @Test("names what is not let through")
  func message() {
    #expect {
      try DrawingFilter.safe(svg("<circle onload=\"x\"/>"))
    } throws: { error in
      "\(error)".contains("onload") && "\(error)".contains("circle")
    }
  }
}
