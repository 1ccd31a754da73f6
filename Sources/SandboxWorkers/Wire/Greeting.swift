import PythonSyntax

/// What a worker says of itself when it starts (Sandbox/PROTOCOL.md).
package struct Greeting: Hashable, Sendable {
  /// Version of the interpreter, as in `3.11.2`.
  package let python: String
  /// As in `cpython`.
  package let implementation: String
  /// Version of numpy, where the interpreter has it.
  package let numpy: String?
  /// 3 namespaces, Landlock and seccomp; 2 without namespaces; 1 seccomp only; 0 limits only.
  package let level: Int
  /// Names of the active layers.
  package let layers: [String]
  /// The user it runs as; nil where it does not tell.
  package let userID: Int?
  /// Why the worker refuses to serve, instead of all else.
  let refusal: String?

  init(_ payload: ArraySlice<UInt8>) throws(UnreadableReply) {
    let json = try JSONValue(reply: payload)
    refusal = json["event"]?.string == "refused" ? json["message"]?.string ?? "no reason given" : nil
    if refusal == nil {
      guard json["event"]?.string == "ready" else { throw UnreadableReply(description: "no greeting") }
      guard json["protocol"]?.int == 1 else {
        throw UnreadableReply(description: "a greeting of another protocol version")
      }
    }
    python = json["python"]?.string ?? "unknown"
    implementation = json["implementation"]?.string ?? "unknown"
    numpy = json["numpy"]?.string
    level = json["level"]?.int ?? 0
    userID = json["uid"]?.int
    layers = json["layers"]?.array?.compactMap(\.string) ?? []
  }

  /// The level and its layers in a few words, as in `level 3 (namespaces, landlock, seccomp)`.
  package var isolationText: String {
    "level \(level) (\(layers.joined(separator: ", ")))"
  }

  /// - Throws: ``SandboxError/isolation(_:)`` when the worker refused or is less isolated than it must be.
  func check(minimumLevel: Int) throws(SandboxError) {
    if let refusal { throw .isolation("The worker refuses to run candidates: \(refusal)") }
    if level < minimumLevel {
      throw .isolation(
        "The worker reached isolation level \(level) (\(layers.joined(separator: ", "))); at least "
          + "\(minimumLevel) is asked for. `funsearch doctor` says what is missing and how to get it."
      )
    }
  }
}
