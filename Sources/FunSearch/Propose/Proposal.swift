/// What a proposer answers.
public enum Proposal: Sendable {
  case candidate(Candidate)
  /// An answer without a program: a step of the history that failed.
  case discarded(DiscardedAnswer)
  /// No answer now, since a budget is used up or the model cannot be asked.
  ///
  /// The search then ends as upon a stop; the step is asked for again when it goes on.
  case withheld
}

/// An answer that holds no program.
public struct DiscardedAnswer: Hashable, Sendable {
  /// Why, in a word or two, such as `no code`.
  public let kind: String
  /// One sentence.
  public let message: String
  /// The answer as it came; empty where there was none.
  public let text: String
  /// The programs that were shown, best first.
  public let parents: [ProgramID]
  /// As in ``Candidate/operators``.
  public let operators: [String]

  /// An answer that is to be kept and counted.
  public init(kind: String, message: String, text: String, parents: [ProgramID], operators: [String]) {
    self.kind = kind
    self.message = message
    self.text = text
    self.parents = parents
    self.operators = operators
  }
}

/// Makes programs itself, at once, without asking anybody.
public protocol ProgramMaker: Proposer {
  /// A program for the prompt.
  func propose(_ prompt: Prompt, attempt: Int) async throws -> Candidate
}

extension ProgramMaker {
  /// True: a maker never waits.
  public func answersAtOnce(_ prompt: Prompt) -> Bool { true }

  /// The program that is made for the prompt.
  public func proposal(for prompt: Prompt, attempt: Int) async throws -> Proposal {
    .candidate(try await propose(prompt, attempt: attempt))
  }
}
