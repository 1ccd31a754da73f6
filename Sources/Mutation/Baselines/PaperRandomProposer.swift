package import FunSearch
import PythonSyntax

/// The baseline *paper-random*: the random changes of the tree that the paper compares its language models with
/// (Supplementary Information, A.2), in the same islands and clusters.
///
/// A child is the best version of the prompt with one assignment more, and with some of its operations deleted or
/// replaced (``TreeChange``). Types are not looked at, so many children fail; only what could count without end is
/// drawn again, since a time-out would tell nothing.
package struct PaperRandomProposer: ProgramMaker {
  private static let tries = 20
  private let vocabulary: Vocabulary
  private let operations: TreeChange.Operations
  private let maxNodes: Int
  private let seed: UInt64

  /// `seed` is the run's; children have at most `maxNodes` nodes, or their parent's where that has more.
  init(_ vocabulary: Vocabulary, maxNodes: Int, seed: UInt64) {
    self.vocabulary = vocabulary
    operations = TreeChange.Operations(vocabulary)
    self.maxNodes = maxNodes
    self.seed = seed
  }

  /// A child of the prompt's best version; a function of (seed, island, step, attempt) and that version alone.
  package func propose(_ prompt: Prompt, attempt: Int) throws -> Candidate {
    guard let version = prompt.versions.last else { preconditionFailure("a prompt has a version") }
    var random = RandomStream(
      seed: seed,
      island: prompt.step.island.number,
      step: prompt.step.step,
      attempt: attempt,
      purpose: .mutation
    )
    let parent = try ProgramCode(version)
    let limit = max(maxNodes, parent.function.body.nodeCount)
    var child = Child(function: parent.function)
    for _ in 0..<Self.tries {
      var change = TreeChange(operations, parent.function.parameters.named.map(\.name), random)
      let body = change.child(of: parent.function.body)
      random = change.random
      guard body != parent.function.body, body.nodeCount <= limit, isBounded(body, of: parent.function) else {
        continue
      }
      child.function.body = body
      child.operators = change.names
      break
    }
    return Candidate(
      code: ProgramCode(function: child.function, support: parent.support),
      parents: [version.id],
      operators: child.operators.isEmpty ? ["none"] : child.operators
    )
  }

  /// Whether no power may outgrow what a machine can hold.
  private func isBounded(_ body: [Statement], of function: FunctionDefinition) -> Bool {
    Inspector.inspect(body, vocabulary.scope(of: function), vocabulary).doubts[.growth] == 0
  }
}
