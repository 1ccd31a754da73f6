import Experiment
import LanguageModels
import RunJournal

/// What models did in a run, as `models` in JSON.
struct ModelsObject: Encodable {
  let total: RowObject
  let models: [RowObject]

  enum CodingKeys: String, CodingKey {
    case total
    case models = "by_model"
  }

  struct RowObject: Encodable {
    let name: String
    let requests: Int
    let answered: Int
    let failed: Int
    let refused: Int
    /// Under way, or lost when a session was killed.
    let unanswered: Int
    let tokens: TokensObject
    let usd: Double?
    let possiblySpent: PossiblySpentObject
    let steps: Int
    let scored: Int
    let accepted: Int
    let duplicates: Int
    let discarded: [String: Int]
    let failures: [String: Int]
    let improvements: Int
    let usdPerImprovement: Double?
    let waitSeconds: Double

    enum CodingKeys: String, CodingKey {
      case name, requests, answered, failed, refused, unanswered, tokens, usd, steps, scored, accepted,
        duplicates
      case discarded, failures, improvements
      case possiblySpent = "possibly_spent"
      case usdPerImprovement = "usd_per_improvement"
      case waitSeconds = "wait_seconds"
    }

    init(_ row: ModelReport.Row) {
      name = row.name
      requests = row.spent.requests
      answered = row.calls[.answered] ?? 0
      failed = row.calls[.failed] ?? 0
      refused = row.calls[.refused] ?? 0
      unanswered = (row.calls[.asked] ?? 0) + (row.calls[.lost] ?? 0)
      tokens = TokensObject(row.spent.usage)
      usd = row.spent.cost
      possiblySpent = PossiblySpentObject(
        requests: row.possiblySpent.requests,
        tokens: row.possiblySpent.usage.prompt + row.possiblySpent.usage.output,
        usd: row.possiblySpent.cost
      )
      steps = row.steps
      scored = row.scored
      accepted = row.accepted
      duplicates = row.duplicates
      discarded = row.discards
      failures = row.failures
      improvements = row.improvements
      usdPerImprovement = row.costPerImprovement
      waitSeconds = row.waitSeconds
    }
  }

  struct TokensObject: Encodable {
    let prompt: Int
    let cached: Int
    let output: Int
    let thoughts: Int
    let estimated: Bool

    init(_ usage: TokenUsage) {
      (prompt, cached, output) = (usage.prompt, usage.cached, usage.output)
      (thoughts, estimated) = (usage.thoughts, usage.isEstimated)
    }
  }

  struct PossiblySpentObject: Encodable {
    let requests: Int
    let tokens: Int
    let usd: Double?
  }

  init(_ report: ModelReport) {
    total = RowObject(report.total)
    models = report.rows.map(RowObject.init)
  }
}

/// The same for people.
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

  static func usd(_ value: Double) -> String {
    "$" + (value == 0 ? "0" : numberText(value))
  }
}
