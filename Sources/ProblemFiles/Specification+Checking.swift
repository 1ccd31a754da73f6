package import FunSearch
import PythonSyntax

extension Specification {
  /// The specification that a described file is.
  ///
  /// - Parameters:
  ///   - description: the file as Python read it.
  ///   - path: as shown in messages.
  ///   - source: the file's text.
  ///   - trust: `shared` lets the evolved function be the entry point as well.
  /// - Throws: ``ProblemFilesError/invalid(path:line:detail:)`` for the first thing that is wrong.
  package init(
    _ description: SpecificationDescription,
    path: String,
    source: String,
    trust: Trust
  ) throws(ProblemFilesError) {
    let checker = SpecificationChecker(description: description, path: path, source: source)
    try checker.checkMarkers()
    let evolve = try checker.one("evolve", "put it above the function to search")
    let run = try checker.one("run", "put it above the function that scores one input")
    let verify = try checker.atMostOne("verify")
    let inputs = try checker.atMostOne("inputs")
    try checker.check(evolve: evolve, run: run, verify: verify, trust: trust)
    if let inputs { try checker.check(inputs: inputs) }
    var lines: [String: ClosedRange<Int>] = [:]
    for function in description.functions { lines[function.name] = try checker.lines(function) }
    self.init(
      path: path,
      source: source,
      evolve: try checker.definition(evolve),
      decorators: evolve.decorators,
      evolveLines: try checker.lines(evolve),
      run: run.name,
      verify: verify?.name,
      inputs: inputs?.name,
      imports: description.imports,
      module: description.statements,
      functionLines: lines
    )
  }
}

/// Finds what is wrong with the marked functions of a file.
private struct SpecificationChecker {
  let description: SpecificationDescription
  let path: String
  let source: String
  private let known = ["evolve", "run", "verify", "inputs"]

  /// Every marker is known, and none stands on an inner function.
  func checkMarkers() throws(ProblemFilesError) {
    for function in description.functions {
      for (place, marker) in function.markers.enumerated() {
        guard known.contains(marker) else {
          let hint = nearestName(to: marker, in: known).map { "did you mean @funsearch.\($0)?" }
          throw invalid(
            function.firstLine,
            "unknown marker @funsearch.\(marker) on \(function.name); "
              + (hint ?? "there are \(known.map { "@funsearch.\($0)" }.joined(separator: ", "))")
          )
        }
        guard !function.markers[..<place].contains(marker) else {
          throw invalid(function.firstLine, "\(function.name) is marked @funsearch.\(marker) twice; keep one")
        }
      }
    }
    let modules = description.imports.filter { $0.module == "funsearch" }.map(\.alias)
    let finder = InnerMarkers(modules: Set(modules + ["funsearch"]))
    if let (marker, name) = finder.first(in: description.statements) {
      throw invalid(
        innerLine(of: marker, modules: finder.modules),
        "@funsearch.\(marker) marks \(name), which is inside another statement; move it to the top level"
      )
    }
  }

  func one(_ marker: String, _ advice: String) throws(ProblemFilesError) -> DescribedFunction {
    guard let function = try atMostOne(marker) else {
      throw invalid(1, "no function is marked @funsearch.\(marker); \(advice)")
    }
    return function
  }

  func atMostOne(_ marker: String) throws(ProblemFilesError) -> DescribedFunction? {
    let marked = description.functions.filter { $0.markers.contains(marker) }
    guard marked.count <= 1 else {
      let names = marked.map(\.name).joined(separator: ", ")
      let number = marked.count == 2 ? "two" : String(marked.count)
      throw invalid(
        marked[1].line,
        "\(number) functions are marked @funsearch.\(marker) (\(names)); keep one"
      )
    }
    return marked.first
  }

  func check(
    evolve: DescribedFunction,
    run: DescribedFunction,
    verify: DescribedFunction?,
    trust: Trust
  ) throws(ProblemFilesError) {
    for function in [evolve, run] + (verify.map { [$0] } ?? []) {
      let markers = function.markers.map { "@funsearch.\($0)" }.joined(separator: ", ")
      if function.isAsync {
        throw invalid(function.line, "\(function.name) (\(markers)) is async; make it a plain function")
      }
      if let second = description.functions.last(where: { $0.name == function.name }),
        second.line != function.line
      {
        throw invalid(second.line, "\(function.name) (\(markers)) is defined again here; keep one definition")
      }
    }
    if evolve.line == run.line, trust == .split {
      throw invalid(
        evolve.line,
        "\(evolve.name) is marked both evolve and run, so a candidate would score itself; "
          + "split them, or set `trust: shared` in problem.yaml"
      )
    }
    if let verify, verify.line == evolve.line || verify.line == run.line {
      throw invalid(
        verify.line,
        "\(verify.name) is marked verify and something else; write a function of its own"
      )
    }
    if !accepts(1, run) {
      throw invalid(run.line, "\(run.name) is marked run and must take one input: def \(run.name)(input)")
    }
    if let verify, !accepts(2, verify) {
      throw invalid(
        verify.line,
        "\(verify.name) is marked verify and must take an input and an artifact: "
          + "def \(verify.name)(input, artifact)"
      )
    }
  }

  /// The reader of a file takes its text and its name, and is nothing else.
  func check(inputs: DescribedFunction) throws(ProblemFilesError) {
    if inputs.isAsync {
      throw invalid(inputs.line, "\(inputs.name) (@funsearch.inputs) is async; make it a plain function")
    }
    if inputs.markers.count > 1 {
      throw invalid(
        inputs.line,
        "\(inputs.name) is marked inputs and something else; write a function of its own"
      )
    }
    if !accepts(2, inputs) {
      throw invalid(
        inputs.line,
        "\(inputs.name) is marked inputs and must take the text and the name of a file: "
          + "def \(inputs.name)(text, name)"
      )
    }
  }

  func definition(_ function: DescribedFunction) throws(ProblemFilesError) -> FunctionDefinition {
    guard var definition = function.definition else {
      throw invalid(
        function.line,
        "\(function.name) is marked evolve and uses syntax that cannot be searched; "
          + "write it as a plain function without type parameters"
      )
    }
    definition.decorators = []
    return definition
  }

  func lines(_ function: DescribedFunction) throws(ProblemFilesError) -> ClosedRange<Int> {
    guard function.firstLine <= function.line, function.line <= function.lastLine else {
      throw invalid(function.line, "\(function.name) ends before it begins; the file was not read properly")
    }
    return function.firstLine...function.lastLine
  }

  /// Whether a call with `count` positional arguments fits; true where the tree is not known.
  private func accepts(_ count: Int, _ function: DescribedFunction) -> Bool {
    guard let parameters = function.definition?.parameters else { return true }
    let positional = parameters.positionalOnly + parameters.positional
    let required = positional.count { $0.defaultValue == nil }
    let keywordsFit = parameters.keywordOnly.allSatisfy { $0.defaultValue != nil }
    return required <= count && (positional.count >= count || parameters.variadic != nil) && keywordsFit
  }

  /// The indented line of a marker on an inner function; 1 where that cannot be told.
  private func innerLine(of marker: String, modules: Set<String>) -> Int {
    let decorators = Set(modules.map { "@\($0).\(marker)" })
    for (index, line) in source.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    where line.first == " " || line.first == "\t" {
      let text = line.drop { $0 == " " || $0 == "\t" }
      if decorators.contains(String(text.prefix { $0 != "(" && !$0.isWhitespace })) { return index + 1 }
    }
    return 1
  }

  private func invalid(_ line: Int, _ detail: String) -> ProblemFilesError {
    .invalid(path: path, line: line, detail: detail)
  }
}
