package import FunSearch
import RunJournal

/// Steps of a run's history, chosen and in order of program number.
package struct StepList: Sendable {
  package let islands: Int
  package let steps: [StepRecord]

  /// What to choose by; a part that is nil does not matter.
  package struct Choice: Sendable {
    package var island: Int?
    package var epoch: Int?
    /// `scored`, `failed` for every kind of failure, or one kind.
    package var outcome: String?
    package var operatorName: String?
    /// So many with the highest numbers; nil for all.
    package var latest: Int?

    package init(
      island: Int? = nil,
      epoch: Int? = nil,
      outcome: String? = nil,
      operatorName: String? = nil,
      latest: Int? = nil
    ) {
      self.island = island
      self.epoch = epoch
      self.outcome = outcome
      self.operatorName = operatorName
      self.latest = latest
    }
  }

  /// The steps of the history of `folder` that `choice` asks for; their sources are empty.
  ///
  /// - Throws: ``RunError`` for an island or an outcome that there is not.
  package init(_ choice: Choice, in folder: RunFolder) throws {
    let stored = try StoredRun(folder)
    islands = stored.reader.islands
    try ProgramView.check(choice.island, stored.reader, folder)
    let outcomes = ["scored", "failed"] + FailureKind.allCases.map(\.rawValue)
    if let outcome = choice.outcome, !outcomes.contains(outcome) {
      let hint = nearestName(to: outcome, in: outcomes).map { "; did you mean \"\($0)\"?" } ?? ""
      throw RunError(
        "--outcome \(outcome): the outcomes are \(outcomes.joined(separator: ", "))\(hint)",
        in: .usage
      )
    }
    let filter = RunReader.StepFilter(
      island: choice.island,
      epoch: choice.epoch,
      outcome: choice.outcome,
      operatorName: choice.operatorName,
      last: try stored.historyLength
    )
    var steps: [StepRecord] = []
    try stored.reader.steps(filter, latest: choice.latest, withSources: false) { steps.append($0) }
    self.steps = steps
    if steps.isEmpty, let name = choice.operatorName { try Self.check(name, stored.reader) }
  }

  /// Refuses the name of an operator that made nothing in the whole run.
  private static func check(_ name: String, _ reader: RunReader) throws {
    let names = try reader.operatorNames()
    guard !names.contains(name) else { return }
    let hint = nearestName(to: name, in: names).map { "; did you mean \"\($0)\"?" } ?? ""
    throw RunError(
      "--operator \(name): the operators of the run are \(names.joined(separator: ", "))\(hint)",
      in: .usage
    )
  }
}

extension StoredRun {
  /// The number of programs in the run's history, cut at its target.
  var historyLength: Int {
    get throws { try reader.historyLength(target: metadata["run.target"].flatMap(Double.init)) }
  }
}
