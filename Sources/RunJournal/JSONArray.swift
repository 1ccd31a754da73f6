/// Arrays of numbers and strings as JSON text, the form they have in the tables.
enum JSONArray {
  /// `[1,2]`.
  static func text(_ numbers: [Int]) -> String {
    list(numbers) { String($0) }
  }

  /// `[96.0,0.1]`: the shortest text that reads back as the same double.
  static func text(_ numbers: [Double]) -> String {
    list(numbers) { $0.description }
  }

  /// `["a","b"]`, with escapes for quotes, backslashes and control characters only.
  static func text(_ strings: [String]) -> String {
    var text = "["
    for (index, string) in strings.enumerated() {
      if index > 0 { text += "," }
      text += "\""
      // Names of operators need no escapes.
      if string.utf8.allSatisfy({ $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }) {
        text += string
      } else {
        for scalar in string.unicodeScalars { append(scalar, to: &text) }
      }
      text += "\""
    }
    return text + "]"
  }

  /// The whole numbers, none below 0, of `[1,2]`; nil when the text is something else.
  static func integers(utf8 text: some RandomAccessCollection<UInt8>) -> [Int]? {
    guard text.count >= 2, text.first == UInt8(ascii: "["), text.last == UInt8(ascii: "]") else { return nil }
    let inner = text.dropFirst().dropLast()
    guard !inner.isEmpty else { return [] }
    var numbers: [Int] = []
    var number: Int?
    for byte in inner {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        let (tens, isTooLarge) = (number ?? 0).multipliedReportingOverflow(by: 10)
        let (sum, overflows) = tens.addingReportingOverflow(Int(byte - UInt8(ascii: "0")))
        guard !isTooLarge, !overflows else { return nil }
        number = sum
      case UInt8(ascii: ","):
        guard let last = number else { return nil }
        numbers.append(last)
        number = nil
      default: return nil
      }
    }
    guard let last = number else { return nil }
    numbers.append(last)
    return numbers
  }

  /// The numbers of `[96.0,0.1]`; nil when `text` is something else.
  static func doubles(_ text: String) -> [Double]? {
    numbers(text) { Double($0) }
  }

  /// The strings of `["a","b"]`; nil when `text` is something else.
  static func strings(_ text: String) -> [String]? {
    plainStrings(text) ?? escapedStrings(text)
  }

  /// The same where no string has an escape, as names of operators do not; nil for any other text.
  private static func plainStrings(_ text: String) -> [String]? {
    // Between the quotes stand, in turn, what separates strings and what is one.
    let parts = text.utf8.split(separator: UInt8(ascii: "\""), omittingEmptySubsequences: false)
    guard parts.count % 2 == 1, parts.count > 1, !text.utf8.contains(UInt8(ascii: "\\")) else { return nil }
    var strings: [String] = []
    for (place, part) in parts.enumerated() {
      if place % 2 == 1 {
        strings.append(String(Substring(part)))
      } else {
        let separator = place == 0 ? "[" : place == parts.count - 1 ? "]" : ","
        guard part.elementsEqual(separator.utf8) else { return nil }
      }
    }
    return strings
  }

  private static func escapedStrings(_ text: String) -> [String]? {
    var rest = text.unicodeScalars[...]
    guard rest.popFirst() == "[" else { return nil }
    var strings: [String] = []
    while let first = rest.popFirst() {
      switch first {
      case "]" where rest.isEmpty: return strings
      case "," where !strings.isEmpty: guard rest.popFirst() == "\"" else { return nil }
      case "\"" where strings.isEmpty: break
      default: return nil
      }
      guard let string = string(&rest) else { return nil }
      strings.append(string)
    }
    return nil
  }

  private static func list<Number>(_ numbers: [Number], _ text: (Number) -> String) -> String {
    var list = "["
    for (index, number) in numbers.enumerated() {
      if index > 0 { list += "," }
      list += text(number)
    }
    return list + "]"
  }

  private static func append(_ scalar: Unicode.Scalar, to text: inout String) {
    switch scalar {
    case "\"": text += "\\\""
    case "\\": text += "\\\\"
    case _ where scalar.value < 0x20:
      let digits = String(scalar.value, radix: 16)
      text += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
    default: text.unicodeScalars.append(scalar)
    }
  }

  /// The rest of a string after its opening quote, which is taken from `rest` with the closing one.
  private static func string(_ rest: inout Substring.UnicodeScalarView) -> String? {
    var string = String.UnicodeScalarView()
    while let scalar = rest.popFirst() {
      switch scalar {
      case "\"": return String(string)
      case "\\":
        switch rest.popFirst() {
        case "\"": string.append("\"")
        case "\\": string.append("\\")
        case "u":
          let digits = String(rest.prefix(4))
          guard let value = UInt32(digits, radix: 16), let scalar = Unicode.Scalar(value) else { return nil }
          rest = rest.dropFirst(4)
          string.append(scalar)
        default: return nil
        }
      default: string.append(scalar)
      }
    }
    return nil
  }

  private static func numbers<T>(_ text: String, _ parse: (Substring) -> T?) -> [T]? {
    guard text.utf8.first == UInt8(ascii: "["), text.utf8.last == UInt8(ascii: "]"), text.utf8.count >= 2
    else {
      return nil
    }
    let inner = text[text.utf8.index(after: text.startIndex)..<text.utf8.index(before: text.endIndex)]
    guard !inner.isEmpty else { return [] }
    var values: [T] = []
    for part in inner.utf8.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false) {
      guard let value = parse(Substring(part)) else { return nil }
      values.append(value)
    }
    return values
  }
}
