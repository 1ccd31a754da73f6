/// A whole page in one file: no network, no script needed to read it, light and dark, ready to print.
package struct HTMLPage: Sendable {
  package let title: String
  /// Beside the title: what the page is about, in a few words.
  package var subtitle: HTML
  /// Shown below the title, before the sections; nothing by default.
  package var lead: HTML
  package let sections: [Section]
  /// Shown at the foot.
  package var footer: HTML
  /// Further rules after ``style``.
  package var extraStyle: String
  /// What the page may do; by default nothing but be looked at.
  package var policy: String

  /// A part of a page with a heading, which the list of contents links to.
  package struct Section: Sendable {
    /// The name links to it have: letters, digits and dashes.
    package let id: String
    package let title: String
    package let body: HTML

    package init(_ id: String, _ title: String, _ body: HTML) {
      self.id = id
      self.title = title
      self.body = body
    }
  }

  /// No script, nothing from elsewhere.
  package static let closedPolicy =
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"

  package init(
    title: String,
    subtitle: HTML = "",
    lead: HTML = "",
    sections: [Section],
    footer: HTML = "",
    extraStyle: String = "",
    policy: String = HTMLPage.closedPolicy
  ) {
    self.title = title
    self.subtitle = subtitle
    self.lead = lead
    self.sections = sections
    self.footer = footer
    self.extraStyle = extraStyle
    self.policy = policy
  }

  /// The whole document.
  package var document: String {
    let links = sections.map { "<a href=\"#\($0.id)\">\($0.title)</a>" as HTML }.joined("\n")
    let parts = sections.map { section in
      "<section id=\"\(section.id)\">\n<h2>\(section.title)</h2>\n\(section.body)\n</section>\n" as HTML
    }.joined()
    let page: HTML = """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="\(policy)">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <meta name="generator" content="funsearch">
      <title>\(title)</title>
      <style>
      \(HTML(markup: Self.style + ChartStyle.rules + extraStyle))
      </style>
      </head>
      <body>
      <header class="page"><h1>\(title)</h1><p class="subtitle">\(subtitle)</p></header>
      <nav class="contents">\(links)</nav>
      <main>
      \(lead)
      \(parts)
      </main>
      <footer class="page">\(footer)</footer>
      </body>
      </html>

      """
    return page.text
  }
}
