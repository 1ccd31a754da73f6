package import FunSearch

/// The baseline *random*: every candidate is a random program of the grammar, whatever was scored before.
package struct RandomProposer: ProgramMaker {
  private let programs: MutationProposer

  /// `programs` makes random programs only.
  init(_ programs: MutationProposer) {
    self.programs = programs
  }

  package func propose(_ prompt: Prompt, attempt: Int) throws -> Candidate {
    try programs.propose(prompt.asBestShot, attempt: attempt)
  }
}

extension Prompt {
  /// The same versions, asked for a better one.
  var asBestShot: Prompt { Prompt(step: step, epoch: epoch, versions: versions) }
}
