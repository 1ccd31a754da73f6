/// Cuts values out of JSON text as they stand, so that an artifact's numbers stay what the worker wrote.
enum MemberText {
  /// The texts of the elements of the array that is the member `key` of the object `payload`.
  static func elements(of key: String, in payload: ArraySlice<UInt8>) throws(UnreadableReply) -> [String] {
    var scanner = Scanner(bytes: payload, at: payload.startIndex)
    guard scanner.take(UInt8(ascii: "{")) else { throw unreadable }
    repeat {
      let name = try scanner.skipValue()
      guard scanner.take(UInt8(ascii: ":")) else { throw unreadable }
      if payload[name].elementsEqual("\"\(key)\"".utf8) { return try scanner.elements() }
      _ = try scanner.skipValue()
    } while scanner.take(UInt8(ascii: ","))
    throw unreadable
  }

  /// The texts of the elements of an array; nil for any other text.
  static func elements(ofArray text: String) -> [String]? {
    let bytes = Array(text.utf8)[...]
    var scanner = Scanner(bytes: bytes, at: bytes.startIndex)
    return try? scanner.elements()
  }

  private static let unreadable = UnreadableReply(description: "a member is missing or malformed")

  private struct Scanner {
    let bytes: ArraySlice<UInt8>
    var at: Int

    mutating func take(_ byte: UInt8) -> Bool {
      while at < bytes.endIndex, bytes[at] == UInt8(ascii: " ") { at += 1 }
      guard at < bytes.endIndex, bytes[at] == byte else { return false }
      at += 1
      return true
    }

    mutating func elements() throws(UnreadableReply) -> [String] {
      guard take(UInt8(ascii: "[")) else { throw unreadable }
      if take(UInt8(ascii: "]")) { return [] }
      var texts: [String] = []
      repeat {
        texts.append(String(decoding: bytes[try skipValue()], as: UTF8.self))
      } while take(UInt8(ascii: ","))
      guard take(UInt8(ascii: "]")) else { throw unreadable }
      return texts
    }

    /// The range of the value that starts here; what it holds is not checked.
    mutating func skipValue() throws(UnreadableReply) -> Range<Int> {
      _ = take(UInt8(ascii: "\n"))
      let start = at
      var depth = 0
      while at < bytes.endIndex {
        switch bytes[at] {
        case UInt8(ascii: "\""): try skipString()
        case UInt8(ascii: "["), UInt8(ascii: "{"):
          depth += 1
          at += 1
        case UInt8(ascii: "]"), UInt8(ascii: "}"):
          if depth == 0 { return start..<at }
          depth -= 1
          at += 1
        case UInt8(ascii: ","), UInt8(ascii: ":"):
          if depth == 0 { return start..<at }
          at += 1
        default: at += 1
        }
      }
      throw unreadable
    }

    private mutating func skipString() throws(UnreadableReply) {
      at += 1
      while at < bytes.endIndex, bytes[at] != UInt8(ascii: "\"") {
        at += bytes[at] == UInt8(ascii: "\\") ? 2 : 1
      }
      guard at < bytes.endIndex else { throw unreadable }
      at += 1
    }
  }
}
