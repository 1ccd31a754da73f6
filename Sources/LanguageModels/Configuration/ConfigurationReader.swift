import FunSearch

/// Reads values of a configuration strictly, with the place in every message.
struct ConfigurationReader {
  /// The file; nil for what is from none.
  let path: String?

  func failure(_ detail: String, _ line: Int?) -> ModelConfigurationError {
    ModelConfigurationError(detail, at: path.map { $0 + (line.map { ":\($0)" } ?? "") })
  }

  func unknown(_ key: String, _ line: Int?, known: [String]) -> ModelConfigurationError {
    let hint = nearestName(to: key, in: known).map { "; did you mean \"\($0)\"?" }
    return failure("unknown key \"\(key)\"" + (hint ?? "; there are \(known.joined(separator: ", "))"), line)
  }

  func text(_ tree: ConfigurationTree, _ key: String) throws(ModelConfigurationError) -> String {
    guard case .scalar(let text) = tree.value else { throw failure("\"\(key)\" must be a text", tree.line) }
    guard !text.trimmed.isEmpty else {
      throw failure("\"\(key)\" is empty; write a value or remove the key", tree.line)
    }
    return text.trimmed
  }

  /// A list of texts, or one text.
  func texts(_ tree: ConfigurationTree, _ key: String) throws(ModelConfigurationError) -> [String] {
    guard case .list(let items) = tree.value else { return [try text(tree, key)] }
    var texts: [String] = []
    for item in items { texts.append(try text(item, key)) }
    return texts
  }

  func number(
    _ tree: ConfigurationTree,
    _ key: String,
    in range: ClosedRange<Double>
  ) throws(ModelConfigurationError) -> Double {
    let text = try text(tree, key)
    guard let value = Double(text), range.contains(value) else {
      throw failure("\"\(key)\" must be \(Self.shown(range)), not \(text)", tree.line)
    }
    return value
  }

  func whole(
    _ tree: ConfigurationTree,
    _ key: String,
    in range: ClosedRange<Int>
  ) throws(ModelConfigurationError) -> Int {
    let text = try text(tree, key)
    guard let value = Double(text).flatMap({ Int(exactly: $0) }), range.contains(value) else {
      let bounds =
        range.upperBound == .max
        ? "\(range.lowerBound) or more" : "from \(range.lowerBound) to \(range.upperBound)"
      throw failure("\"\(key)\" must be a whole number, \(bounds), not \(text)", tree.line)
    }
    return value
  }

  func seconds(_ tree: ConfigurationTree, _ key: String) throws(ModelConfigurationError) -> Duration {
    .seconds(try number(tree, key, in: 0.001...1e6))
  }

  func flag(_ tree: ConfigurationTree, _ key: String) throws(ModelConfigurationError) -> Bool {
    switch try text(tree, key) {
    case "true": return true
    case "false": return false
    case let text: throw failure("\"\(key)\" must be true or false, not \(text)", tree.line)
    }
  }

  func choice<T: RawRepresentable & CaseIterable>(
    _ tree: ConfigurationTree,
    _ key: String
  ) throws(ModelConfigurationError) -> T where T.RawValue == String {
    let text = try text(tree, key)
    if let value = T(rawValue: text) { return value }
    let choices = T.allCases.map(\.rawValue)
    let hint = nearestName(to: text, in: choices).map { "; did you mean \($0)?" } ?? ""
    throw failure(
      "\"\(key)\" must be one of \(choices.joined(separator: ", ")), not \(text)\(hint)",
      tree.line
    )
  }

  func mapping(
    _ tree: ConfigurationTree,
    _ key: String,
    such example: String
  ) throws(ModelConfigurationError) -> [ConfigurationTree.Member] {
    guard case .mapping(let members) = tree.value else {
      throw failure("\"\(key)\" must be keys and values, such as \(example)", tree.line)
    }
    return members
  }

  private static func shown(_ range: ClosedRange<Double>) -> String {
    range.upperBound >= 1e6
      ? "a number of \(range.lowerBound) or more" : "a number from \(range.lowerBound) to \(range.upperBound)"
  }
}
