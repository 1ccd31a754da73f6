package import PythonSyntax

/// What Python made of a reply (Sandbox/PROTOCOL.md, `extract`).
package enum ReplyReading: Sendable {
  /// A module that stands alone, the evolved function last, and what was done to the reply.
  case program([Statement], marks: [String])
  /// One of the protocol's kinds, and a message.
  case discarded(kind: String, message: String)

  /// The kind of a reply that cannot be read within limits.
  static let tooComplex = "too complex"

  init(_ json: JSONValue) throws {
    if let discard = json["discard"], let kind = discard["kind"]?.string {
      self = .discarded(kind: kind, message: discard["message"]?.string ?? kind)
      return
    }
    guard let nodes = json["statements"]?.array, let marks = json["marks"]?.array else {
      throw UnreadableReply(description: "it has neither statements nor a discard")
    }
    var statements: [Statement] = []
    for node in nodes { statements.append(try Statement(json: node)) }
    self = .program(statements, marks: marks.compactMap(\.string))
  }
}
