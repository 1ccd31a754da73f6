package import FunSearch

/// The baseline *hill-climb*: one current program, changed by the mutator's operators; a change that is not worse
/// takes its place, and after too many without a gain the next climb begins with a random program.
///
/// The island keeps the current program and decides what is accepted (`Climb`), so every step climbs. Several islands
/// climb each for itself; a lag of more than 1 changes a program that was current some steps ago.
package struct HillClimbProposer: ProgramMaker {
  private let changes: MutationProposer
  private let beginnings: MutationProposer

  /// `beginnings` makes random programs only.
  init(changes: MutationProposer, beginnings: MutationProposer) {
    self.changes = changes
    self.beginnings = beginnings
  }

  package func propose(_ prompt: Prompt, attempt: Int) throws -> Candidate {
    switch prompt.kind {
    case .founding:
      let program = try beginnings.propose(prompt.asBestShot, attempt: attempt)
      return Candidate(code: program.code, parents: program.parents, operators: ["found-random"])
    case .bestShot, .climbing:
      let change = try changes.propose(prompt.asBestShot, attempt: attempt)
      let operators = change.operators.enumerated().map { $0 == 0 ? "climb-\($1)" : $1 }
      return Candidate(code: change.code, parents: change.parents, operators: operators)
    }
  }
}
