import FunSearch
import PythonSyntax

/// What a journal says of each program, whatever island proposed it.
struct JournalOutcomes: Sendable {
  private var outcomes: [TreeHash: Outcome] = [:]
  private var claims: [TreeHash: Claim] = [:]
  private var refutations: [TreeHash: Failure] = [:]

  /// Takes one step, in any order.
  mutating func add(_ record: StepRecord) {
    if record.isDiscarded { return }
    let hash = record.hash
    if let scores = record.refuted, case .failed(let failure) = record.outcome {
      outcomes[hash] = .scored(scores)
      refutations[hash] = failure
      return
    }
    switch (outcomes[hash], record.outcome) {
    case (nil, let outcome): outcomes[hash] = outcome
    // Format 1 has no scores of refuted claims: one island found the program as good as its score, another would
    // have had a best and asked again.
    case (.scored, .failed(let failure)): refutations[hash] = failure
    case (.failed(let failure), .scored(let scores)):
      outcomes[hash] = .scored(scores)
      refutations[hash] = failure
    case (.scored, .scored), (.failed, .failed): break
    }
    if let claim = record.claim { claims[hash] = claim }
  }

  subscript(hash: TreeHash) -> Outcome? { outcomes[hash] }

  /// What came of evaluating a claim again; nil when the journal knows of no claim.
  func confirmation(of hash: TreeHash) -> Confirmation? {
    if let failure = refutations[hash] { return .refuted(failure) }
    return claims[hash].map(Confirmation.confirmed)
  }
}

extension EvaluationJob {
  /// The hash that its outcome is kept under.
  var hash: TreeHash { code.function.contentHash(support: code.support) }
}

extension Outcome {
  /// Whether another machine, or this one on another day, may come to another outcome.
  var dependsOnMachine: Bool {
    guard case .failed(let failure) = self else { return false }
    return failure.kind == .timeout || failure.kind == .workerLost
  }
}
