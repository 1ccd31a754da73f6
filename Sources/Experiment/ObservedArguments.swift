import Mutation
import SandboxWorkers

/// What the evolved function is given while the specification's own program runs, as the mutator reads it.
struct ObservedArguments: Sendable {
  /// A type by parameter name; parameters of several types are left out.
  var types: [String: String] = [:]
  /// What the first sequence parameter is given, if there is one of small whole numbers.
  var rows: ObservedRows?
}

extension SandboxPool {
  func observedArguments() async throws -> ObservedArguments {
    var observed = ObservedArguments()
    for parameter in try await trace() {
      if let sequence = parameter.lengthOf {
        observed.types[parameter.name] = "len(\(sequence))"
      } else if parameter.types.count == 1 {
        observed.types[parameter.name] = parameter.types[0]
      }
      if observed.rows == nil {
        observed.rows = ObservedRows(parameter: parameter.name, rows: parameter.rows)
      }
    }
    return observed
  }
}
