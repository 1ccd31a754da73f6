import PythonSyntax

/// What the stub server does with a connection, step by step.
package struct StubAnswer: Sendable {
  package enum Step: Sendable {
    case send([UInt8])
    /// Holds the rest back until as many requests have come as the server gathers.
    case gather
    /// Sends nothing more and keeps the connection open.
    case stall
    /// Closes the connection in good order.
    case close
    /// Breaks the connection.
    case reset
  }

  package var steps: [Step]

  package init(_ steps: [Step]) { self.steps = steps }

  /// An answer with a body of known length.
  package static func whole(
    _ status: Int,
    _ body: String,
    type: String = "application/json",
    fields: [String: String] = [:]
  ) -> StubAnswer {
    let length = ["Content-Length": "\(body.utf8.count)"]
    let head = head(status, type: type, fields: fields.merging(length) { $1 })
    return StubAnswer([.send(head + Array(body.utf8))])
  }

  /// An answer of events, each in a piece of its own.
  package static func events(_ events: [String], end: String = "\n") -> StubAnswer {
    let head = head(200, type: "text/event-stream", fields: ["Transfer-Encoding": "chunked"])
    let pieces = events.map { chunk("data: \($0)" + end + end) }
    return StubAnswer([.send(head)] + pieces.map { .send($0) } + [.send(Array("0\r\n\r\n".utf8))])
  }

  static func head(_ status: Int, type: String, fields: [String: String]) -> [UInt8] {
    var text = "HTTP/1.1 \(status) Status\r\nContent-Type: \(type)\r\n"
    for (name, value) in fields.sorted(by: { $0.key < $1.key }) { text += "\(name): \(value)\r\n" }
    return Array((text + "\r\n").utf8)
  }

  private static func chunk(_ text: String) -> [UInt8] {
    Array("\(String(text.utf8.count, radix: 16))\r\n\(text)\r\n".utf8)
  }

  /// The answer cut in the middle of its bytes, and what happens then.
  package func cut(then step: Step) -> StubAnswer {
    var bytes: [UInt8] = []
    for case .send(let piece) in steps { bytes += piece }
    return StubAnswer([.send(Array(bytes.prefix(max(1, bytes.count * 2 / 3)))), step])
  }
}
