import ArgumentParser
import ProblemFiles
import PythonSyntax

/// What to score on.
struct InputOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Values to score on, as JSON, separated by commas; or names of the problem's sets of inputs, such as test. "
        + "Default: train.",
      valueName: "5,6"
    )
  )
  var inputs: String?

  @Option(
    help: ArgumentHelp(
      "A file that holds what to score on, as the problem reads it; for most a JSON list of inputs.",
      valueName: "file"
    ),
    completion: .file()
  )
  var inputsFile: String?

  func validate() throws {
    if inputs != nil, inputsFile != nil {
      throw ValidationError("--inputs and --inputs-file both say what to score on; give one of them")
    }
  }

  /// What the flags ask for.
  func choice() throws -> InputChoice {
    if let inputsFile { return .file(path: inputsFile) }
    guard let inputs else { return .training }
    if let values = try? JSONValue(parsing: "[\(inputs)]").array, !values.isEmpty {
      return .values(values.map { String(decoding: $0.serialized, as: UTF8.self) })
    }
    let names = inputs.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    guard names.allSatisfy({ $0.wholeMatch(of: /[A-Za-z][A-Za-z0-9_.-]*/) != nil }) else {
      throw ValidationError(
        "--inputs \(inputs): write JSON values separated by commas, such as --inputs 5,6, or the name of a set of "
          + "inputs, such as --inputs test"
      )
    }
    return .sets(names)
  }
}

/// The JSON of an input as far as it fits a line.
func shownInput(_ json: String) -> String {
  json.count <= 80 ? json : json.prefix(79) + "…"
}
