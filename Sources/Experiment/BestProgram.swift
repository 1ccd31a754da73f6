package import FunSearch

/// The best program as one file that plain Python runs.
package enum BestProgram {
  /// The whole program, able to run where `funsearch` is not installed, printing its scores.
  ///
  /// - Parameters:
  ///   - code: the program.
  ///   - specification: the rest of the file.
  ///   - inputs: what it is scored on when run.
  ///   - module: the text of the small Python module `funsearch`.
  ///   - summary: lines of a comment at the top.
  /// - Returns: the text of a Python file.
  package static func text(
    _ code: ProgramCode,
    specification: Specification,
    inputs: [EvaluationInput],
    module: String,
    summary: [String]
  ) -> String {
    let skeleton = Skeleton(specification)
    let markers = ["@funsearch.evolve"] + specification.decorators.map { "@" + $0 }
    var lines = skeleton.program(with: code, markers: markers)
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    // `from __future__` must stay first, so the stand-in goes before the import that needs it.
    let place = specification.imports.filter { $0.module == "funsearch" }.map(\.line).min()
    if let place { lines.insert(contentsOf: standIn(module), at: place - 1) }
    return (summary.map { "# " + $0 } + lines).joined(separator: "\n") + main(specification.run, inputs)
  }

  private static func standIn(_ module: String) -> [String] {
    [
      "import sys as _sys, types as _types", "_module = _types.ModuleType(\"funsearch\")",
      "exec(" + quoted(module)
        + ", _module.__dict__)", "_sys.modules.setdefault(\"funsearch\", _module)",
    ]
  }

  /// A Python string literal on one line.
  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": result += "\\\\"
      case "\"": result += "\\\""
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }

  private static func main(_ run: String, _ inputs: [EvaluationInput]) -> String {
    let list = inputs.map(\.json).joined(separator: ",")
    return """


      if __name__ == "__main__":
        import json
        for _input in json.loads(\(quoted("[" + list + "]"))):
          _result = \(run)(_input)
          print(json.dumps(_input), getattr(_result, "score", _result))

      """
  }
}
