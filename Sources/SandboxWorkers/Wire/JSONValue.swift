/// A JSON value, as read from a worker.
enum JSONValue: Hashable, Sendable {
  case null
  case bool(Bool)
  /// The number's own text, so that nothing is lost.
  case number(String)
  case string(String)
  case array([JSONValue])
  case object([String: JSONValue])

  init(parsing bytes: [UInt8]) throws(UnreadableReply) {
    var parser = JSONParser(bytes[...])
    self = try parser.document()
  }

  subscript(key: String) -> JSONValue? {
    if case .object(let members) = self { return members[key] }
    return nil
  }

  var string: String? {
    if case .string(let text) = self { return text }
    return nil
  }

  var double: Double? {
    if case .number(let text) = self { return Double(text) }
    return nil
  }

  var int: Int? {
    if case .number(let text) = self { return Int(text) }
    return nil
  }

  var array: [JSONValue]? {
    if case .array(let elements) = self { return elements }
    return nil
  }
}

private struct JSONParser {
  let bytes: ArraySlice<UInt8>
  var at: Int
  var depth = 0

  init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    at = bytes.startIndex
  }

  mutating func document() throws(UnreadableReply) -> JSONValue {
    let value = try value()
    skipSpace()
    if at != bytes.endIndex { throw UnreadableReply(description: "more than one value") }
    return value
  }

  mutating func skipSpace() {
    while at < bytes.endIndex, [32, 9, 10, 13].contains(bytes[at]) { at += 1 }
  }

  mutating func take(_ byte: UInt8) -> Bool {
    skipSpace()
    guard at < bytes.endIndex, bytes[at] == byte else { return false }
    at += 1
    return true
  }

  mutating func value() throws(UnreadableReply) -> JSONValue {
    depth += 1
    defer { depth -= 1 }
    skipSpace()
    guard at < bytes.endIndex, depth < 2000 else { throw UnreadableReply(description: "not JSON at \(at)") }
    switch bytes[at] {
    case UInt8(ascii: "{"):
      at += 1
      var members: [String: JSONValue] = [:]
      if take(UInt8(ascii: "}")) { return .object(members) }
      repeat {
        skipSpace()
        let key = try string()
        guard take(UInt8(ascii: ":")) else { throw UnreadableReply(description: "no colon at \(at)") }
        members[key] = try value()
      } while take(UInt8(ascii: ","))
      guard take(UInt8(ascii: "}")) else { throw UnreadableReply(description: "no } at \(at)") }
      return .object(members)
    case UInt8(ascii: "["):
      at += 1
      var elements: [JSONValue] = []
      if take(UInt8(ascii: "]")) { return .array(elements) }
      repeat { elements.append(try value()) } while take(UInt8(ascii: ","))
      guard take(UInt8(ascii: "]")) else { throw UnreadableReply(description: "no ] at \(at)") }
      return .array(elements)
    case UInt8(ascii: "\""):
      return .string(try string())
    default:
      let start = at
      while at < bytes.endIndex, !",]} \n".utf8.contains(bytes[at]) { at += 1 }
      let word = String(decoding: bytes[start..<at], as: UTF8.self)
      switch word {
      case "null": return .null
      case "true": return .bool(true)
      case "false": return .bool(false)
      default:
        guard Double(word) != nil else { throw UnreadableReply(description: "not JSON at \(start)") }
        return .number(word)
      }
    }
  }

  mutating func string() throws(UnreadableReply) -> String {
    guard take(UInt8(ascii: "\"")) else { throw UnreadableReply(description: "no string at \(at)") }
    var text: [UInt8] = []
    while at < bytes.endIndex {
      let byte = bytes[at]
      at += 1
      if byte == UInt8(ascii: "\"") { return String(decoding: text, as: UTF8.self) }
      if byte != UInt8(ascii: "\\") {
        text.append(byte)
        continue
      }
      guard at < bytes.endIndex else { break }
      let escaped = bytes[at]
      at += 1
      switch escaped {
      case UInt8(ascii: "n"): text.append(10)
      case UInt8(ascii: "t"): text.append(9)
      case UInt8(ascii: "r"): text.append(13)
      case UInt8(ascii: "b"): text.append(8)
      case UInt8(ascii: "f"): text.append(12)
      case UInt8(ascii: "u"):
        var unit = try hex()
        if (0xD800..<0xDC00).contains(unit), at + 1 < bytes.endIndex, bytes[at] == 92, bytes[at + 1] == 117 {
          at += 2
          unit = 0x10000 + (unit - 0xD800) << 10 + (try hex() - 0xDC00)
        }
        text += Array(String(Character(Unicode.Scalar(unit) ?? "\u{FFFD}")).utf8)
      default: text.append(escaped)
      }
    }
    throw UnreadableReply(description: "a string without end")
  }

  mutating func hex() throws(UnreadableReply) -> UInt32 {
    guard at + 4 <= bytes.endIndex, let unit = UInt32(String(decoding: bytes[at..<(at + 4)], as: UTF8.self), radix: 16)
    else { throw UnreadableReply(description: "a bad escape at \(at)") }
    at += 4
    return unit
  }
}

extension JSONValue {
  /// Compact text; only what the options of a worker need until the shared codec is here.
  var serialized: [UInt8] {
    switch self {
    case .null: return Array("null".utf8)
    case .bool(let value): return Array("\(value)".utf8)
    case .number(let text): return Array(text.utf8)
    case .string(let text): return Array("\"\(text)\"".utf8)
    case .array(let elements):
      return [91] + elements.map(\.serialized).joined(separator: [44]) + [93]
    case .object(let members):
      let texts = members.sorted { $0.key < $1.key }.map { Array("\"\($0.key)\":".utf8) + $0.value.serialized }
      return [123] + texts.joined(separator: [44]) + [125]
    }
  }

  static func int(_ value: Int) -> JSONValue { .number(String(value)) }
}
