import FunSearch
import ProblemFiles
import SandboxWorkers

extension ProblemVocabulary {
  /// The vocabulary with its fragments read by Python.
  ///
  /// - Throws: ``ProblemFilesError/invalid(path:line:detail:)`` for one that is no Python.
  func read(by reader: SourceReader) async throws -> ProblemVocabulary {
    var vocabulary = self
    for index in fragments.indices {
      let fragment = fragments[index]
      switch try await reader.parse(fragment.source) {
      case .success(let statements): vocabulary.fragments[index].tree = statements
      case .failure(let failure):
        throw ProblemFilesError.invalid(
          path: fragment.path,
          line: fragment.line,
          detail: "`\(fragment.text)` is not Python: \(failure.message)"
        )
      }
    }
    return vocabulary
  }
}
