import FunSearch
import RunJournal

/// A file of a report.
package struct ReportFile: Hashable, Sendable {
  /// Path within the run's folder.
  package let name: String
  package let text: String
}

extension RunReport {
  /// Best scores over steps.
  package var bestChart: LineChart {
    let end = Double(steps)
    func held(_ points: [ChartPoint]) -> [ChartPoint] {
      points.last.map { points + [ChartPoint(end, $0.y)] } ?? []
    }
    let islands = course.islands.enumerated().map { number, points in
      LineChart.Series("island \(number)", held(points), colour: nil, isMain: false)
    }
    var levels: [LineChart.Level] = []
    if let knownBest { levels.append(LineChart.Level("best known", knownBest)) }
    if let target, target != knownBest { levels.append(LineChart.Level("target", target)) }
    return LineChart(
      title: "best score so far",
      series: islands + [LineChart.Series("run", held(course.best), colour: 0)],
      levels: levels,
      marks: course.resets
    )
  }

  /// Scores of all programs over steps.
  package var spreadChart: SpreadChart {
    SpreadChart(
      title: "scores over time",
      slices: course.slices.compactMap { slice in
        slice.quantiles.map { SpreadChart.Slice(x: Double(slice.first + slice.last) / 2, quantiles: $0) }
      }
    )
  }

  /// Programs that failed, by kind.
  package var failureChart: BarChart {
    let kinds = course.failures.sorted { ($0.value, $1.key.rawValue) > ($1.value, $0.key.rawValue) }
    return BarChart(
      title: "failures by kind",
      bars: kinds.map { kind, count in
        let share = ReportNumber.percent(Double(count) / Double(max(1, steps)))
        return BarChart.Bar(kind.rawValue, Double(count), text: "\(ReportNumber.count(count)) (\(share))")
      },
      isBad: true
    )
  }

  /// Operators, those of the most programs first.
  var operatorRows: [(name: String, tally: RunCourse.OperatorTally)] {
    course.operators.sorted { ($0.value.programs, $1.key) > ($1.value.programs, $0.key) }.map {
      ($0.key, $0.value)
    }
  }

  /// Figures as SVG files, and the numbers behind them as CSV.
  package var figures: [ReportFile] {
    var files = [
      ReportFile(name: "report/best.svg", text: ChartStyle.file(bestChart.svg)),
      ReportFile(name: "report/best.csv", text: bestTable),
      ReportFile(name: "report/scores.svg", text: ChartStyle.file(spreadChart.svg)),
      ReportFile(name: "report/scores.csv", text: scoresTable),
      ReportFile(name: "report/lineage.svg", text: ChartStyle.file(lineage.svg)),
      ReportFile(name: "report/lineage.csv", text: lineageTable),
      ReportFile(name: "report/operators.csv", text: operatorsTable),
      ReportFile(name: "report/failures.svg", text: ChartStyle.file(failureChart.svg)),
      ReportFile(name: "report/failures.csv", text: failuresTable),
    ]
    if let models { files.append(ReportFile(name: "report/models.csv", text: models.table)) }
    for (place, drawing) in drawings.enumerated() {
      guard case .svg(let svg) = drawing.content else { continue }
      files.append(ReportFile(name: "report/artifact-\(place).svg", text: ChartStyle.file(svg)))
    }
    return files
  }

  private var bestTable: String {
    let run = course.best.map { ["run", "", String(Int($0.x)), CSV.number($0.y)] }
    let islands = course.islands.enumerated().flatMap { number, points in
      points.map { ["island", String(number), String(Int($0.x)), CSV.number($0.y)] }
    }
    return CSV.text(["of", "island", "program", "score"], run + islands)
  }

  private var scoresTable: String {
    CSV.text(
      ["first", "last", "failed", "q05", "q25", "q50", "q75", "q95"],
      course.slices.map { slice in
        [String(slice.first), String(slice.last), String(slice.failed)]
          + (slice.quantiles?.map(CSV.number) ?? Array(repeating: "", count: 5))
      }
    )
  }

  private var lineageTable: String {
    CSV.text(
      ["program", "score", "island", "parents", "operators", "main_line"],
      lineage.nodes.map { node in
        [
          String(node.program), node.score.map(CSV.number) ?? "", node.island.map(String.init) ?? "",
          node.parents.map(String.init).joined(separator: " "), node.operators.joined(separator: " + "),
          String(node.isMain),
        ]
      }
    )
  }

  private var operatorsTable: String {
    CSV.text(
      ["operator", "programs", "scored", "better_than_parent", "island_bests", "run_bests"],
      operatorRows.map { name, tally in
        [name]
          + [tally.programs, tally.scored, tally.better, tally.islandBests, tally.runBests].map(String.init)
      }
    )
  }

  private var failuresTable: String {
    CSV.text(
      ["kind", "message", "count", "first_program"],
      failures.map { example in
        [
          example.reason.kind.rawValue, example.reason.message, String(example.reason.count),
          String(example.reason.program),
        ]
      }
    )
  }
}
