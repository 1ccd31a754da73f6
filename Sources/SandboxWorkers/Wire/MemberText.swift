/// Cuts values out of JSON text as they stand: an artifact's numbers stay what the worker wrote, and the frequent
/// replies are read without a tree.
struct MemberText {
  /// The members of an object in their order: keys without their quotes, and the texts of the values.
  private let members: [(key: ArraySlice<UInt8>, value: ArraySlice<UInt8>)]

  /// Takes the object `payload` apart; what its values hold is not checked.
  init(_ payload: ArraySlice<UInt8>) throws(UnreadableReply) {
    var scanner = Scanner(bytes: payload, at: payload.startIndex)
    guard scanner.take(UInt8(ascii: "{")) else { throw Self.unreadable }
    var members: [(key: ArraySlice<UInt8>, value: ArraySlice<UInt8>)] = []
    members.reserveCapacity(12)
    repeat {
      let key = payload[try scanner.skipValue()]
      guard key.count >= 2, key.first == UInt8(ascii: "\""), scanner.take(UInt8(ascii: ":")) else {
        throw Self.unreadable
      }
      members.append((key.dropFirst().dropLast(), payload[try scanner.skipValue()]))
    } while scanner.take(UInt8(ascii: ","))
    guard scanner.take(UInt8(ascii: "}")), scanner.isAtEnd else { throw Self.unreadable }
    self.members = members
  }

  /// The text of a member's value; nil where there is none, or `null`.
  subscript(_ key: StaticString) -> ArraySlice<UInt8>? {
    let name = key.description
    guard let value = members.first(where: { $0.key.elementsEqual(name.utf8) })?.value else { return nil }
    return value.elementsEqual("null".utf8) ? nil : value
  }

  /// The whole number that is a member's value.
  func int(_ key: StaticString) -> Int? {
    self[key].flatMap { Int(String(decoding: $0, as: UTF8.self)) }
  }

  /// The texts of the elements of the array that is a member's value; nil where there is no array.
  func elements(_ key: StaticString) throws(UnreadableReply) -> [String]? {
    guard let value = self[key], value.first == UInt8(ascii: "[") else { return nil }
    var scanner = Scanner(bytes: value, at: value.startIndex)
    return try scanner.elements()
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

    /// True when nothing but white space is left.
    var isAtEnd: Bool { bytes[at...].allSatisfy { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\n") } }

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
