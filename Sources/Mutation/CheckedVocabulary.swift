package import FunSearch
import PythonSyntax

/// A problem's vocabulary, checked against the function that it is for.
package struct CheckedVocabulary: Sendable {
  let fragments: Fragments
  let wholes: [Int]
  let reals: [Double]
  let moduli: [Int]

  /// Checks a vocabulary whose fragments Python has read.
  ///
  /// - Parameters:
  ///   - vocabulary: what the problem gives.
  ///   - specification: of the same problem.
  ///   - observedTypes: types of parameters without a type hint, as for a ``MutationProposer``.
  /// - Throws: ``VocabularyError`` for the first fragment that names what is not there, has holes where nothing
  ///   can be filled in, or may fail.
  package init(
    _ vocabulary: ProblemVocabulary,
    specification: Specification,
    observedTypes: [String: String] = [:]
  ) throws(VocabularyError) {
    let known = Vocabulary(specification, observed: observedTypes)
    let hidden = Set([specification.run] + (specification.verify.map { [$0] } ?? []))
    var fragments = Fragments()
    for source in vocabulary.fragments {
      fragments.add(try FragmentChecker(source, known, hidden: hidden).fragment())
    }
    self.fragments = fragments
    wholes = vocabulary.wholes
    reals = vocabulary.reals
    moduli = vocabulary.moduli
  }

  /// None at all.
  package init() {
    (fragments, wholes, reals, moduli) = (Fragments(), [], [], [])
  }
}
