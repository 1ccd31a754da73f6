import FunSearch
import Mutation
import ProblemFiles
import SandboxWorkers

/// What the evolved function is given while the specification's own program runs, as the mutator reads it.
struct ObservedArguments: Sendable {
  /// A type by parameter name; `int | float` for one that was given both.
  var types: [String: String] = [:]
  /// What the first sequence parameter is given, if there is one of small whole numbers.
  var rows: ObservedRows?

  /// What a problem gives the mutator, checked.
  func vocabulary(of problem: Problem) throws(ProblemFilesError) -> CheckedVocabulary {
    let checked = Result<CheckedVocabulary, VocabularyError> { () throws(VocabularyError) in
      try CheckedVocabulary(
        problem.vocabulary,
        specification: problem.specification,
        observedTypes: types
      )
    }
    return try checked.mapError { error in
      switch error {
      case .invalid(let path, let line, let detail):
        ProblemFilesError.invalid(path: path, line: line, detail: detail)
      }
    }.get()
  }
}

extension SandboxPool {
  func observedArguments() async throws -> ObservedArguments {
    var observed = ObservedArguments()
    var firstArray: String?
    for parameter in try await trace() {
      if let sequence = parameter.lengthOf {
        observed.types[parameter.name] = "len(\(sequence))"
      } else if let array = parameter.shapeOf.first(where: { firstArray == nil || $0 == firstArray }) {
        observed.types[parameter.name] = (parameter.types.first ?? "numpy.ndarray") + " like \(array)"
      } else if !parameter.types.isEmpty {
        observed.types[parameter.name] = parameter.types.joined(separator: " | ")
      }
      if firstArray == nil, parameter.types.contains(where: { $0.hasPrefix("numpy.ndarray") }) {
        firstArray = parameter.name
      }
      if observed.rows == nil {
        observed.rows = ObservedRows(parameter: parameter.name, rows: parameter.rows)
      }
    }
    return observed
  }
}
