package import FunSearch
package import RunJournal

/// What a run has counted so far; a fold over its steps, the same in whatever order they came.
package struct RunTally: Sendable {
  package private(set) var steps = 0
  /// Steps whose outcome was not known before.
  package private(set) var evaluations = 0
  /// Candidates an island had proposed before: those drawn again, and those let through.
  package private(set) var duplicates = 0
  package private(set) var failures: [FailureKind: Int] = [:]
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
    var failure: FailureKind?
    if case .failed(let found) = record.outcome { failure = found.kind }
    count(failure, reused: record.reused, redraws: record.redraws, record.registration)
    return compare(record.step.program(islands: islands), record.outcome.total, record.claim?.verified)
  }

  /// The same for a step as a scan gives it.
  @discardableResult
  package mutating func add(_ step: StepPoint) -> Bool {
    count(step.failure, reused: step.reused, redraws: step.redraws, step.registration)
    return compare(ProgramID(step.program), step.total, step.verified)
  }

  private mutating func count(
    _ failure: FailureKind?,
    reused: Bool,
    redraws: Int,
    _ registration: Registration
  ) {
    steps += 1
    // Nothing was run of an answer without a program.
    evaluations += reused || failure == .discarded ? 0 : 1
    duplicates += redraws + (registration == .duplicate ? 1 : 0)
    if let failure { failures[failure, default: 0] += 1 }
  }

  /// Whether a program with this score is the new best; `verified` is nil for one that was not confirmed.
  private mutating func compare(_ program: ProgramID, _ total: Double?, _ verified: Bool?) -> Bool {
    guard let total, let verified else { return false }
    guard total > best.total || (total == best.total && program < best.program) else { return false }
    best = Best(program: program, total: total, verified: verified)
    return true
  }
}
