/// Why a folder does not make a problem.
package enum ProblemFilesError: Error, Hashable, CustomStringConvertible {
  /// Raised when no problem has this name, and no folder or file this path.
  case notFound(String, available: [String], nearest: String?)
  /// Raised when a file cannot be read.
  case unreadable(path: String, detail: String)
  /// Raised for what is wrong inside a file; `line` is 1-based.
  case invalid(path: String, line: Int, detail: String)
  /// Raised when the problem has no set of inputs of this name.
  case unknownInputs(String, path: String, known: [String], nearest: String?)
  /// Raised for what is wrong with values that are in no file.
  case unusable(detail: String)

  package var description: String {
    switch self {
    case .notFound(let name, let available, let nearest):
      "no problem \"\(name)\"" + (nearest.map { "; did you mean \"\($0)\"?" } ?? ".")
        + (available.isEmpty
          ? " There are no problems here: give the path of a problem's folder, or make one with `funsearch init`."
          : " There are: \(available.joined(separator: ", ")). A path to a problem's folder will do too.")
    case .unreadable(let path, let detail): "\(path): \(detail)"
    case .invalid(let path, let line, let detail): "\(path):\(line): \(detail)"
    case .unknownInputs(let name, let path, let known, let nearest):
      "--inputs \(name): \(path) has no inputs of that name; "
        + (nearest.map { "did you mean \"\($0)\"?" }
          ?? "there are \(known.joined(separator: ", ")), or write values as JSON, such as 8 or [1, 2]")
    case .unusable(let detail): detail
    }
  }
}
