import FunSearch

extension ExperimentReport {
  /// `runs.csv`: one line a run; an empty field is what is not there.
  var runsTable: String {
    let titles =
      [
        "method", "seed", "score", "verified", "program", "steps", "evaluations", "steps_to_target",
        "evaluations_to_target", "failures",
      ] + heldOut + ["cpu_seconds", "wall_seconds", "run", "digest"]
    return Self.table(
      titles,
      runs.map { run in
        let before: [String] = [
          run.cell.method.name, String(run.cell.seed), Record.number(run.score), String(run.verified),
          run.program.description, String(run.steps), String(run.evaluations),
          run.toTarget.map { String($0.steps) } ?? "", run.toTarget.map { String($0.evaluations) } ?? "",
          String(run.failures),
        ]
        let held = heldOut.map { run.heldOut.sets[$0]?.score.map(Record.number) ?? "" }
        return before + held + [
          Record.number(run.cpuSeconds), Record.number(run.wallSeconds), run.folder.path, run.digest,
        ]
      }
    )
  }

  /// `methods.csv`: one line a method.
  var methodsTable: String {
    func titles(_ name: String) -> [String] {
      ["median", "median_low", "median_high", "lower_quartile", "upper_quartile"].map { "\(name)_\($0)" }
    }
    func fields(_ statistics: SampleStatistics?) -> [String] {
      guard let statistics else { return Array(repeating: "", count: 5) }
      return [
        statistics.median, statistics.medianInterval.low, statistics.medianInterval.high,
        statistics.lowerQuartile, statistics.upperQuartile,
      ].map(Record.number)
    }
    return Self.table(
      ["method", "runs", "best"] + titles("score")
        + ["reached_target", "success_rate", "success_low", "success_high"]
        + titles("evaluations_to_target") + ["expected_evaluations"] + heldOut.flatMap(titles)
        + ["evaluations", "cpu_seconds", "wall_seconds"],
      methods.map { method in
        var line = [method.method.name, String(method.runs), Record.number(method.scores.best)]
        line += fields(method.scores)
        line += [
          method.success.map { String($0.reached) } ?? "",
          method.success.map { Record.number($0.rate) } ?? "",
          method.success.map { Record.number($0.interval.low) } ?? "",
          method.success.map { Record.number($0.interval.high) } ?? "",
        ]
        line += fields(method.evaluationsToTarget)
        line.append(method.expectedEvaluations.map(Record.number) ?? "")
        line += heldOut.flatMap { fields(method.heldOut[$0]) }
        return line + [
          String(method.evaluations), Record.number(method.cpuSeconds), Record.number(method.wallSeconds),
        ]
      }
    )
  }

  /// Lines of fields with commas between, as in RFC 4180.
  private static func table(_ titles: [String], _ rows: [[String]]) -> String {
    ([titles] + rows).map { row in
      row.map(Export.field).joined(separator: ",") + "\n"
    }.joined()
  }
}
