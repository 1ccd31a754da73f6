import Reports

/// What was asked for cannot be shown, and why.
struct ErrorPage {
  let status: Int
  let message: String

  private var title: String {
    switch status {
    case 404: "Not found"
    case 400..<500: "Not understood"
    default: "Not readable"
    }
  }

  var html: String {
    SitePage(title: title, subtitle: "\(status)", body: SitePage.section("Why", "<p>\(message)</p>")).document
  }
}
