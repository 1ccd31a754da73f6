import PythonSyntax

/// The `error` member of a reply.
struct WireError: Error, Hashable {
  let kind: String
  let message: String
  let line: Int?

  init(message: String, kind: String = "exception") {
    self.kind = kind
    self.message = message
    line = nil
  }

  init?(_ json: JSONValue) {
    self.init(member: json["error"])
  }

  /// What the member `error` holds; nil where there is none.
  init?(member error: JSONValue?) {
    guard let error, !error.isNull else { return nil }
    kind = error["kind"]?.string ?? "exception"
    message = error["message"]?.string ?? "no message"
    line = error["line"]?.int
  }

  /// - Throws: ``UnreadableReply`` when the payload is not JSON.
  init?(_ payload: ArraySlice<UInt8>) throws(UnreadableReply) {
    self.init(try JSONValue(reply: payload))
  }

  /// The same as an error in the specification at `path`.
  func specificationError(_ path: String) -> SandboxError {
    // A worker names the place in some of its messages.
    let places = (line.map { ["\(path):\($0): "] } ?? []) + ["\(path): "]
    let place = places.first { message.hasPrefix($0) } ?? ""
    return .specification(path: path, line: line, message: String(message.dropFirst(place.count)))
  }
}
