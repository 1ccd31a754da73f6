package import FunSearch
package import PythonSyntax

/// Proposes `return c` with a small random c added to the best version's, so that duplicates are common.
package struct FakeProposer: Proposer {
  package let seed: UInt64
  /// c is drawn from 0 ..< `spread`.
  package let spread: Int

  private let answersNow: Bool

  package init(seed: UInt64, spread: Int = 40, answersAtOnce: Bool = true) {
    answersNow = answersAtOnce
    self.seed = seed
    self.spread = spread
  }

  package func answersAtOnce(_ prompt: Prompt) -> Bool { answersNow }

  package func proposal(for prompt: Prompt, attempt: Int) async throws -> Proposal {
    try answer(prompt, attempt: attempt)
  }

  /// The same without waiting.
  package func answer(_ prompt: Prompt, attempt: Int) throws -> Proposal {
    var stream = RandomStream(
      seed: seed,
      island: prompt.step.island.number,
      step: prompt.step.step,
      attempt: attempt,
      purpose: .mutation
    )
    let parent = prompt.versions[prompt.versions.count - 1]
    let value = try ProgramCode(parent).function.returnedNumber + stream.integer(below: spread) - spread / 3
    let operators = [prompt.asksModel ? Candidate.modelOperator("fake") : prompt.kind.operatorName]
    if prompt.asksModel, stream.chance(0.2) {
      let text = "I cannot do \(value)."
      return .discarded(
        DiscardedAnswer(
          kind: "no code",
          message: text,
          text: text,
          parents: [parent.id],
          operators: operators
        )
      )
    }
    return .candidate(
      Candidate(
        code: ProgramCode(function: .returning(max(0, value))),
        parents: [parent.id],
        operators: operators
      )
    )
  }
}

extension PromptKind {
  /// The operator with which ``FakeProposer`` answers.
  fileprivate var operatorName: String {
    switch self {
    case .bestShot: "constant"
    case .founding: "found-constant"
    case .climbing: "climb-constant"
    }
  }
}

extension FunctionDefinition {
  /// `def f(x): return value`.
  package static func returning(_ value: Int) -> FunctionDefinition {
    FunctionDefinition(
      name: "f",
      parameters: Parameters(positional: [Parameter("x")]),
      body: [.returning(.constant(.int(value)))]
    )
  }

  /// The c of `return c`.
  package var returnedNumber: Int {
    if case .returning(.constant(.int(let value)))? = body.last { value } else { 0 }
  }
}
