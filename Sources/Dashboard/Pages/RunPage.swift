import Experiment
import Foundation
import FunSearch
import Reports
import RunJournal

/// One run, live: its best and how it came, its islands, what failed, what made programs.
struct RunPage {
  let run: RunSnapshot

  var html: String {
    let folder = run.folder
    let origin = run.started.map { ", started \(SiteTime.text($0))" } ?? ""
    let live: HTML = """
      <div class="links"><a href="\(SitePath.programs(folder))">All programs</a>\
      <a href="\(SitePath.programs(folder, [("order", "best")]))">Best programs</a>\
      <a href="\(SitePath.programs(folder, [("outcome", "failed")]))">Failures</a>\
      <a href="\(SitePath.program(folder, run.best?.program ?? 0))">Best program</a>\
      \(report)</div>
      <div id="live" data-events="\(SitePath.events(folder))" data-fragment="\(SitePath.fragment(folder))">
      \(fragment)
      </div>
      \(SitePage.section("Settings", settings))
      """
    return SitePage(
      title: "\(folder.problem)/\(folder.name)",
      subtitle:
        "\(run.settings["problem"] ?? folder.problem)\(origin) · <span id=\"connection\">not live</span>",
      json: SitePath.json(SitePath.run(folder)),
      isLive: true,
      body: live
    ).document
  }

  private var report: HTML {
    guard FileManager.default.fileExists(atPath: run.folder.report) else { return "" }
    return "<a href=\"\(SitePath.report(run.folder))\">Report</a>"
  }

  /// The part that changes.
  var fragment: HTML {
    cards + curve
      + "<div class=\"columns\">"
      + SitePage.section("Islands", islands)
      + SitePage.section("Latest bests", improvements)
      + SitePage.section("Operators", operators)
      + SitePage.section("Failures", failures)
      + "</div>"
      + (run.models.map { SitePage.section("Language models", $0.costs.html) } ?? "")
      + SitePage.section("Life of the run", events)
  }

  private var cards: HTML {
    let budget = run.budget.map { " of \(ReportNumber.count($0))" } ?? ""
    var list = [
      SitePage.card(SitePage.state(run.state), "state"),
      SitePage.card("\(run.best.map { ReportNumber.score($0.score) } ?? "–")", best),
      SitePage.card("\(ReportNumber.count(run.steps))", "steps\(budget)"),
      SitePage.card("\(ReportNumber.count(run.evaluations))", "evaluations\(counted)"),
      SitePage.card("\(ReportNumber.count(run.duplicates))", "duplicates drawn\(counted)"),
      SitePage.card("\(ReportNumber.count(run.failures.values.reduce(0, +)))", "failures\(counted)"),
      SitePage.card("\(run.resets.count)", "resets"),
      SitePage.card("\(ReportNumber.duration(run.cpuSeconds))", "CPU of evaluations\(counted)"),
    ]
    if let pace = run.stepsPerSecond {
      list.append(SitePage.card("\(ReportNumber.score(pace.rounded()))", "steps per second"))
      if let budget = run.budget, pace > 0 {
        let rest = ReportNumber.duration(Double(max(0, budget - run.steps)) / pace)
        list.append(SitePage.card("\(rest)", "left at this pace"))
      }
    }
    if let total = run.models?.costs.total {
      let calls = ReportNumber.count(total.requests)
      list.append(
        SitePage.card("\(total.cost.map(ReportNumber.money) ?? "–")", "for \(calls) requests to models")
      )
    }
    return "<div class=\"cards\">\(list.joined("\n"))</div>\n"
  }

  private var best: HTML {
    guard let best = run.best else { return "best" }
    return """
      best, <a href="\(SitePath.program(run.folder, best.program))">program \(best.program)</a>, \
      \(best.verified ? "verified" : "unverified")
      """
  }

  private var counted: String {
    run.counted < run.steps ? " (of \(ReportNumber.count(run.counted)) steps read so far)" : ""
  }

  private var curve: HTML {
    var points = run.improvements.map { ChartPoint(Double($0.program), $0.score) }
    guard let last = points.last else { return SitePage.section("Best so far", "<p>No program yet.</p>") }
    points.append(ChartPoint(Double(max(run.steps, Int(last.x))), last.y))
    let marks = run.resets.compactMap { reset in
      run.epochSteps.map { Double(reset.epoch * $0 * run.islands.count) }
    }
    let chart = LineChart(
      title: "Best score by step",
      series: [LineChart.Series("best", points)],
      levels: run.target.map { [LineChart.Level("target", $0)] } ?? [],
      marks: marks
    )
    return SitePage.section(
      "Best so far",
      chart.figure("curve", caption: "Each step up is a new best of the run; dotted lines are resets.")
    )
  }

  private var islands: HTML {
    let columns: [HTMLTable.Column] = [
      "island", .number("best"), "program", .number("since gain"), .number("bests"), .number("founded"),
    ]
    let rows = run.islands.map { island -> [HTML] in
      let link = SitePath.programs(run.folder, [("island", String(island.number)), ("order", "best")])
      return [
        "<a href=\"\(link)\">\(island.number)</a>",
        "\(island.best.map { ReportNumber.score($0.score) } ?? "–")",
        island.best.map { program($0.program) } ?? "",
        "\(ReportNumber.count(island.stepsSinceGain))",
        "\(island.bests)",
        island.foundedInEpoch == 0 ? "at the start" : "epoch \(island.foundedInEpoch)",
      ]
    }
    return HTMLTable(columns, rows).html
  }

  private var improvements: HTML {
    let rows = run.improvements.suffix(12).reversed().map { step -> [HTML] in
      [
        program(step.program), "\(ReportNumber.score(step.score))",
        step.verified ? "<span class=\"good\">verified</span>" : "<span class=\"warn\">unverified</span>",
        "\(step.operators.isEmpty ? "the specification's own" : step.operators.joined(separator: " + "))",
      ]
    }
    return HTMLTable(["program", .number("score"), "", "made by"], Array(rows)).html
  }

  private var operators: HTML {
    guard !run.operators.isEmpty else { return "<p class=\"muted\">None yet.</p>" }
    let rows = run.operators.prefix(30).map { item -> [HTML] in
      let link = SitePath.programs(run.folder, [("operator", item.name)])
      return [
        "<a href=\"\(link)\">\(item.name)</a>", "\(ReportNumber.count(item.programs))", "\(item.bests)",
        "\(ReportNumber.percent(Double(item.bests) / Double(max(1, item.programs))))",
      ]
    }
    return HTMLTable(
      ["operator", .number("programs"), .number("bests"), .number("share")],
      Array(rows)
    ).html
  }

  private var failures: HTML {
    guard !run.failures.isEmpty else { return "<p class=\"muted\">None.</p>" }
    let rows = run.failures.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { kind, count -> [HTML] in
      let link = SitePath.programs(run.folder, [("outcome", kind)])
      return [
        "<a href=\"\(link)\">\(kind)</a>", "\(ReportNumber.count(count))",
        "\(ReportNumber.percent(Double(count) / Double(max(1, run.counted))))",
      ]
    }
    return HTMLTable(["kind", .number("programs"), .number("share")], rows).html
  }

  private var events: HTML {
    let rows = run.events.suffix(20).map { event -> [HTML] in
      [
        "<span class=\"nowrap\">\(SiteTime.text(event.wallTime))</span>", "\(event.kind.rawValue)",
        "\(event.detail)",
        event.digest.map { "<code>\(String($0.prefix(16)))…</code>" } ?? "",
      ]
    }
    return HTMLTable(["when", "what", "detail", "digest of the history"], Array(rows)).html
  }

  private var settings: HTML {
    let pairs = run.settings.sorted { $0.key < $1.key }.map {
      ($0.key, "<code>\(ReportText.shortened($0.value, to: 2000))</code>" as HTML)
    }
    return
      "<details id=\"settings\"><summary>\(pairs.count) settings</summary>\(HTMLTable.pairs(pairs))</details>"
  }

  private func program(_ number: Int) -> HTML {
    "<a href=\"\(SitePath.program(run.folder, number))\">\(number)</a>"
  }
}
