import PythonSyntax

extension JSONValue {
  /// The value of a key in camel case, or of the same key in snake case.
  func member(_ key: String) -> JSONValue? {
    if let value = self[key] { return value.isNull ? nil : value }
    var snake = ""
    for character in key {
      if character.isUppercase { snake += "_" }
      snake += character.lowercased()
    }
    guard snake != key, let value = self[snake], !value.isNull else { return nil }
    return value
  }

  /// A whole number, written as a number or as a string.
  var count: Int? {
    switch self {
    case .int(let value): value
    case .double(let value): Int(exactly: value.rounded())
    case .string(let text): Int(text)
    case .null, .bool, .bigInt, .array, .object: nil
    }
  }

  /// The text of a string or a number.
  var scalarText: String? {
    switch self {
    case .string(let text): text
    case .int(let value): String(value)
    case .null, .bool, .bigInt, .double, .array, .object: nil
    }
  }
}
