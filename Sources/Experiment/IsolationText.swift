package import SandboxWorkers

extension Greeting {
  /// The active layers in one line, as a run and its certificate state them.
  package var isolationText: String {
    switch level {
    case 3...: "level 3: \(layers.joined(separator: ", "))"
    case 2: "level 2, without namespaces: \(layers.joined(separator: ", "))"
    case 1: "level 1, seccomp only: \(layers.joined(separator: ", "))"
    default: "NONE: candidates run with the rights of the user"
    }
  }
}
