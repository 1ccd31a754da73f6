import Experiment
import Foundation
import FunSearch
import Reports

/// All runs, with a search, an order, and a choice of runs to compare.
struct RunListPage {
  let lines: [RunCatalog.Line]
  let search: String
  let order: RunListOrder

  var html: String {
    let running = lines.count { $0.state == "running" }
    return SitePage(
      title: "Runs",
      subtitle: "\(ReportNumber.count(lines.count)) runs, \(running) of them running",
      json: SitePath.json(SitePath.list) + SitePath.query(parameters),
      body: SitePage.section("Results", filters + table)
    ).document
  }

  private var parameters: [(name: String, value: String)] {
    (search.isEmpty ? [] : [("search", search)]) + (order == .newest ? [] : [("order", order.rawValue)])
  }

  private var filters: HTML {
    let options = RunListOrder.allCases.map { choice in
      "<option\(choice == order ? " selected" as HTML : "")>\(choice.rawValue)</option>" as HTML
    }.joined()
    return """
      <form class="filters" action="\(SitePath.list)" method="get">
      <label>Search<input type="search" name="search" value="\(search)"></label>
      <label>Order<select name="order">\(options)</select></label>
      <button>Show</button></form>
      """
  }

  private var table: HTML {
    guard !lines.isEmpty else {
      return search.isEmpty
        ? "<p>There are no runs yet; start one with <code>funsearch run cap-set --islands 8</code>.</p>"
        : "<p>No run has “\(search)” in its name or state.</p>"
    }
    let columns: [HTMLTable.Column] = [
      "", "run", "state", .number("steps"), .number("best"), .number("islands"), .number("seed"), "started",
    ]
    return """
      <form action="\(SitePath.compare)" method="get">
      \(HTMLTable(columns, lines.map(row)).html)
      <button>Compare the chosen runs</button></form>
      """
  }

  private func row(_ line: RunCatalog.Line) -> [HTML] {
    let link: HTML = "<a href=\"\(SitePath.run(line.folder))\">\(line.name)</a>"
    guard case .readable(let run) = line.content else {
      guard case .unreadable(let reason) = line.content else { return [] }
      return [
        "", link, SitePage.state("unreadable") + "<br><span class=\"muted\">\(reason)</span>", "", "", "", "",
        "",
      ]
    }
    let origin = run.origin.map { "<br><span class=\"muted\">from \($0.text)</span>" as HTML } ?? ""
    return [
      "<input type=\"checkbox\" name=\"run\" value=\"\(line.name)\" aria-label=\"compare \(line.name)\">",
      link + origin,
      SitePage.state(run.state),
      "\(ReportNumber.count(run.steps))",
      "\(run.best.map(ReportNumber.score) ?? "–")",
      "\(run.islands)",
      "\(run.seed)",
      "<span class=\"nowrap\">\(run.started.map(SiteTime.text) ?? "")</span>",
    ]
  }
}

/// Times as pages show them.
enum SiteTime {
  /// `2026-11-21 16:03:09Z` of seconds since 1970.
  static func text(_ seconds: Double) -> String {
    guard seconds.isFinite, abs(seconds) < 1e11 else { return "–" }
    return Date(timeIntervalSince1970: seconds).formatted(.iso8601.dateTimeSeparator(.space))
  }
}
