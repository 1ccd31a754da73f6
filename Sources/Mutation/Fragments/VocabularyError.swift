/// Why a problem's vocabulary cannot be used.
package enum VocabularyError: Error, Hashable, CustomStringConvertible {
  /// Raised for one of its fragments; `line` is 1-based.
  case invalid(path: String, line: Int, detail: String)

  package var description: String {
    switch self {
    case .invalid(let path, let line, let detail): "\(path):\(line): \(detail)"
    }
  }
}
