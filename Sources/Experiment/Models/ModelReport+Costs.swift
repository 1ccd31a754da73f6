import LanguageModels
package import Reports
import RunJournal

extension ModelReport {
  /// The same in the terms of reports.
  package var costs: ModelCosts {
    ModelCosts(rows: rows.map(ModelCosts.Row.init), total: ModelCosts.Row(total))
  }
}

extension ModelCosts.Row {
  fileprivate init(_ row: ModelReport.Row) {
    self.init(row.name)
    requests = row.spent.requests
    answered = row.calls[.answered] ?? 0
    failed = row.calls[.failed] ?? 0
    refused = row.calls[.refused] ?? 0
    unanswered = (row.calls[.asked] ?? 0) + (row.calls[.lost] ?? 0)
    promptTokens = row.spent.usage.prompt
    cachedTokens = row.spent.usage.cached
    outputTokens = row.spent.usage.output
    thoughtTokens = row.spent.usage.thoughts
    isEstimated = row.spent.usage.isEstimated
    cost = row.spent.cost
    possibleCost = row.possiblySpent.cost
    waitSeconds = row.waitSeconds
    steps = row.steps
    scored = row.scored
    accepted = row.accepted
    duplicates = row.duplicates
    discards = row.discards
    failures = row.failures
    improvements = row.improvements
  }
}
