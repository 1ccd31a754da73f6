import Foundation
import Yams

extension YAMLReader {
  /// The value as canonical JSON: sorted keys, no spaces, whole numbers exact, others in their shortest form.
  ///
  /// Only what JSON has is taken. What YAML alone would read (dates, `.nan`, `yes`, `0x10`, anchors, tags) is
  /// refused, so that a value is never something else than it seems.
  func json(_ node: Node) throws(ProblemFilesError) -> String {
    if node.anchor != nil { throw invalid(node, "anchors and aliases are not read; write the value out") }
    switch node {
    case .scalar(let scalar): return try json(scalar, node)
    case .sequence(let sequence):
      try check(node, tag: .seq)
      var items: [String] = []
      for item in sequence { items.append(try json(item)) }
      return "[" + items.joined(separator: ",") + "]"
    case .mapping(let mapping):
      try check(node, tag: .map)
      var items: [(key: String, value: String)] = []
      for (key, value) in mapping { items.append((try self.key(key), try json(value))) }
      // By code point, as Python sorts; Swift's order of strings follows Unicode's canonical equivalence.
      items.sort { $0.key.unicodeScalars.lexicographicallyPrecedes($1.key.unicodeScalars) }
      return "{" + items.map { "\(Self.quoted($0.key)):\($0.value)" }.joined(separator: ",") + "}"
    case .alias: throw invalid(node, "anchors and aliases are not read; write the value out")
    }
  }

  /// A whole number or other JSON number as the double it is; nil when `node` is something else.
  func number(_ node: Node) -> Double? {
    guard let scalar = node.scalar, scalar.style == .plain, node.anchor == nil else { return nil }
    guard Self.integer(scalar.string) != nil || Self.isNumber(scalar.string) else { return nil }
    guard let value = Double(scalar.string), value.isFinite else { return nil }
    return value
  }

  private func json(_ scalar: Node.Scalar, _ node: Node) throws(ProblemFilesError) -> String {
    let text = scalar.string
    let tag = node.tag.rawValue
    let isText = tag == Tag.Name.str.rawValue
    guard scalar.style == .plain else {
      guard isText else { throw invalid(node, "the tag \(tag) is not read; write the value as JSON") }
      return Self.quoted(text)
    }
    if !isText, let integer = Self.integer(text) { return integer }
    if Self.isNumber(text) {
      guard let value = Double(text), value.isFinite else {
        throw invalid(node, "\(text) is too large for a number of JSON")
      }
      return value.description
    }
    if !isText, ["null", "true", "false"].contains(text) { return text }
    guard isText else {
      throw invalid(node, "\(text.isEmpty ? "an empty value" : text) is not JSON; \(Self.advice(text, tag))")
    }
    return Self.quoted(text)
  }

  private func key(_ node: Node) throws(ProblemFilesError) -> String {
    guard let scalar = node.scalar, node.anchor == nil, node.tag.rawValue == Tag.Name.str.rawValue else {
      let shown = node.scalar?.string ?? "a list or mapping"
      throw invalid(node, "the key \(shown) is not text, which JSON demands; put it in quotes")
    }
    return scalar.string
  }

  private func check(_ node: Node, tag: Tag.Name) throws(ProblemFilesError) {
    guard node.tag.rawValue == tag.rawValue else {
      throw invalid(node, "the tag \(node.tag.rawValue) is not read; write the value as JSON")
    }
  }

  private static func advice(_ text: String, _ tag: String) -> String {
    switch tag {
    case Tag.Name.bool.rawValue: "write true or false, or put a text in quotes"
    case Tag.Name.null.rawValue: "write null, or \"\" for an empty text"
    case Tag.Name.int.rawValue, Tag.Name.float.rawValue:
      "write a decimal number such as 12 or 0.5, or put a text in quotes"
    default: "put it in quotes if it is a text"
    }
  }

  /// The exact decimal text of a whole number in JSON's grammar; nil for anything else.
  private static func integer(_ text: String) -> String? {
    let digits = text.utf8.first == UInt8(ascii: "-") ? text.dropFirst() : text[...]
    guard let first = digits.utf8.first,
      digits.utf8.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }),
      first != UInt8(ascii: "0") || digits.utf8.count == 1
    else { return nil }
    return digits == "0" ? "0" : text
  }

  /// Whether `text` is a number of JSON with a fraction or an exponent.
  private static func isNumber(_ text: String) -> Bool {
    text.wholeMatch(of: /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?/) != nil && integer(text) == nil
  }

  /// `text` as a string of JSON; control characters are escaped, nothing else that need not be.
  static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\n": quoted += "\\n"
      case "\t": quoted += "\\t"
      case "\r": quoted += "\\r"
      case _ where scalar.value < 0x20:
        let digits = String(scalar.value, radix: 16)
        quoted += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}
