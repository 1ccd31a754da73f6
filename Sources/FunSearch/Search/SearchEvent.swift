public import PythonSyntax

/// What happened, in the order it took effect.
///
/// A search's state is a fold over these events.
public enum SearchEvent: Sendable {
  /// The specification's own program was scored; every island starts from it.
  case founded(FounderRecord)
  /// A step was committed: its outcome is part of the history from here on.
  case committed(StepRecord)
  /// All islands met and the worse half was founded anew.
  case reset(ResetRecord)
}

/// The specification's own program and its scores.
public struct FounderRecord: Hashable, Sendable {
  /// Hash of the program's canonical form.
  public let hash: TreeHash
  /// The program's text.
  public let source: String
  package let encodedFunction: [UInt8]
  /// What it scored.
  public let scores: Scores
  /// What stands behind the scores.
  public let claim: Claim

  package init(hash: TreeHash, source: String, encodedFunction: [UInt8], scores: Scores, claim: Claim) {
    self.hash = hash
    self.source = source
    self.encodedFunction = encodedFunction
    self.scores = scores
    self.claim = claim
  }

  /// The program every island starts from.
  ///
  /// - Parameters:
  ///   - function: the function to evolve, with its first body.
  ///   - scores: what it scores; a search has nothing to start from without them.
  ///   - verified: whether the scores were recomputed by something that did not run the program.
  public init(_ function: FunctionDefinition, scores: Scores, verified: Bool = false) {
    self.init(
      hash: function.contentHash(support: []),
      source: function.source(),
      encodedFunction: function.encoded(),
      scores: scores,
      claim: Claim(verified: verified, artifacts: [])
    )
  }
}

/// One committed step: one candidate, how it was made and what came of it.
public final class StepRecord: Sendable {
  /// Its island and place there.
  public let step: StepID
  /// Resets before it.
  public let epoch: Int
  /// How many duplicates were drawn before this candidate.
  public let redraws: Int
  /// The programs it was made from.
  public let parents: [ProgramID]
  /// Names of what made it, in order.
  public let operators: [String]
  /// Hash of the program's canonical form.
  public let hash: TreeHash
  /// The program's text as it was run, support code included; empty when a journal was read without texts.
  ///
  /// The answer's text where it was discarded (``isDiscarded``).
  public let source: String
  /// Bytes of the program's text.
  public let sourceLength: Int
  package let encodedFunction: [UInt8]
  package let encodedSupport: [UInt8]
  /// The scores, or why there are none.
  public let outcome: Outcome
  /// True when the run had the outcome already and did not evaluate again.
  public let reused: Bool
  /// What became of it in its island.
  public let registration: Registration
  /// Set when the program became its island's best and the claim was confirmed.
  public let claim: Claim?
  /// What the program scored at first, when its outcome is that such a claim did not hold.
  public let refuted: Scores?
  /// CPU time of the evaluation; information only.
  public let cpuMicroseconds: Int
  /// Time of the evaluation by the clock; information only.
  public let wallMicroseconds: Int

  package init(
    step: StepID,
    epoch: Int,
    redraws: Int,
    parents: [ProgramID],
    operators: [String],
    hash: TreeHash,
    source: String,
    sourceLength: Int? = nil,
    encodedFunction: [UInt8],
    encodedSupport: [UInt8],
    outcome: Outcome,
    reused: Bool,
    registration: Registration,
    claim: Claim?,
    refuted: Scores? = nil,
    cpuMicroseconds: Int,
    wallMicroseconds: Int
  ) {
    self.step = step
    self.epoch = epoch
    self.redraws = redraws
    self.parents = parents
    self.operators = operators
    self.hash = hash
    self.source = source
    self.sourceLength = sourceLength ?? source.utf8.count
    self.encodedFunction = encodedFunction
    self.encodedSupport = encodedSupport
    self.outcome = outcome
    self.reused = reused
    self.registration = registration
    self.claim = claim
    self.refuted = refuted
    self.cpuMicroseconds = cpuMicroseconds
    self.wallMicroseconds = wallMicroseconds
  }
}

extension StepRecord {
  /// Whether it is an answer without a program; ``source`` is then its text, and there is no tree.
  public var isDiscarded: Bool {
    if case .failed(let failure) = outcome { failure.kind == .discarded } else { false }
  }
}

/// What became of a candidate in its island.
public enum Registration: String, Hashable, Sendable, CaseIterable {
  /// It opened a cluster with a new signature.
  case newCluster = "new cluster"
  /// It joined the cluster of its signature.
  case joinedCluster = "joined cluster"
  /// It replaced a longer program of the same behaviour.
  case replacedLonger = "replaced longer"
  /// The cluster holds a program that is as short and behaves the same, or is full of shorter ones.
  case notNeeded = "not needed"
  /// The island had proposed the same program before.
  case duplicate
  /// It failed, and never enters an island.
  case failed
}

/// One meeting of all islands.
public struct ResetRecord: Hashable, Sendable {
  /// The epoch that begins.
  public let epoch: Int
  /// The islands that were founded again.
  public let foundings: [Founding]

  package init(epoch: Int, foundings: [Founding]) {
    self.epoch = epoch
    self.foundings = foundings
  }
}

/// One island emptied and founded again from one program.
public struct Founding: Hashable, Sendable {
  /// The island that was emptied.
  public let island: IslandID
  /// The survivor whose best program it starts from; nil for the specification's own program.
  public let from: IslandID?
  /// The program it starts from.
  public let founder: ProgramID

  package init(island: IslandID, from: IslandID?, founder: ProgramID) {
    self.island = island
    self.from = from
    self.founder = founder
  }
}
