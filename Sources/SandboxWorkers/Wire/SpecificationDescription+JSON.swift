import FunSearch
import PythonSyntax

extension SpecificationDescription {
  /// The reply to a `describe` request.
  init(json: JSONValue) throws {
    var functions: [DescribedFunction] = []
    for function in json["functions"]?.array ?? [] { functions.append(try DescribedFunction(json: function)) }
    var statements: [Statement] = []
    for node in json["statements"]?.array ?? [] { statements.append(try Statement(json: node)) }
    let imports = json["imports"]?.array?.compactMap { item -> SpecificationImport? in
      guard let module = item["module"]?.string else { return nil }
      return SpecificationImport(
        module: module,
        alias: item["alias"]?.string ?? module,
        line: item["line"]?.int ?? 1
      )
    }
    self.init(
      functions: functions,
      imports: imports ?? [],
      statements: statements,
      docstring: json["docstring"]?.string
    )
  }
}

extension DescribedFunction {
  fileprivate init(json: JSONValue) throws {
    guard let name = json["name"]?.string, let line = json["line"]?.int else {
      throw SandboxError.worker("A worker described a function without name or line.")
    }
    let parameters = json["parameters"]?.array?.compactMap { item in
      item["name"]?.string.map { DescribedParameter($0, annotation: item["annotation"]?.string) }
    }
    // A function outside the model, such as `async def`, is an opaque statement.
    let definition: FunctionDefinition? =
      if case .function(let function) = try json["statement"].map(Statement.init(json:)) { function } else {
        nil
      }
    self.init(
      name: name,
      line: line,
      firstLine: json["first_line"]?.int ?? line,
      lastLine: json["last_line"]?.int ?? line,
      markers: json["markers"]?.array?.compactMap(\.string) ?? [],
      decorators: json["decorators"]?.array?.compactMap(\.string) ?? [],
      parameters: parameters ?? [],
      returns: json["returns"]?.string,
      docstring: json["docstring"]?.string,
      isAsync: json["async"]?.bool ?? false,
      definition: definition
    )
  }
}
