import PythonSyntax

/// JSON as servers of models really send it.
enum LenientJSON {
  /// Reads `bytes`, mending what is not Unicode: bytes that are no UTF-8 and halves of surrogate pairs become U+FFFD.
  ///
  /// - Returns: the value; nil when it is no JSON even so.
  static func value(_ bytes: [UInt8]) -> JSONValue? {
    if let value = try? JSONValue(parsing: bytes, depthLimit: depthLimit) { return value }
    let mended = mendSurrogates(Array(String(decoding: bytes, as: UTF8.self).utf8))
    return try? JSONValue(parsing: mended, depthLimit: depthLimit)
  }

  private static let depthLimit = 200

  private static func mendSurrogates(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var index = 0
    while index < bytes.count {
      guard bytes[index] == UInt8(ascii: "\\"), index + 1 < bytes.count else {
        result.append(bytes[index])
        index += 1
        continue
      }
      let length = surrogateEscape(bytes, at: index)
      switch length {
      case .none: result.append(contentsOf: bytes[index..<index + 2])
      case .half: result.append(contentsOf: "\\ufffd".utf8)
      case .pair: result.append(contentsOf: bytes[index..<index + 12])
      }
      index += length.rawValue
    }
    return result
  }

  /// What escape of surrogates stands somewhere, by its length.
  private enum SurrogateEscape: Int {
    case none = 2
    case half = 6
    case pair = 12
  }

  private static func surrogateEscape(_ bytes: [UInt8], at index: Int) -> SurrogateEscape {
    guard let first = codeUnit(bytes, at: index), (0xD800...0xDFFF).contains(first) else { return .none }
    guard first < 0xDC00, let second = codeUnit(bytes, at: index + 6), (0xDC00...0xDFFF).contains(second)
    else {
      return .half
    }
    return .pair
  }

  private static func codeUnit(_ bytes: [UInt8], at index: Int) -> Int? {
    guard index + 6 <= bytes.count, bytes[index] == UInt8(ascii: "\\"), bytes[index + 1] == UInt8(ascii: "u")
    else { return nil }
    return Int(String(decoding: bytes[index + 2..<index + 6], as: UTF8.self), radix: 16)
  }
}
