/// Why candidates cannot be evaluated at all.
///
/// What a candidate does wrong is never one of these.
package enum SandboxError: Error, Hashable, Sendable {
  /// No usable interpreter; the text says which were tried and what to do.
  case python(String)
  /// The isolation asked for cannot be had; the text says how to get it.
  case isolation(String)
  /// A process could not be started; `code` is an errno value.
  case spawn(program: String, code: Int32)
  /// A worker started and said no, or said something else than the protocol asks.
  case worker(String)
  /// A specification that cannot be read or loaded: `path:line: message`.
  case specification(path: String, line: Int?, message: String)
}

extension SandboxError {
  /// A worker that was lost more often than chance explains, while something was done.
  static func lost(_ what: String, _ how: String) -> SandboxError {
    .worker("While \(what), \(how). Look for what kills processes here, such as a lack of memory, and try again.")
  }
}

extension SandboxError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .python(let message), .isolation(let message), .worker(let message):
      message
    case .spawn(let program, let code):
      "\(program) cannot be started: \(errorText(code)). Check that the file may be executed and that "
        + "processes and descriptors are not used up (ulimit -u, ulimit -n)."
    case .specification(let path, let line, let message):
      line.map { "\(path):\($0): \(message)" } ?? "\(path): \(message)"
    }
  }
}
