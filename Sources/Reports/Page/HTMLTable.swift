/// A table of a page.
package struct HTMLTable: Sendable {
  /// A column: what is above it, and whether it holds numbers, which stand at the right.
  package struct Column: Sendable, ExpressibleByStringLiteral {
    package let title: String
    package let isNumber: Bool

    package init(_ title: String, isNumber: Bool = false) {
      self.title = title
      self.isNumber = isNumber
    }

    package init(stringLiteral value: String) {
      self.init(value)
    }

    package static func number(_ title: String) -> Column { Column(title, isNumber: true) }
  }

  private let columns: [Column]
  private let rows: [[HTML]]

  package init(_ columns: [Column], _ rows: [[HTML]]) {
    self.columns = columns
    self.rows = rows
  }

  /// The table, which scrolls by itself where the page is narrow.
  package var html: HTML {
    let head = columns.map { column in
      "<th scope=\"col\"\(attribute(column))>\(column.title)</th>" as HTML
    }.joined()
    let body = rows.map { row in
      let cells = zip(columns, row).map { "<td\(attribute($0))>\($1)</td>" as HTML }.joined()
      return "<tr>\(cells)</tr>" as HTML
    }.joined("\n")
    return """
      <div class="scroll"><table><thead><tr>\(head)</tr></thead><tbody>
      \(body)
      </tbody></table></div>
      """
  }

  private func attribute(_ column: Column) -> HTML { column.isNumber ? " class=\"num\"" : "" }

  /// A table of names and values, without a head.
  package static func pairs(_ pairs: [(name: String, value: HTML)]) -> HTML {
    let rows = pairs.map { "<tr><th scope=\"row\">\($0.name)</th><td>\($0.value)</td></tr>" as HTML }
    return
      "<div class=\"scroll\"><table class=\"pairs\"><tbody>\n\(rows.joined("\n"))\n</tbody></table></div>"
  }
}
