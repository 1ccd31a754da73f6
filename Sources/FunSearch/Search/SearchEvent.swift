package import PythonSyntax

/// What happened, in the order it took effect.
///
/// A search's state is a fold over these events.
package enum SearchEvent: Sendable {
  /// The specification's own program was scored; every island starts from it.
  case founded(FounderRecord)
  /// A step was committed: its outcome is part of the history from here on.
  case committed(StepRecord)
  /// All islands met and the worse half was founded anew.
  case reset(ResetRecord)
}

/// The specification's own program and its scores.
package struct FounderRecord: Hashable, Sendable {
  package let hash: TreeHash
  package let source: String
  package let encodedFunction: [UInt8]
  package let scores: Scores
  package let claim: Claim

  package init(hash: TreeHash, source: String, encodedFunction: [UInt8], scores: Scores, claim: Claim) {
    self.hash = hash
    self.source = source
    self.encodedFunction = encodedFunction
    self.scores = scores
    self.claim = claim
  }
}

/// One committed step: one candidate, how it was made and what came of it.
package final class StepRecord: Sendable {
  package let step: StepID
  package let epoch: Int
  /// How many duplicates were drawn before this candidate.
  package let redraws: Int
  package let parents: [ProgramID]
  package let operators: [String]
  package let hash: TreeHash
  /// The program's text as it was run, support code included; empty when a journal was read without texts.
  ///
  /// The answer's text where it was discarded (``isDiscarded``).
  package let source: String
  /// Bytes of the program's text.
  package let sourceLength: Int
  package let encodedFunction: [UInt8]
  package let encodedSupport: [UInt8]
  package let outcome: Outcome
  /// True when the run had the outcome already and did not evaluate again.
  package let reused: Bool
  package let registration: Registration
  /// Set when the program became its island's best and the claim was confirmed.
  package let claim: Claim?
  /// What the program scored at first, when its outcome is that such a claim did not hold.
  package let refuted: Scores?
  package let cpuMicroseconds: Int
  package let wallMicroseconds: Int

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
  package var isDiscarded: Bool {
    if case .failed(let failure) = outcome { failure.kind == .discarded } else { false }
  }
}

/// What became of a candidate in its island.
package enum Registration: String, Hashable, Sendable, CaseIterable {
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
package struct ResetRecord: Hashable, Sendable {
  /// The epoch that begins.
  package let epoch: Int
  package let foundings: [Founding]

  package init(epoch: Int, foundings: [Founding]) {
    self.epoch = epoch
    self.foundings = foundings
  }
}

/// One island emptied and founded again from one program.
package struct Founding: Hashable, Sendable {
  package let island: IslandID
  /// The survivor whose best program it starts from; nil for the specification's own program.
  package let from: IslandID?
  package let founder: ProgramID

  package init(island: IslandID, from: IslandID?, founder: ProgramID) {
    self.island = island
    self.from = from
    self.founder = founder
  }
}
