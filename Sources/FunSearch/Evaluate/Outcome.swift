/// What the sandbox said of one candidate.
///
/// A failure is a type, never a score.
public enum Outcome: Hashable, Sendable {
  case scored(Scores)
  case failed(Failure)

  /// The score programs are ranked by; nil for a failure.
  public var total: Double? {
    if case .scored(let scores) = self { scores.total } else { nil }
  }
}

/// The scores of a program that finished on every input.
public struct Scores: Hashable, Sendable {
  /// One finite score per input, in input order: the program's signature (Methods, "Programs database").
  public let perInput: [Double]
  /// The one number programs are ranked by; higher is better.
  public let total: Double
  /// Digest of what the program did, over all inputs, where the evaluator tells.
  public let behaviour: String?

  /// Scores of every input, and the one number they make.
  public init(perInput: [Double], total: Double, behaviour: String? = nil) {
    self.perInput = perInput
    self.total = total
    self.behaviour = behaviour
  }
}

/// Why a candidate has no score.
public struct Failure: Hashable, Sendable {
  /// What kind of failure it is.
  public let kind: FailureKind
  /// One sentence, such as `ZeroDivisionError: division by zero`.
  public let message: String
  /// Line of the candidate's own source, where it is known.
  public let line: Int?
  /// Index of the input it failed on, where it is known.
  public let input: Int?
  /// What more there is to the kind: of a `timeout` the limit it passed, `cpu` or `wall`; of a `discarded` answer
  /// why, such as `no code`.
  public let limit: String?

  /// A failure of a kind, with one sentence about it.
  public init(
    _ kind: FailureKind,
    _ message: String,
    line: Int? = nil,
    input: Int? = nil,
    limit: String? = nil
  ) {
    self.kind = kind
    self.message = message
    self.line = line
    self.input = input
    self.limit = limit
  }
}

/// The ways to fail (DESIGN §5).
public enum FailureKind: String, Hashable, Sendable, CaseIterable {
  case syntax
  case exception
  case timeout
  case memory
  case crash
  case output
  case forbidden
  case invalidScore = "invalid score"
  case forged
  case nondeterministic
  case workerLost = "worker lost"
  /// A model's answer held no program, so that nothing was run.
  case discarded
}
