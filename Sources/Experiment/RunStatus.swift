package import Foundation
import FunSearch
import LanguageModels
import RunJournal

/// How far a run is with each of its budgets, and what its models did.
package struct RunStatus: Sendable {
  /// One budget: what is used, and what there is.
  package struct Budget: Sendable {
    package let name: String
    package let used: Double
    /// Nil for no limit.
    package let limit: Double?
  }

  package let folder: RunFolder
  /// `running`, `stopped` or `finished`.
  package let state: String
  package let tally: RunTally
  package let budgets: [Budget]
  /// Nil for a run without models.
  package let models: ModelReport?

  /// Reads a run, also one that another process works on; `now` tells how long that has worked on it.
  package init(_ folder: RunFolder, now: Date = Date()) throws {
    self.folder = folder
    let stored = try StoredRun(folder)
    let configuration = try stored.configuration
    let overview = RunOverview(folder)
    guard case .readable(let readable) = overview.content else {
      throw RunError("\(folder.path) cannot be read")
    }
    state = readable.state
    tally = try HistorySummary(stored.reader, target: configuration.target).tally
    models = try ModelReport(stored.reader, configuration)
    let spent = try ModelSpending(all: stored.reader)
    let limits = configuration.models.limits
    var budgets = [
      Budget(
        name: "steps",
        used: Double(try stored.reader.count()),
        limit: configuration.steps.map { Double($0) }
      ),
      Budget(
        name: "evaluations",
        used: Double(try stored.reader.evaluations()),
        limit: configuration.maxEvaluations.map { Double($0) }
      ),
      Budget(
        name: "seconds",
        used: try stored.reader.runEvents().elapsedSeconds(isRunning: state == "running", now: now),
        limit: configuration.maxSeconds
      ),
    ]
    if models != nil {
      // Money is not counted where a price is not known.
      budgets += SpendAxis.allCases.filter { $0 != .money || spent.cost != nil }.map {
        Budget(name: $0.budgetName, used: $0.amount(of: spent), limit: limits[$0])
      }
    }
    self.budgets = budgets
  }
}

extension SpendAxis {
  fileprivate var budgetName: String { self == .money ? "US dollars" : rawValue }
}
