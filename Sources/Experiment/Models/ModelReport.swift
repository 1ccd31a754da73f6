import FunSearch
package import LanguageModels
package import RunJournal

/// What a run's models were asked, what came of it, and what it took.
package struct ModelReport: Sendable {
  /// One model of a run.
  package struct Row: Sendable {
    package let name: String
    /// Calls by how far they came.
    package fileprivate(set) var calls: [JournaledCall.State: Int] = [:]
    /// What all its calls took; those without an answer count with what was set aside for them.
    package fileprivate(set) var spent = ModelSpending()
    /// The part of ``spent`` of calls that were lost, which may not have been paid.
    package fileprivate(set) var possiblySpent = ModelSpending()
    package fileprivate(set) var waitSeconds = 0.0
    /// Steps that it answered.
    package fileprivate(set) var steps = 0
    package fileprivate(set) var scored = 0
    /// Those that entered their island.
    package fileprivate(set) var accepted = 0
    package fileprivate(set) var duplicates = 0
    /// Answers without a program, by why.
    package fileprivate(set) var discards: [String: Int] = [:]
    /// Programs that failed, by kind.
    package fileprivate(set) var failures: [String: Int] = [:]
    /// Programs that were better than all before them in the run.
    package fileprivate(set) var improvements = 0

    /// US dollars for each improvement; nil where there is none, or no price.
    package var costPerImprovement: Double? {
      improvements > 0 ? spent.cost.map { $0 / Double(improvements) } : nil
    }
  }

  /// By name.
  package let rows: [Row]
  package let limits: SpendLimits

  /// All models together.
  package var total: Row {
    var total = Row(name: "all")
    for row in rows {
      total.calls.merge(row.calls) { $0 + $1 }
      total.spent = total.spent + row.spent
      total.possiblySpent = total.possiblySpent + row.possiblySpent
      total.waitSeconds += row.waitSeconds
      total.steps += row.steps
      total.scored += row.scored
      total.accepted += row.accepted
      total.duplicates += row.duplicates
      total.discards.merge(row.discards) { $0 + $1 }
      total.failures.merge(row.failures) { $0 + $1 }
      total.improvements += row.improvements
    }
    return total
  }

  /// Reads a run; nil for one that asked no model and is to ask none.
  package init?(_ reader: RunReader, _ configuration: RunConfiguration) throws {
    let totals = try reader.modelTotals()
    let steps = try reader.modelSteps()
    guard !totals.isEmpty || !steps.isEmpty || configuration.search.models.share > 0 else { return nil }
    self.init(
      names: configuration.models.list.map(\.name),
      totals: totals,
      steps: steps,
      improvements: try reader.modelImprovements(),
      limits: configuration.models.limits
    )
  }

  /// - Parameters:
  ///   - names: models that have a row even if nothing was asked of them.
  ///   - totals: what calls took.
  ///   - steps: what came of the answers.
  ///   - improvements: programs better than all before them, by model.
  ///   - limits: what may be spent.
  package init(
    names: [String],
    totals: [ModelTotal],
    steps: [ModelStepCount],
    improvements: [String: Int],
    limits: SpendLimits = SpendLimits()
  ) {
    var rows: [String: Row] = [:]
    func change(_ name: String, _ body: (inout Row) -> Void) { body(&rows[name, default: Row(name: name)]) }
    for name in names { change(name) { _ in } }
    for total in totals {
      let spent = ModelSpending(total)
      change(total.model) { row in
        row.calls[total.state, default: 0] += total.calls
        row.spent = row.spent + spent
        if total.state == .lost || total.state == .asked { row.possiblySpent = row.possiblySpent + spent }
        row.waitSeconds += Double(total.waitMicroseconds) * 1e-6
      }
    }
    for count in steps { change(count.model) { $0.add(count) } }
    for (name, count) in improvements { change(name) { $0.improvements = count } }
    self.rows = rows.values.sorted { $0.name < $1.name }
    self.limits = limits
  }
}

extension ModelReport.Row {
  fileprivate mutating func add(_ count: ModelStepCount) {
    steps += count.steps
    switch count.outcome {
    case "scored": scored += count.steps
    case FailureKind.discarded.rawValue: discards[count.detail, default: 0] += count.steps
    default: failures[count.outcome, default: 0] += count.steps
    }
    switch count.registration {
    case .newCluster, .joinedCluster, .replacedLonger: accepted += count.steps
    case .duplicate: duplicates += count.steps
    case .notNeeded, .failed: break
    }
  }
}

extension ModelSpending {
  init(_ total: ModelTotal) {
    self.init(
      requests: total.calls,
      usage: TokenUsage(
        prompt: total.spend.promptTokens,
        cached: total.spend.cachedTokens,
        output: total.spend.outputTokens,
        thoughts: total.spend.thoughtTokens,
        isEstimated: total.spend.isEstimated
      ),
      cost: total.spend.cost
    )
  }

  /// What a run's models took so far, by its journal.
  init(all reader: RunReader) throws {
    self = try reader.modelTotals().reduce(ModelSpending()) { $0 + ModelSpending($1) }
  }
}
