extension RunComparison {
  /// The curves of all runs, each group in a colour, medians thick.
  package var chart: LineChart {
    var levels: [LineChart.Level] = []
    if let knownBest { levels.append(LineChart.Level("best known", knownBest)) }
    if let target, target != knownBest { levels.append(LineChart.Level("target", target)) }
    let runs = groups.enumerated().flatMap { place, group in
      group.runs.map { run in
        let end = run.curve.last.map { [ChartPoint(Double(run.steps), $0.y)] } ?? []
        return LineChart.Series(
          "\(run.name), seed \(run.seed)",
          run.curve + end,
          colour: place,
          // A group of one run has no median that is another curve.
          isMain: false
        )
      }
    }
    let medians = groups.enumerated().map { place, group in
      LineChart.Series(group.name, group.medianCurve, colour: place)
    }
    return LineChart(title: "best scores of \(problem)", series: runs + medians, levels: levels)
  }

  /// The comparison as one page.
  package var page: HTMLPage {
    let count = groups.reduce(0) { $0 + $1.runs.count }
    return HTMLPage(
      title: "\(count) runs of \(problem)",
      subtitle: "\(title)",
      sections: [
        HTMLPage.Section(
          "curves",
          "Best scores",
          chart.figure(
            "curves",
            caption:
              "Thin: the best score so far of each run. Thick: the median of the runs that differ in the seed alone."
          )
        ),
        HTMLPage.Section("groups", "Configurations", groupTable),
        HTMLPage.Section("runs", "Runs", runTable),
      ],
      footer: "<p>Written by funsearch.</p>"
    )
  }

  private var groupTable: HTML {
    var columns: [HTMLTable.Column] = [
      "configuration", .number("runs"), .number("best"), .number("median"), .number("quartiles"),
    ]
    if target != nil { columns.append(.number("reached the target")) }
    let rows = groups.map { group -> [HTML] in
      var row: [HTML] = [
        "\(group.name)", "\(group.runs.count)", "\(ReportNumber.score(group.best))",
        "\(ReportNumber.score(group.median))",
        "\(ReportNumber.score(group.quartiles.low)) – \(ReportNumber.score(group.quartiles.high))",
      ]
      if let reached = group.reached { row.append("\(reached) of \(group.runs.count)") }
      return row
    }
    return HTMLTable(columns, rows).html
  }

  private var runTable: HTML {
    let rows = groups.flatMap { group in
      group.runs.map { run -> [HTML] in
        let mark: HTML =
          run.verified ? "<span class=\"good\">verified</span>" : "<span class=\"warn\">unverified</span>"
        return [
          "\(run.name)", "\(group.name)", "\(run.seed)", "\(ReportNumber.score(run.best))", mark,
          "\(ReportNumber.count(run.program))", "\(ReportNumber.count(run.steps))",
          "\(ReportNumber.count(run.evaluations))", "\(ReportNumber.count(run.failures))",
          "\(ReportNumber.duration(run.cpuSeconds))", "\(ReportNumber.duration(run.elapsedSeconds))",
        ] + (hasModels ? ["\(run.models?.priceText ?? "–")"] : [])
      }
    }
    var columns: [HTMLTable.Column] = [
      "run", "configuration", .number("seed"), .number("best"), "", .number("found at"), .number("steps"),
      .number("evaluations"), .number("failures"), .number("CPU"), .number("time"),
    ]
    if hasModels { columns.append(.number("models")) }
    return HTMLTable(columns, rows).html
  }
}
