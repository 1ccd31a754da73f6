/// A key or token: it goes to its server and nowhere else, since no description of it shows it.
package struct Secret: Sendable, Hashable {
  private let value: String

  /// - Parameter value: the key itself; white space around it is left out.
  package init(_ value: String) {
    self.value = value.trimmed
  }

  /// The key itself, for the request that needs it.
  package var revealed: String { value }

  /// Whether there is nothing in it.
  package var isEmpty: Bool { value.isEmpty }

  /// The key behind a word, such as `Bearer `.
  func behind(_ prefix: String) -> Secret { Secret(prefix + value) }

  /// `text` without the key, which servers sometimes repeat in their messages.
  package func redacting(_ text: String) -> String {
    value.count < 4 ? text : text.replacing(value, with: Self.shown)
  }

  private static let shown = "(hidden)"
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package var description: String { Self.shown }
  package var debugDescription: String { Self.shown }
  package var customMirror: Mirror { Mirror(self, children: []) }
}

extension StringProtocol {
  /// The text without white space and line ends around it.
  var trimmed: String {
    let start = drop { $0.isWhitespace }
    guard let last = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return String(start[...last])
  }
}
