import SandboxWorkers

extension SandboxPool {
  /// What the evolved function is given, as the mutator's grammar reads it; parameters of several types are left
  /// out.
  func observedTypes() async throws -> [String: String] {
    var types: [String: String] = [:]
    for parameter in try await trace() {
      if let sequence = parameter.lengthOf {
        types[parameter.name] = "len(\(sequence))"
      } else if parameter.types.count == 1 {
        types[parameter.name] = parameter.types[0]
      }
    }
    return types
  }
}
