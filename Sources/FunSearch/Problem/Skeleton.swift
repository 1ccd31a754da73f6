import PythonSyntax

/// A specification without its evolved function: what stays the same in every program.
package struct Skeleton: Sendable {
  private let before: String
  private let after: String
  private let docstring: String?
  /// What a prompt shows before the versions: the module up to its first function, which the published
  /// prompts call the preface.
  package let preface: String

  package init(_ specification: Specification) {
    let lines = specification.source.split(separator: "\n", omittingEmptySubsequences: false)
    let evolve = specification.evolveLines
    before = lines[..<(evolve.lowerBound - 1)].map { $0 + "\n" }.joined()
    after = lines[evolve.upperBound...].joined(separator: "\n")
    let first = specification.functionLines.values.map(\.lowerBound).min() ?? evolve.lowerBound
    let kept = lines[..<(first - 1)].reversed().drop { $0.allSatisfy(\.isWhitespace) }.reversed()
    docstring = specification.evolve.docstring
    preface = kept.map { $0 + "\n" }.joined() + "\n\n"
  }

  /// The whole program as a file: the specification's text with the evolved function's replaced.
  /// - Parameters:
  ///   - code: the function, and module code that goes before it.
  ///   - markers: lines to put before the function, such as its decorators.
  /// - Returns: the text of a module.
  package func program(with code: ProgramCode, markers: [String] = []) -> String {
    let marks = markers.map { $0 + "\n" }.joined()
    var function = code.function
    if let docstring, function.docstring == nil {
      function.body.insert(.expression(.constant(.string(docstring))), at: 0)
    }
    let support = code.support.isEmpty ? "" : code.support.source() + "\n\n"
    return before + support + marks + function.source() + "\n" + after
  }
}
