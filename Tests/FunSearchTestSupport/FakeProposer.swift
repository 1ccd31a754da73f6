package import FunSearch
package import PythonSyntax

/// Proposes `return c` with a small random c added to the best version's, so that duplicates are common.
package struct FakeProposer: Proposer {
  package let seed: UInt64
  /// c is drawn from 0 ..< `spread`.
  package let spread: Int

  package let answersAtOnce: Bool

  package init(seed: UInt64, spread: Int = 40, answersAtOnce: Bool = true) {
    self.answersAtOnce = answersAtOnce
    self.seed = seed
    self.spread = spread
  }

  package func propose(_ prompt: Prompt, attempt: Int) async throws -> Candidate {
    try answer(prompt, attempt: attempt)
  }

  /// The same without waiting.
  package func answer(_ prompt: Prompt, attempt: Int) throws -> Candidate {
    var stream = RandomStream(
      seed: seed,
      island: prompt.step.island.number,
      step: prompt.step.step,
      attempt: attempt,
      purpose: .mutation
    )
    let parent = prompt.versions[prompt.versions.count - 1]
    let value = try ProgramCode(parent).function.returnedNumber + stream.integer(below: spread) - spread / 3
    return Candidate(
      code: ProgramCode(function: .returning(max(0, value))),
      parents: [parent.id],
      operators: [prompt.kind.operatorName]
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
