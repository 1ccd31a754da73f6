package import FunSearch

/// What a run has counted so far; a fold over its steps, the same in whatever order they came.
package struct RunTally: Sendable {
  package private(set) var steps = 0
  /// Steps whose outcome was not known before.
  package private(set) var evaluations = 0
  /// Candidates an island had proposed before: those drawn again, and those let through.
  package private(set) var duplicates = 0
  package private(set) var failures: [FailureKind: Int] = [:]
  /// Answers of models that held no program, by why.
  package private(set) var discards: [String: Int] = [:]
  /// The best score; of equal ones the program with the lowest number.
  package private(set) var best: Best

  /// A confirmed best program.
  package struct Best: Sendable, Hashable {
    package let program: ProgramID
    package let total: Double
    package let verified: Bool
  }

  package init(founder: FounderRecord) {
    best = Best(program: .founder, total: founder.scores.total, verified: founder.claim.verified)
  }

  /// Takes one more step; true when it is the new best.
  @discardableResult
  package mutating func add(_ record: StepRecord, islands: Int) -> Bool {
    steps += 1
    evaluations += record.reused || record.isDiscarded ? 0 : 1
    duplicates += record.redraws + (record.registration == .duplicate ? 1 : 0)
    switch record.outcome {
    case .failed(let failure):
      failures[failure.kind, default: 0] += 1
      if failure.kind == .discarded { discards[failure.limit ?? "", default: 0] += 1 }
      return false
    case .scored(let scores):
      let program = record.step.program(islands: islands)
      guard let claim = record.claim else { return false }
      guard scores.total > best.total || (scores.total == best.total && program < best.program) else {
        return false
      }
      best = Best(program: program, total: scores.total, verified: claim.verified)
      return true
    }
  }
}
