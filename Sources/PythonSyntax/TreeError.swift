/// Why a tree could not be read.
public enum TreeError: Error, Hashable, Sendable {
  /// The text is not JSON; `offset` counts bytes from 0.
  case json(offset: Int, String)
  /// The JSON is no tree; `path` leads from the outermost node to the faulty one.
  case node(path: String, String)
  /// The bytes are no encoded tree; `offset` counts bytes from 0.
  case encoding(offset: Int, String)

  /// The same error seen from one node further out.
  func inside(_ step: String) -> TreeError {
    guard case .node(let path, let message) = self else { return self }
    return .node(path: path.isEmpty ? step : "\(step)/\(path)", message)
  }
}

extension TreeError: CustomStringConvertible {
  /// Where and what is wrong.
  public var description: String {
    switch self {
    case .json(let offset, let message):
      "JSON, byte \(offset): \(message)"
    case .node(let path, let message):
      path.isEmpty ? "tree: \(message)" : "tree, at \(path): \(message)"
    case .encoding(let offset, let message):
      "encoded tree, byte \(offset): \(message)"
    }
  }
}
