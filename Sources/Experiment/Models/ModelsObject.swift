package import LanguageModels
import RunJournal

/// What models did in a run, as `models` in JSON.
package struct ModelsObject: Encodable, Sendable {
  package let total: RowObject
  package let models: [RowObject]

  package enum CodingKeys: String, CodingKey {
    case total
    case models = "by_model"
  }

  package struct RowObject: Encodable, Sendable {
    package let name: String
    package let requests: Int
    package let answered: Int
    package let failed: Int
    package let refused: Int
    /// Under way, or lost when a session was killed.
    package let unanswered: Int
    package let tokens: TokensObject
    package let usd: Double?
    package let possiblySpent: PossiblySpentObject
    package let steps: Int
    package let scored: Int
    package let accepted: Int
    package let duplicates: Int
    package let discarded: [String: Int]
    package let failures: [String: Int]
    package let improvements: Int
    package let usdPerImprovement: Double?
    package let waitSeconds: Double

    package enum CodingKeys: String, CodingKey {
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

  package struct TokensObject: Encodable, Sendable {
    package let prompt: Int
    package let cached: Int
    package let output: Int
    package let thoughts: Int
    package let estimated: Bool

    package init(_ usage: TokenUsage) {
      (prompt, cached, output) = (usage.prompt, usage.cached, usage.output)
      (thoughts, estimated) = (usage.thoughts, usage.isEstimated)
    }
  }

  package struct PossiblySpentObject: Encodable, Sendable {
    package let requests: Int
    package let tokens: Int
    package let usd: Double?
  }

  package init(_ report: ModelReport) {
    total = RowObject(report.total)
    models = report.rows.map(RowObject.init)
  }
}
