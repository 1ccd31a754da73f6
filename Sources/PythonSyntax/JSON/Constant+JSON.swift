extension Constant {
  /// Reads `["Constant", tag, value]`.
  init(_ node: JSONNode) throws(TreeError) {
    try node.expect(2)
    switch try node.string(1, "tag") {
    case "none": self = .none
    case "ellipsis": self = .ellipsis
    case "bool": self = .bool(try node.flag(2, "value"))
    case "int": self = try Self.integer(node)
    case "float": self = .float(try Self.float(node))
    case "complex": self = .imaginary(try Self.float(node))
    case "str": self = .string(try node.string(2, "value"))
    case "bytes": self = .bytes(try Self.bytes(node))
    case let tag: throw node.failure("tag", "unknown tag '\(tag)'")
    }
  }

  private static func integer(_ node: JSONNode) throws(TreeError) -> Constant {
    let text = try node.string(2, "value")
    let digits = text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    guard digits, !text.isEmpty else {
      throw node.failure("value", "'\(text.prefix(40))' is not a non-negative decimal integer")
    }
    return Int(text).map { .int($0) } ?? .bigInt(text)
  }

  private static func float(_ node: JSONNode) throws(TreeError) -> Double {
    let text = try node.string(2, "value")
    // An imaginary part may come with the j of its repr.
    let number = node.value(1) == "complex" && text.hasSuffix("j") ? String(text.dropLast()) : text
    let plain = number.utf8.allSatisfy { "0123456789.e+-".utf8.contains($0) }
    guard plain, let value = Double(number), value.sign == .plus else {
      throw node.failure("value", "'\(text.prefix(40))' is not a non-negative float")
    }
    return value
  }

  private static func bytes(_ node: JSONNode) throws(TreeError) -> [UInt8] {
    try node.list(2, "value") { json throws(TreeError) in
      guard case .int(let number) = json, let byte = UInt8(exactly: number) else {
        throw TreeError.node(path: "", "expected a byte, found \(json.kindName)")
      }
      return byte
    }
  }
}
