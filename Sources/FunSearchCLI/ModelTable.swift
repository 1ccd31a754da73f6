import Experiment
import LanguageModels
import Reports
import RunJournal

/// What models did in a run, for people.
enum ModelTable {
  /// One line about all models of a run.
  static func line(_ report: ModelReport) -> String {
    let total = report.total
    var parts = [
      "models: \(total.spent.requests) requests", "\(total.spent.usage.prompt) tokens in",
      "\(total.spent.usage.output) out", total.spent.cost.map(usd) ?? "price not known",
    ]
    if let cost = total.costPerImprovement {
      parts.append("\(usd(cost)) for each of \(total.improvements) bests")
    }
    return parts.joined(separator: ", ")
  }

  /// A line for each model, with what its answers came to.
  static func text(_ report: ModelReport) -> String {
    let titles = [
      "model", "requests", "answered", "tokens in", "out", "cost", "scored", "accepted", "bests", "cost/best",
    ]
    let rows = (report.rows.count > 1 ? report.rows + [report.total] : report.rows).map { row in
      [
        row.name, "\(row.spent.requests)", "\(row.calls[.answered] ?? 0)", "\(row.spent.usage.prompt)",
        "\(row.spent.usage.output)", row.spent.cost.map(usd) ?? "unknown", "\(row.scored)", "\(row.accepted)",
        "\(row.improvements)", row.costPerImprovement.map(usd) ?? "-",
      ]
    }
    var lines = [TextTable(titles).text(rows)]
    for row in report.rows {
      if !row.discards.isEmpty { lines.append("\(row.name) discarded: \(counts(row.discards))") }
      if !row.failures.isEmpty { lines.append("\(row.name) failed: \(counts(row.failures))") }
      let lost = (row.calls[.lost] ?? 0) + (row.calls[.asked] ?? 0)
      if lost > 0 {
        lines.append(
          "\(row.name): \(lost) calls have no answer yet or were cut off, and are counted as spent with what was set "
            + "aside for them"
        )
      }
    }
    return lines.joined(separator: "\n")
  }

  private static func counts(_ counts: [String: Int]) -> String {
    counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { "\($0.value) \($0.key)" }
      .joined(separator: ", ")
  }

  static func usd(_ value: Double) -> String { ReportNumber.money(value) }
}
