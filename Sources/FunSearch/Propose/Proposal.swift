/// What a proposer answers.
package enum Proposal: Sendable {
  case candidate(Candidate)
  /// An answer without a program: a step of the history that failed.
  case discarded(DiscardedAnswer)
  /// No answer now, since a budget is used up or the model cannot be asked.
  ///
  /// The search then ends as upon a stop; the step is asked for again when it goes on.
  case withheld
}

/// An answer that holds no program.
package struct DiscardedAnswer: Hashable, Sendable {
  /// Why, in a word or two, such as `no code`.
  package let kind: String
  /// One sentence.
  package let message: String
  /// The answer as it came; empty where there was none.
  package let text: String
  /// The programs that were shown, best first.
  package let parents: [ProgramID]
  /// As in ``Candidate/operators``.
  package let operators: [String]

  package init(kind: String, message: String, text: String, parents: [ProgramID], operators: [String]) {
    self.kind = kind
    self.message = message
    self.text = text
    self.parents = parents
    self.operators = operators
  }
}

/// Makes programs itself, at once, without asking anybody.
package protocol ProgramMaker: Proposer {
  /// A program for the prompt.
  func propose(_ prompt: Prompt, attempt: Int) async throws -> Candidate
}

extension ProgramMaker {
  package func answersAtOnce(_ prompt: Prompt) -> Bool { true }

  package func proposal(for prompt: Prompt, attempt: Int) async throws -> Proposal {
    .candidate(try await propose(prompt, attempt: attempt))
  }
}
