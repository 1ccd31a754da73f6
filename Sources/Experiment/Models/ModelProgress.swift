import LanguageModels
import RunJournal

/// How far a run is with its models, over all sessions.
package struct ModelProgress: Hashable, Sendable {
  /// Those that have come to their end.
  package let calls: Int
  /// Calls without an answer yet.
  package let underWay: Int
  package let promptTokens: Int
  package let outputTokens: Int
  /// In US dollars; nil where a price is not known.
  package let cost: Double?

  init(_ spent: ModelSpending, underWay: Int) {
    calls = spent.requests
    self.underWay = underWay
    promptTokens = spent.usage.prompt
    outputTokens = spent.usage.output
    cost = spent.cost
  }

  /// - Parameters:
  ///   - totals: of the run's calls.
  ///   - isRunning: whether calls without an answer are under way, or were cut off.
  init(_ totals: [ModelTotal], isRunning: Bool) {
    let ended = totals.filter { !isRunning || $0.state != .asked }
    self.init(
      ended.reduce(ModelSpending()) { $0 + ModelSpending($1) },
      underWay: totals.reduce(0) { $0 + $1.calls } - ended.reduce(0) { $0 + $1.calls }
    )
  }
}
