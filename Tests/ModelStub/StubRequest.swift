package import PythonSyntax

/// A request as the stub server read it.
package struct StubRequest: Sendable {
  package let method: String
  /// With its question.
  package let path: String
  /// Names in lower case.
  package let fields: [String: String]
  package let body: JSONValue
  /// Counts requests of the server from 0.
  package let index: Int

  /// Which protocol it speaks.
  package var isGemini: Bool { path.contains(":generateContent") || path.contains(":streamGenerateContent") }

  package var isStream: Bool { isGemini ? path.contains(":stream") : body["stream"]?.bool == true }

  /// The model that is asked.
  package var model: String {
    guard isGemini else { return body["model"]?.string ?? "" }
    let last = path.split(separator: "/").last ?? ""
    return String(last.prefix { $0 != ":" })
  }

  /// The text of the last turn.
  package var question: String {
    if isGemini {
      let parts = body["contents"]?.array?.last?["parts"]?.array ?? []
      return parts.compactMap { $0["text"]?.string }.joined()
    }
    let content = body["messages"]?.array?.last?["content"]
    return content?.string ?? (content?.array ?? []).compactMap { $0["text"]?.string }.joined()
  }
}

/// Takes requests off the bytes of a connection.
struct StubRequestReader {
  private var buffer: [UInt8] = []

  mutating func take(_ bytes: some Sequence<UInt8>) { buffer.append(contentsOf: bytes) }

  /// The next whole request; nil until it has come.
  mutating func next(index: () -> Int) -> StubRequest? {
    guard let end = headEnd else { return nil }
    let lines = String(decoding: buffer[..<end], as: UTF8.self).split(separator: "\r\n")
    let words = (lines.first ?? "").split(separator: " ")
    var fields: [String: String] = [:]
    for line in lines.dropFirst() {
      guard let colon = line.firstIndex(of: ":") else { continue }
      let value = line[line.index(after: colon)...].drop { $0 == " " }
      fields[line[..<colon].lowercased()] = String(value)
    }
    let length = fields["content-length"].flatMap { Int($0) } ?? 0
    let start = end + 4
    guard buffer.count >= start + length else { return nil }
    let body = Array(buffer[start..<start + length])
    buffer.removeFirst(start + length)
    return StubRequest(
      method: words.first.map(String.init) ?? "",
      path: words.count > 1 ? String(words[1]) : "",
      fields: fields,
      body: (try? JSONValue(parsing: body)) ?? .null,
      index: index()
    )
  }

  private var headEnd: Int? {
    guard buffer.count >= 4 else { return nil }
    return (0...buffer.count - 4).first {
      buffer[$0] == 13 && buffer[$0..<$0 + 4].elementsEqual([13, 10, 13, 10])
    }
  }
}
