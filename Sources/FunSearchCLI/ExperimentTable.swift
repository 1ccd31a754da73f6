import Experiment
import Foundation
import FunSearch
import Reports

/// The table of an experiment, for people.
struct ExperimentTable {
  private let report: ExperimentReport

  init(_ report: ExperimentReport) {
    self.report = report
  }

  func print() {
    let inputs = report.problem.inputs.prefix(4).map(\.json).joined(separator: ", ")
    let more = report.problem.inputs.count > 4 ? ", …" : ""
    Output.line("\(report.problem.name) on \(inputs)\(more): \(report.folder.path)")
    guard !report.methods.isEmpty else { return Output.line("no run has come to its end yet") }
    Output.line("")
    Output.line(TextTable(titles).text(report.methods.map(row)))
    Output.line("")
    Output.line(
      "median [95 % interval] (quartiles); intervals by \(ReportNumber.count(Bootstrap.resamples)) bootstrap samples, "
        + "quantiles interpolated linearly"
    )
    if !report.isWhole {
      let missing = report.plan.cells.count - report.runs.count
      Output.line("\(missing) of \(report.plan.cells.count) runs are not done: the same command goes on")
    }
    Output.line(
      "\(report.folder.runs), \(report.folder.methods) and \(report.folder.report) have every number"
    )
    Output.line("\(report.folder.page) shows the curves")
  }

  private var titles: [String] {
    var titles = ["method", "runs", "best", "score"]
    if let target = report.target { titles += ["reached \(numberText(target))", "evaluations to it"] }
    return titles + report.heldOut
  }

  private func row(_ method: MethodSummary) -> [String] {
    var row = [
      method.method.name, String(method.runs), numberText(method.scores.best), text(method.scores),
    ]
    if let success = method.success, let toTarget = method.evaluationsToTarget {
      let interval = "[\(percent(success.interval.low)), \(percent(success.interval.high)) %]"
      row += ["\(success.reached) of \(method.runs) \(interval)", whole(toTarget)]
    }
    return row
      + report.heldOut.map { name in
        guard let held = method.heldOut[name] else { return "failed" }
        let failed = held.count < method.runs ? ", \(method.runs - held.count) failed" : ""
        return text(held) + failed
      }
  }

  private func text(_ statistics: SampleStatistics) -> String {
    let interval = statistics.medianInterval
    return "\(numberText(statistics.median)) [\(numberText(interval.low)), \(numberText(interval.high))] "
      + "(\(numberText(statistics.lowerQuartile)), \(numberText(statistics.upperQuartile)))"
  }

  /// Evaluations, of which a part is no matter; those of runs that never got there are a dash.
  private func whole(_ statistics: SampleStatistics) -> String {
    func number(_ value: Double) -> String { value.isFinite ? ReportNumber.count(Int(value.rounded())) : "–" }
    let interval = statistics.medianInterval
    return "\(number(statistics.median)) [\(number(interval.low)), \(number(interval.high))] "
      + "(\(number(statistics.lowerQuartile)), \(number(statistics.upperQuartile)))"
  }

  private func percent(_ share: Double) -> String { String(Int((share * 100).rounded())) }
}
