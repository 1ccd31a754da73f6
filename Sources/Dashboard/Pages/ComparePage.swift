import Experiment
import FunSearch
import Reports

/// Several runs side by side: their curves, their results, and the settings in which they differ.
struct ComparePage {
  let runs: [RunSnapshot]

  /// The most runs that are compared.
  static let mostRuns = 8

  var html: String {
    SitePage(
      title: "Compare",
      subtitle: "\(runs.map { "\($0.folder.problem)/\($0.folder.name)" }.joined(separator: ", "))",
      json: SitePath.json(SitePath.compare(runs.map(\.folder))),
      body: curves + SitePage.section("Results", results) + SitePage.section("Settings that differ", settings)
    ).document
  }

  private func name(_ run: RunSnapshot) -> String { "\(run.folder.problem)/\(run.folder.name)" }

  private var curves: HTML {
    let series = runs.enumerated().map { place, run in
      var points = run.improvements.map { ChartPoint(Double($0.program), $0.score) }
      if let last = points.last { points.append(ChartPoint(Double(max(run.steps, Int(last.x))), last.y)) }
      return LineChart.Series(name(run), points, colour: place)
    }
    let chart = LineChart(title: "Best scores by step", series: series)
    return SitePage.section(
      "Best so far",
      chart.figure("compare", caption: "The best score of each run by step.")
    )
  }

  private var results: HTML {
    let hasModels = runs.contains { $0.models != nil }
    var columns: [HTMLTable.Column] = [
      "run", "state", .number("best"), "program", .number("steps"), .number("evaluations"),
      .number("failures"),
      .number("CPU of evaluations"),
    ]
    if hasModels { columns.append(.number("models")) }
    let rows = runs.map { run -> [HTML] in
      let best = run.best.map { best in
        "<a href=\"\(SitePath.program(run.folder, best.program))\">\(best.program)</a>" as HTML
      }
      return [
        "<a href=\"\(SitePath.run(run.folder))\">\(name(run))</a>", SitePage.state(run.state),
        "\(run.best.map { ReportNumber.score($0.score) } ?? "–")", best ?? "",
        "\(ReportNumber.count(run.steps))",
        "\(ReportNumber.count(run.evaluations))",
        "\(ReportNumber.count(run.failures.values.reduce(0, +)))", "\(ReportNumber.duration(run.cpuSeconds))",
      ] + (hasModels ? ["\(run.models?.costs.total.priceText ?? "–")"] : [])
    }
    return HTMLTable(columns, rows).html
  }

  private var settings: HTML {
    let keys = Set(runs.flatMap(\.settings.keys)).filter { key in Set(runs.map { $0.settings[key] }).count > 1
    }
    guard !keys.isEmpty else { return "<p class=\"muted\">None.</p>" }
    let rows = keys.sorted().map { key -> [HTML] in
      ["\(key)"] + runs.map { "<code>\(ReportText.shortened($0.settings[key] ?? "–", to: 60))</code>" }
    }
    return HTMLTable(["setting"] + runs.map { HTMLTable.Column(name($0)) }, rows).html
  }
}
