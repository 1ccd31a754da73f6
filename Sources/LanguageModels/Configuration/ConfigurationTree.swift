package import PythonSyntax

/// A value of a configuration, whatever kind of file it is from, with the line it stands in.
package struct ConfigurationTree: Hashable, Sendable {
  package enum Value: Hashable, Sendable {
    /// A text, number or flag as it is written.
    case scalar(String)
    case list([ConfigurationTree])
    case mapping([Member])
  }

  /// A key and its value.
  package struct Member: Hashable, Sendable {
    package let key: String
    /// 1-based; nil for what is from no file.
    package let line: Int?
    package let value: ConfigurationTree

    package init(key: String, line: Int?, value: ConfigurationTree) {
      (self.key, self.line, self.value) = (key, line, value)
    }
  }

  package let value: Value
  /// 1-based; nil for what is from no file.
  package let line: Int?

  package init(_ value: Value, line: Int? = nil) {
    (self.value, self.line) = (value, line)
  }

  /// Reads what ``ModelConfiguration/json`` wrote.
  package init(json: JSONValue) {
    line = nil
    value =
      switch json {
      case .array(let items): .list(items.map { ConfigurationTree(json: $0) })
      case .object(let members):
        .mapping(
          members.sorted { $0.key < $1.key }.map {
            Member(key: $0.key, line: nil, value: ConfigurationTree(json: $0.value))
          }
        )
      case .string(let text): .scalar(text)
      case .null: .scalar("")
      case .bool, .int, .bigInt, .double: .scalar(String(decoding: json.serialized, as: UTF8.self))
      }
  }
}

extension ConfigurationTree {
  /// The value as JSON; numbers and flags are recognised as they are written.
  var json: JSONValue {
    switch value {
    case .list(let items): return .array(items.map(\.json))
    case .mapping(let members):
      return .object(
        Dictionary(members.map { ($0.key, $0.value.json) }, uniquingKeysWith: { first, _ in first })
      )
    case .scalar(let text):
      guard let json = try? JSONValue(parsing: text) else { return .string(text) }
      switch json {
      case .null, .bool, .int, .double: return json
      case .bigInt, .string, .array, .object: return .string(text)
      }
    }
  }
}

/// What is wrong with the configuration of a model.
package struct ModelConfigurationError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The file and line, or the flag; nil when there is none to tell.
  package let place: String?
  package let detail: String

  package init(_ detail: String, at place: String? = nil) {
    (self.detail, self.place) = (detail, place)
  }

  package var description: String { (place.map { $0 + ": " } ?? "") + detail }
}
