/// A best-shot prompt: k programs of one island, ascending by score, to be answered by a better one
/// (Methods, "Prompt building").
public struct Prompt: Sendable {
  /// The step that asks.
  public let step: StepID
  /// Resets before the step.
  public let epoch: Int
  /// Versions v0 … vk-1, worst first.
  public let versions: [Program]
  /// What is asked for.
  public let kind: PromptKind
  /// What the island's latest steps failed of.
  package let failures: RecentFailures
  /// How models' latest answers in the island turned out.
  package let answers: ModelAnswers
  /// Whether a language model is to answer, where the proposer has one.
  public let asksModel: Bool

  package init(
    step: StepID,
    epoch: Int,
    versions: [Program],
    kind: PromptKind = .bestShot,
    failures: RecentFailures = RecentFailures(),
    answers: ModelAnswers = ModelAnswers(),
    asksModel: Bool = false
  ) {
    self.step = step
    self.epoch = epoch
    self.versions = versions
    self.kind = kind
    self.failures = failures
    self.answers = answers
    self.asksModel = asksModel
  }
}

/// What is asked for.
public enum PromptKind: Sendable {
  /// A program better than the versions.
  case bestShot
  /// One of another kind, to climb from. The versions are good results of earlier climbs, `after` those of all that
  /// are remembered, oldest first.
  case founding(after: [Program])
  /// A neighbour of the only version.
  case climbing
}

/// A proposed program and how it was made.
public struct Candidate: Sendable {
  /// The program.
  public let code: ProgramCode
  /// Programs it was made from, those that gave something only, best first.
  public let parents: [ProgramID]
  /// Names of the operators applied, in order; ``modelOperator(_:)`` for a model.
  public let operators: [String]

  /// A program and how it was made.
  public init(code: ProgramCode, parents: [ProgramID], operators: [String]) {
    self.code = code
    self.parents = parents
    self.operators = operators
  }

  /// The operator that stands for a model, which no operator of ours can be mistaken for.
  public static func modelOperator(_ model: String) -> String { modelPrefix + model }

  /// The model among operators; nil where none was asked.
  package static func model(of operators: [String]) -> String? {
    operators.first { $0.hasPrefix(modelPrefix) }.map { String($0.dropFirst(modelPrefix.count)) }
  }

  private static let modelPrefix = "model:"
}

/// Answers prompts with programs: the offline mutator or a language model (the paper's sampler).
///
/// The answer to (prompt, attempt) must be a function of these and of the run's seed alone, or be journaled
/// before it is used.
public protocol Proposer: Sendable {
  /// True when the answer takes microseconds and never waits; it is then made in the search's own loop.
  func answersAtOnce(_ prompt: Prompt) -> Bool

  /// - Parameters:
  ///   - prompt: the versions to improve on.
  ///   - attempt: 0, then 1, 2 … when the earlier answers were programs that the island had proposed before.
  /// - Returns: a program for the prompt's island, or why there is none.
  /// - Throws: when the proposer itself is broken; the search then ends with that error.
  func proposal(for prompt: Prompt, attempt: Int) async throws -> Proposal

  /// Gives up what proposals under way wait for: the search is ending, and its user will not wait.
  ///
  /// Their answers are ``Proposal/withheld`` then. A proposer that answers soon has nothing to do.
  func stopWaiting()
}

extension Proposer {
  /// Does nothing.
  public func stopWaiting() {}
}
