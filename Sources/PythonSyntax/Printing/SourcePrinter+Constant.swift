/// Literals.
extension SourcePrinter {
  mutating func print(_ constant: Constant) {
    switch constant {
    case .none: put("None")
    case .ellipsis: put("...")
    case .bool(let value): put(value ? "True" : "False")
    case .int(let value): put(String(value))
    case .bigInt(let digits): put(digits)
    case .float(let value): print(value, suffix: "")
    case .imaginary(let value): print(value, suffix: "j")
    case .string(let value): printString(value)
    case .bytes(let value): printBytes(value)
    }
  }

  /// The shortest text that reads back as the same float; Python has no literal for infinity and NaN.
  private mutating func print(_ value: Double, suffix: String) {
    if value.isNaN { return put("(1e309\(suffix) - 1e309\(suffix))") }
    if value.isInfinite {
      put(value < 0 ? "-1e309" : "1e309")
    } else {
      put(value.description)
    }
    put(suffix)
  }

  private mutating func printString(_ value: String) {
    let quote = Self.quote(for: value.utf8)
    put(quote)
    for byte in value.utf8 { putEscaped(byte, quote: quote) }
    put(quote)
  }

  private mutating func printBytes(_ value: [UInt8]) {
    let quote = Self.quote(for: value)
    put(UInt8(ascii: "b"))
    put(quote)
    for byte in value {
      if byte < 0x80 { putEscaped(byte, quote: quote) } else { putHexEscape(byte) }
    }
    put(quote)
  }

  /// Python's own choice: double quotes only when they save escapes.
  private static func quote(for text: some Sequence<UInt8>) -> UInt8 {
    var single = false
    for byte in text {
      if byte == UInt8(ascii: "\"") { return UInt8(ascii: "'") }
      if byte == UInt8(ascii: "'") { single = true }
    }
    return single ? UInt8(ascii: "\"") : UInt8(ascii: "'")
  }

  private mutating func putEscaped(_ byte: UInt8, quote: UInt8) {
    switch byte {
    case UInt8(ascii: "\\"), quote:
      put(UInt8(ascii: "\\"))
      put(byte)
    case 0x0A: put("\\n")
    case 0x0D: put("\\r")
    case 0x09: put("\\t")
    case 0..<0x20, 0x7F: putHexEscape(byte)
    default: put(byte)
    }
  }

  private mutating func putHexEscape(_ byte: UInt8) {
    let digits = Array("0123456789abcdef".utf8)
    put("\\x")
    put(digits[Int(byte >> 4)])
    put(digits[Int(byte & 15)])
  }

  /// A string that stands as a statement: between triple quotes, with its line breaks kept as they are.
  mutating func printDocstring(_ value: String) {
    let text = Array(value.utf8)
    put("\"\"\"")
    for (index, byte) in text.enumerated() {
      switch byte {
      case 0x0A, 0x09: put(byte)
      case UInt8(ascii: "\""):
        let endsString = index + 1 == text.count
        let opensQuotes = index + 1 < text.count && text[index + 1] == byte
        if endsString || opensQuotes { put(UInt8(ascii: "\\")) }
        put(byte)
      default: putEscaped(byte, quote: UInt8(ascii: "\\"))
      }
    }
    put("\"\"\"")
  }
}
