/// What the language models of a run were asked, what came of it, and what it took.
package struct ModelCosts: Hashable, Sendable {
  /// One model.
  package struct Row: Hashable, Sendable {
    package let name: String
    package var requests = 0
    package var answered = 0
    /// Without an answer in spite of all retries.
    package var failed = 0
    /// Refused for good.
    package var refused = 0
    /// Under way, or cut off when a session was killed; counted with what was set aside for them.
    package var unanswered = 0
    package var promptTokens = 0
    /// The part of ``promptTokens`` that the server had at hand.
    package var cachedTokens = 0
    package var outputTokens = 0
    /// The part of ``outputTokens`` that no reply shows.
    package var thoughtTokens = 0
    /// Whether a part of the tokens is our own estimate.
    package var isEstimated = false
    /// In US dollars; nil where a price is not known.
    package var cost: Double? = 0
    /// The part of ``cost`` that may not have been paid.
    package var possibleCost: Double? = 0
    package var waitSeconds = 0.0
    /// Steps that it answered.
    package var steps = 0
    package var scored = 0
    /// Programs that entered their island.
    package var accepted = 0
    package var duplicates = 0
    /// Replies without a program, by why.
    package var discards: [String: Int] = [:]
    /// Programs that failed, by kind.
    package var failures: [String: Int] = [:]
    /// Programs that were better than all before them in the run.
    package var improvements = 0

    package init(_ name: String) {
      self.name = name
    }

    /// US dollars for each program that entered its island; nil where there is none, or no price.
    package var costPerAccepted: Double? { each(accepted) }

    /// US dollars for each program that was better than all before it; nil where there is none, or no price.
    package var costPerImprovement: Double? { each(improvements) }

    /// What it cost; the number of requests where that is not known.
    package var priceText: String {
      cost.map(ReportNumber.money) ?? "\(ReportNumber.count(requests)) requests"
    }

    private func each(_ count: Int) -> Double? { count > 0 ? cost.map { $0 / Double(count) } : nil }
  }

  /// By name.
  package let rows: [Row]
  /// All models together.
  package let total: Row

  package init(rows: [Row], total: Row) {
    self.rows = rows
    self.total = total
  }
}
