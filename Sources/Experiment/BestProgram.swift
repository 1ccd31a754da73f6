package import FunSearch

/// The best program as one file that plain Python runs.
package enum BestProgram {
  /// The whole program, able to run where `funsearch` is not installed, printing its scores.
  ///
  /// - Parameters:
  ///   - code: the program.
  ///   - specification: the rest of the file.
  ///   - inputs: what it is scored on when run.
  ///   - modules: texts of what it imports from beside it, by file name, with the module `funsearch`.
  ///   - summary: lines of a comment at the top.
  /// - Returns: the text of a Python file.
  package static func text(
    _ code: ProgramCode,
    specification: Specification,
    inputs: [EvaluationInput],
    modules: [String: String],
    summary: [String]
  ) -> String {
    let skeleton = Skeleton(specification)
    let markers = ["@funsearch.evolve"] + specification.decorators.map { "@" + $0 }
    var lines = skeleton.program(with: code, markers: markers)
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    if let place = place(of: specification.imports, in: lines) {
      lines.insert(contentsOf: standIn(modules), at: place)
    }
    return (summary.map { "# " + $0 } + lines).joined(separator: "\n") + main(specification.run, inputs)
  }

  /// The line before which the stand-in goes: that of the first statement which imports, but for
  /// `from __future__`, which must stay first.
  private static func place(of imports: [SpecificationImport], in lines: [String]) -> Int? {
    guard let first = imports.filter({ $0.module != "__future__" }).map(\.line).min() else { return nil }
    return lines.indices.prefix(first).last { lines[$0].first.map { !$0.isWhitespace } ?? false }
  }

  /// Finds modules in texts of its own, wherever the file is no specification that has them beside it.
  private static func standIn(_ modules: [String: String]) -> [String] {
    let texts = modules.sorted { $0.key < $1.key }.map { "\(quoted($0.key)): \(quoted($0.value))" }
    return """
      if __name__ != "specification":  # what stood beside it
        import importlib.machinery as _machinery, sys as _sys

        class _Beside:
          texts = {\(texts.joined(separator: ", "))}

          def find_spec(self, name, path=None, target=None):
            place = name.replace(".", "/")
            for file in (place + ".py", place + "/__init__.py"):
              if file in self.texts:
                return _machinery.ModuleSpec(name, self, origin=file, is_package=file != place + ".py")
            if any(file.startswith(place + "/") for file in self.texts):
              return _machinery.ModuleSpec(name, self, is_package=True)

          def create_module(self, spec):
            return None

          def exec_module(self, module):
            file = module.__spec__.origin
            if file:
              exec(compile(self.texts[file], file, "exec"), module.__dict__)

        _sys.meta_path.insert(0, _Beside())

      """.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
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
