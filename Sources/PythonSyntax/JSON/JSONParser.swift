extension JSONValue {
  /// Reads one JSON text (RFC 8259), with nothing but white space around it.
  ///
  /// Strict: no comments, trailing commas, `NaN`, repeated keys, lone surrogates or invalid UTF-8.
  /// A number beyond the range of a float is infinite. Arrays and objects may nest `depthLimit` deep.
  package init(parsing bytes: [UInt8], depthLimit: Int = 1000) throws(TreeError) {
    var parser = JSONParser(bytes, depthLimit: depthLimit)
    self = try parser.document()
  }

  /// Reads one JSON text; see ``init(parsing:depthLimit:)-([UInt8],_)``.
  package init(parsing text: String, depthLimit: Int = 1000) throws(TreeError) {
    try self.init(parsing: Array(text.utf8), depthLimit: depthLimit)
  }
}

extension JSONMembers {
  /// Reads one JSON text that is an object; as strict as ``JSONValue/init(parsing:depthLimit:)-([UInt8],_)``.
  package init(parsing bytes: [UInt8], depthLimit: Int = 1000) throws(TreeError) {
    var parser = JSONParser(bytes, depthLimit: depthLimit)
    self.init(members: try parser.members())
  }
}

/// Reads JSON from UTF-8, front to back.
private struct JSONParser {
  private let bytes: [UInt8]
  private var index = 0
  private var depth = 0
  private let depthLimit: Int

  init(_ bytes: [UInt8], depthLimit: Int) {
    self.bytes = bytes
    self.depthLimit = depthLimit
  }

  mutating func document() throws(TreeError) -> JSONValue {
    skipSpace()
    let result = try value()
    skipSpace()
    guard index == bytes.count else { throw failure("more text behind the value") }
    return result
  }

  private mutating func value() throws(TreeError) -> JSONValue {
    guard index < bytes.count else { throw failure("the text ends where a value should stand") }
    switch bytes[index] {
    case UInt8(ascii: "["): return try array()
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "{"): return try object()
    case UInt8(ascii: "n"): return try word("null", .null)
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
    default: throw failure("no value begins so")
    }
  }

  private mutating func array() throws(TreeError) -> JSONValue {
    try enter()
    var elements: [JSONValue] = []
    if !take(UInt8(ascii: "]")) {
      elements.reserveCapacity(4)
      repeat {
        skipSpace()
        elements.append(try value())
        skipSpace()
      } while take(UInt8(ascii: ","))
      guard take(UInt8(ascii: "]")) else { throw failure("expected ',' or ']'") }
    }
    depth -= 1
    return .array(elements)
  }

  /// An object, as the whole text.
  mutating func members() throws(TreeError) -> [(key: String, value: JSONValue)] {
    skipSpace()
    guard index < bytes.count, bytes[index] == UInt8(ascii: "{") else { throw failure("expected an object") }
    var members: [(key: String, value: JSONValue)] = []
    members.reserveCapacity(12)
    try object { key, value in
      guard !members.contains(where: { $0.key == key }) else { return false }
      members.append((key, value))
      return true
    }
    skipSpace()
    guard index == bytes.count else { throw failure("more text behind the value") }
    return members
  }

  private mutating func object() throws(TreeError) -> JSONValue {
    var members: [String: JSONValue] = [:]
    try object { key, value in members.updateValue(value, forKey: key) == nil }
    return .object(members)
  }

  /// Hands each member to `isNew`, which says whether its key is.
  private mutating func object(_ isNew: (String, JSONValue) -> Bool) throws(TreeError) {
    try enter()
    if !take(UInt8(ascii: "}")) {
      repeat {
        skipSpace()
        guard index < bytes.count, bytes[index] == UInt8(ascii: "\"") else {
          throw failure("expected a key in quotes")
        }
        let key = try string()
        skipSpace()
        guard take(UInt8(ascii: ":")) else { throw failure("expected ':' behind the key \"\(key)\"") }
        skipSpace()
        guard isNew(key, try value()) else {
          throw failure("the key \"\(key)\" stands twice in one object")
        }
        skipSpace()
      } while take(UInt8(ascii: ","))
      guard take(UInt8(ascii: "}")) else { throw failure("expected ',' or '}'") }
    }
    depth -= 1
  }

  /// Steps over the opening bracket and the space behind it.
  private mutating func enter() throws(TreeError) {
    guard depth < depthLimit else { throw failure("nested more than \(depthLimit) levels deep") }
    depth += 1
    index += 1
    skipSpace()
  }

  private mutating func word(_ word: String, _ value: JSONValue) throws(TreeError) -> JSONValue {
    let end = index + word.utf8.count
    guard end <= bytes.count, bytes[index..<end].elementsEqual(word.utf8) else {
      throw failure("expected \(word)")
    }
    index = end
    return value
  }

  // MARK: Numbers

  private mutating func number() throws(TreeError) -> JSONValue {
    let start = index
    let negative = take(UInt8(ascii: "-"))
    let first = index
    var magnitude = 0
    var overflows = false
    while let digit = digit(at: index) {
      let (product, over) = magnitude.multipliedReportingOverflow(by: 10)
      let (sum, overAgain) = product.addingReportingOverflow(negative ? -digit : digit)
      overflows = overflows || over || overAgain
      magnitude = sum
      index += 1
    }
    guard index > first else { throw failure("expected a digit") }
    guard index == first + 1 || bytes[first] != UInt8(ascii: "0") else {
      throw failure("a number has leading zeros")
    }
    if try skipFractionAndExponent() {
      guard let value = Double(String(decoding: bytes[start..<index], as: UTF8.self)) else {
        throw failure("the number cannot be read")
      }
      return .double(value)
    }
    guard overflows else { return .int(magnitude) }
    return .bigInt(String(decoding: bytes[start..<index], as: UTF8.self))
  }

  private mutating func skipFractionAndExponent() throws(TreeError) -> Bool {
    var found = false
    if take(UInt8(ascii: ".")) {
      try skipDigits()
      found = true
    }
    if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
      if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
      try skipDigits()
      found = true
    }
    return found
  }

  private mutating func skipDigits() throws(TreeError) {
    guard digit(at: index) != nil else { throw failure("expected a digit") }
    while digit(at: index) != nil { index += 1 }
  }

  private func digit(at index: Int) -> Int? {
    guard index < bytes.count else { return nil }
    let value = bytes[index] &- UInt8(ascii: "0")
    return value < 10 ? Int(value) : nil
  }

  // MARK: Strings

  private mutating func string() throws(TreeError) -> String {
    let start = index + 1
    index = start
    var all: UInt8 = 0
    while index < bytes.count {
      let byte = bytes[index]
      if byte == UInt8(ascii: "\"") {
        index += 1
        let content = bytes[start..<index - 1]
        return all < 0x80 ? String(decoding: content, as: UTF8.self) : try text(of: content)
      }
      if byte == UInt8(ascii: "\\") { return try stringWithEscapes(from: start) }
      guard byte >= 0x20 else { throw failure("a control character stands in a string unescaped") }
      all |= byte
      index += 1
    }
    throw failure("a string is not closed")
  }

  /// Goes on with a string whose first escape is at `index`.
  private mutating func stringWithEscapes(from start: Int) throws(TreeError) -> String {
    var content = Array(bytes[start..<index])
    while index < bytes.count {
      let byte = bytes[index]
      if byte == UInt8(ascii: "\"") {
        index += 1
        return try text(of: content[...])
      }
      if byte == UInt8(ascii: "\\") {
        try escape(into: &content)
      } else {
        guard byte >= 0x20 else { throw failure("a control character stands in a string unescaped") }
        content.append(byte)
        index += 1
      }
    }
    throw failure("a string is not closed")
  }

  private mutating func escape(into content: inout [UInt8]) throws(TreeError) {
    guard index + 1 < bytes.count else { throw failure("a string is not closed") }
    index += 2
    switch bytes[index - 1] {
    case UInt8(ascii: "n"): content.append(0x0A)
    case UInt8(ascii: "t"): content.append(0x09)
    case UInt8(ascii: "r"): content.append(0x0D)
    case UInt8(ascii: "b"): content.append(0x08)
    case UInt8(ascii: "f"): content.append(0x0C)
    case UInt8(ascii: "u"): content.append(contentsOf: Array(String(try scalar()).utf8))
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): content.append(bytes[index - 1])
    default: throw failure("unknown escape in a string")
    }
  }

  private mutating func scalar() throws(TreeError) -> Character {
    let first = try hexQuad()
    var code = first
    if (0xD800..<0xDC00).contains(first), take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) {
      let second = try hexQuad()
      guard (0xDC00..<0xE000).contains(second) else { throw failure("a lone surrogate in a string") }
      code = 0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)
    }
    guard let scalar = Unicode.Scalar(code) else { throw failure("a lone surrogate in a string") }
    return Character(scalar)
  }

  private mutating func hexQuad() throws(TreeError) -> UInt32 {
    var code: UInt32 = 0
    for _ in 0..<4 {
      guard index < bytes.count, let digit = Character(Unicode.Scalar(bytes[index])).hexDigitValue else {
        throw failure("expected four hexadecimal digits")
      }
      code = code << 4 + UInt32(digit)
      index += 1
    }
    return code
  }

  private func text(of slice: ArraySlice<UInt8>) throws(TreeError) -> String {
    guard let text = String(validating: slice, as: UTF8.self) else {
      throw failure("a string is not valid UTF-8")
    }
    return text
  }

  // MARK: Places

  private mutating func take(_ byte: UInt8) -> Bool {
    guard index < bytes.count, bytes[index] == byte else { return false }
    index += 1
    return true
  }

  private mutating func skipSpace() {
    while index < bytes.count {
      switch bytes[index] {
      case 0x20, 0x0A, 0x0D, 0x09: index += 1
      default: return
      }
    }
  }

  private func failure(_ message: String) -> TreeError {
    .json(offset: index, message)
  }
}
