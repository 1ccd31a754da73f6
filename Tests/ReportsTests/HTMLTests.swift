import Reports
import Testing

@Suite("Markup of a page")
struct HTMLTests {
  private let hostile = "</td></script><img src=x onerror=\"alert('1')\"> & \u{1B}[2J"

  @Test("escapes what is put into it, and takes markup as it is")
  func interpolation() {
    let bold: HTML = "<b>\(hostile)</b>"
    let cell: HTML = "<td title=\"\(hostile)\">\(bold) \(3) \(0.5)</td>"
    #expect(!cell.text.contains("<img") && !cell.text.contains("\u{1B}") && !cell.text.contains("\"alert"))
    #expect(cell.text.hasSuffix("</b> 3 0.5</td>"))
    #expect(["<i>" as HTML, HTML(markup: "</i>")].joined().text == "<i></i>")
  }

  @Test("is a whole page that no text breaks out of")
  func page() {
    let page = HTMLPage(
      title: hostile,
      subtitle: "\(hostile)",
      sections: [
        HTMLPage.Section("one", hostile, HTMLTable(["a", .number("b")], [["\(hostile)", "1"]]).html)
      ]
    )
    let text = page.document
    #expect(
      text.hasPrefix("<!doctype html>") && text.contains("default-src 'none'".replacing("'", with: "&#39;"))
    )
    #expect(!text.contains("<img") && !text.contains("<script") && !text.contains("://"))
    #expect(text.contains("href=\"#one\"") && text.contains("<section id=\"one\">"))
  }

  @Test("has tables that others read back")
  func csv() {
    #expect(CSV.text(["a", "b"], [["1,2", "say \"x\"\nthen"]]) == "a,b\n\"1,2\",\"say \"\"x\"\"\nthen\"\n")
    #expect(CSV.number(96) == "96" && CSV.number(0.1) == "0.1" && CSV.number(-1e300) == "-1e+300")
  }
}
