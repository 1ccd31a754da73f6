/// Reads just enough of Python's tokens to place source text that has no tree.
enum OpaqueText {
  /// Whether the text is a single string literal, so that no parentheses are needed around it.
  static func isAtom(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    guard let open = bytes.prefix(3).firstIndex(where: isQuote) else { return false }
    guard bytes[..<open].allSatisfy(isLetter) else { return false }
    let end = endOfString(bytes, from: open)
    return end == bytes.count && bytes.count > open + 1 && bytes[end - 1] == bytes[open]
      && !bytes.contains(0x0A)
  }

  /// The text with every line that begins outside a string moved in by `indentation` spaces.
  static func indented(_ text: String, by indentation: Int) -> [UInt8] {
    let bytes = Array(text.utf8)
    let margin = repeatElement(UInt8(ascii: " "), count: indentation)
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count + 8 * indentation)
    var index = 0
    var lineStart = true
    while index < bytes.count {
      let byte = bytes[index]
      if lineStart, byte != 0x0A { result.append(contentsOf: margin) }
      lineStart = byte == 0x0A
      let end: Int
      if isQuote(byte) {
        end = endOfString(bytes, from: index)
      } else if byte == UInt8(ascii: "#") {
        end = bytes[index...].firstIndex(of: 0x0A) ?? bytes.count
      } else {
        end = index + 1
      }
      result.append(contentsOf: bytes[index..<end])
      index = end
    }
    return result
  }

  /// Every word of the text that may be a name, words inside strings included (f-strings hold names).
  static func identifiers(in text: String) -> Set<String> {
    var words: Set<String> = []
    for word in text.utf8.split(whereSeparator: { !isWord($0) }) {
      guard let first = word.first, !isDigit(first), let name = String(word) else { continue }
      words.insert(name)
    }
    return words
  }

  /// The index behind the string literal that opens at `start`; an unclosed short one ends with its line.
  private static func endOfString(_ bytes: [UInt8], from start: Int) -> Int {
    let quote = bytes[start]
    let triple = start + 2 < bytes.count && bytes[start + 1] == quote && bytes[start + 2] == quote
    var index = start + (triple ? 3 : 1)
    while index < bytes.count {
      let byte = bytes[index]
      if byte == UInt8(ascii: "\\") {
        index += 2
      } else if triple {
        let closes =
          byte == quote && index + 2 < bytes.count && bytes[index + 1] == quote
          && bytes[index + 2] == quote
        if closes { return index + 3 }
        index += 1
      } else if byte == quote {
        return index + 1
      } else if byte == 0x0A {
        return index
      } else {
        index += 1
      }
    }
    return bytes.count
  }

  private static func isQuote(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"")
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    isLetter(byte) || isDigit(byte) || byte == UInt8(ascii: "_") || byte >= 0x80
  }
}
