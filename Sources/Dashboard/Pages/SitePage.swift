import Reports

/// The frame of every page of the dashboard: nothing inline, so that a strict policy holds.
struct SitePage {
  let title: String
  /// Names and addresses of the pages above this one.
  var trail: [(name: String, path: String)] = []
  var subtitle: HTML = ""
  /// The address of the same as JSON; nil where there is none.
  var json: String?
  /// Whether the page changes while it is looked at.
  var isLive = false
  let body: HTML

  /// The whole document.
  var document: String {
    let above = ([("All runs", SitePath.list)] + trail).map { name, path in
      "<a href=\"\(path)\">\(name)</a>" as HTML
    }.joined(" <span class=\"muted\">/</span> ")
    let json = json.map { "<a class=\"json\" href=\"\($0)\">JSON</a>" as HTML } ?? ""
    let script: HTML = isLive ? "<script src=\"\(SitePath.script)\" defer></script>" : ""
    let page: HTML = """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <meta name="generator" content="funsearch">
      <title>\(title) · funsearch</title>
      <link rel="stylesheet" href="\(SitePath.style)">
      <link rel="icon" href="\(SitePath.icon)" type="image/svg+xml">
      \(script)
      </head>
      <body>
      <nav class="trail">\(above)\(json)</nav>
      <header class="page"><h1>\(title)</h1><p class="subtitle">\(subtitle)</p></header>
      <main>
      \(body)
      </main>
      </body>
      </html>

      """
    return page.text
  }

  /// A part of a page with a heading.
  static func section(_ title: String, _ body: HTML) -> HTML {
    "<section>\n<h2>\(title)</h2>\n\(body)\n</section>\n"
  }

  /// A number with its name below it.
  static func card(_ value: HTML, _ name: HTML) -> HTML {
    "<div class=\"card\"><b>\(value)</b><span>\(name)</span></div>"
  }

  /// A run's state in its colour.
  static func state(_ state: String) -> HTML {
    let kind =
      switch state {
      case "running": "good"
      case "unreadable": "bad"
      default: "muted"
      }
    return "<span class=\"state \(kind)\">\(state)</span>"
  }
}
