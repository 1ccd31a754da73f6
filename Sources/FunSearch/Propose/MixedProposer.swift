/// Lets a model answer the steps that ask one, and a maker of programs all others.
public struct MixedProposer: Proposer {
  private let model: any Proposer
  private let maker: any ProgramMaker

  /// A mix of both.
  public init(model: any Proposer, maker: any ProgramMaker) {
    self.model = model
    self.maker = maker
  }

  /// As whoever is asked says.
  public func answersAtOnce(_ prompt: Prompt) -> Bool {
    prompt.asksModel ? model.answersAtOnce(prompt) : maker.answersAtOnce(prompt)
  }

  /// The answer of whoever is asked.
  public func proposal(for prompt: Prompt, attempt: Int) async throws -> Proposal {
    prompt.asksModel
      ? try await model.proposal(for: prompt, attempt: attempt)
      : try await maker.proposal(for: prompt, attempt: attempt)
  }

  /// Tells the model.
  public func stopWaiting() { model.stopWaiting() }
}
