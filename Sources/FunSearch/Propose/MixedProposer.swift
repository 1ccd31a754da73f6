/// Lets a model answer the steps that ask one, and a maker of programs all others.
package struct MixedProposer: Proposer {
  private let model: any Proposer
  private let maker: any ProgramMaker

  package init(model: any Proposer, maker: any ProgramMaker) {
    self.model = model
    self.maker = maker
  }

  package func answersAtOnce(_ prompt: Prompt) -> Bool {
    prompt.asksModel ? model.answersAtOnce(prompt) : maker.answersAtOnce(prompt)
  }

  package func proposal(for prompt: Prompt, attempt: Int) async throws -> Proposal {
    prompt.asksModel
      ? try await model.proposal(for: prompt, attempt: attempt)
      : try await maker.proposal(for: prompt, attempt: attempt)
  }
}
