import Experiment
import FunSearch
import Reports
import RunJournal

/// The programs of a run: filters, an order, and one page of a list that may be a million long.
struct ProgramsPage {
  let folder: RunFolder
  let query: ProgramQuery
  let page: RunBoard.Page
  let choices: RunBoard.Choices

  var html: String {
    let path = SitePath.programs(folder, query.filterParameters)
    let count = page.count.map { "\(ReportNumber.count($0)) programs" } ?? "programs"
    let order: HTML = ", \(query.order.rawValue) first"
    return SitePage(
      title: "Programs",
      trail: [("\(folder.problem)/\(folder.name)", SitePath.run(folder))],
      subtitle: "\(count)\(order)",
      json: SitePath.json(path),
      body: SitePage.section("List", filters + table + pages)
    ).document
  }

  private var filters: HTML {
    let outcomes = select("outcome", [""] + ProgramQuery.outcomes, query.outcome ?? "")
    let operators = select("operator", [""] + choices.operators, query.operatorName ?? "")
    let orders = select("order", ProgramQuery.Order.allCases.map(\.rawValue), query.order.rawValue)
    return """
      <form class="filters" action="\(SitePath.programs(folder))" method="get">
      <label>Island<input type="number" name="island" min="0" max="\(choices.islands - 1)" \
      value="\(query.island.map(String.init) ?? "")"></label>
      <label>Epoch<input type="number" name="epoch" min="0" value="\(query.epoch.map(String.init) ?? "")"></label>
      <label>Outcome\(outcomes)</label>
      <label>Operator\(operators)</label>
      <label>Order\(orders)</label>
      <button>Show</button></form>
      """
  }

  private func select(_ name: String, _ values: [String], _ chosen: String) -> HTML {
    let all = values.contains(chosen) ? values : values + [chosen]
    let options = all.map { value in
      "<option value=\"\(value)\"\(value == chosen ? " selected" as HTML : "")>\(value.isEmpty ? "any" : value)</option>"
        as HTML
    }
    return "<select name=\"\(name)\">\(options.joined())</select>"
  }

  private var table: HTML {
    guard !page.rows.isEmpty else { return "<p>No program of the run is like that.</p>" }
    let columns: [HTMLTable.Column] = [
      .number("program"), .number("score"), "", .number("island"), .number("step"), .number("epoch"),
      "parents",
      "made by", "in its island", .number("CPU"),
    ]
    return HTMLTable(columns, page.rows.map(row)).html
  }

  private func row(_ row: StepRow) -> [HTML] {
    let score: HTML
    switch row.outcome {
    case .scored(let scores): score = "\(ReportNumber.score(scores.total))"
    case .failed(let failure):
      score =
        "<span class=\"bad\" title=\"\(ReportText.shortened(failure.message))\">\(failure.kind.rawValue)</span>"
    }
    let verified: HTML =
      switch row.verified {
      case nil: ""
      case true?: "<span class=\"good\">verified</span>"
      case false?: "<span class=\"warn\">unverified</span>"
      }
    return [
      link(row.program), score, verified, "\(row.step.island.number)", "\(row.step.step)", "\(row.epoch)",
      row.parents.map(link).joined(" "),
      "<span class=\"operators\">\(row.operators.joined(separator: " + "))</span>",
      "\(row.registration)",
      row.reused
        ? "<span class=\"muted\">reused</span>" : "\(ReportNumber.microseconds(Double(row.cpuMicroseconds)))",
    ]
  }

  private func link(_ program: ProgramID) -> HTML {
    "<a href=\"\(SitePath.program(folder, program.number))\">\(program.number)</a>"
  }

  private var pages: HTML {
    var links: [HTML] = []
    func add(_ name: String, _ cursor: [(name: String, value: String)]) {
      let path = SitePath.programs(folder, query.filterParameters + cursor)
      links.append("<a href=\"\(path)\">\(name)</a>")
    }
    if page.hasEarlier, let first = page.rows.first {
      add("First", [])
      add("Earlier", [("before", String(first.program.number))])
    }
    if page.hasLater, let last = page.rows.last {
      add("Next", [("after", String(last.program.number))])
      add("Last", [("end", "1")])
    }
    return links.isEmpty ? "" : "<nav class=\"pages\">\(links.joined("\n"))</nav>"
  }
}
