import PythonSyntax

extension Statement {
  /// Names that this statement may read: all in it but those it surely binds first.
  var namesInside: Set<String> {
    let function = FunctionDefinition(name: "", parameters: Parameters(), body: [self])
    return function.freeNames.union(function.boundNames).subtracting(namesBound)
  }

  /// Names that this statement binds anywhere, ascending.
  var localNames: [String] {
    FunctionDefinition(name: "", parameters: Parameters(), body: [self]).boundNames.sorted()
  }

  /// Names this statement surely binds, for those the mutator does not look into.
  var namesBound: [String] {
    switch self {
    case .function(let definition): [definition.name]
    case .importing(let aliases):
      aliases.map { $0.alias ?? String($0.name.prefix { $0 != "." }) }
    case .importingFrom(_, let aliases, _): aliases.map { $0.alias ?? $0.name }
    default: []
    }
  }
}

extension Expression {
  /// Names that this expression reads and does not bind itself.
  var namesInside: Set<String> {
    FunctionDefinition(name: "", parameters: Parameters(), body: [.expression(self)]).freeNames
  }
}

extension [Statement] {
  /// Names in the tests of `while` statements, not of those inside what the mutator leaves alone.
  var namesOfWhileTests: [String] {
    var names: [String] = []
    collectNamesOfWhileTests(into: &names)
    return names
  }

  private func collectNamesOfWhileTests(into names: inout [String]) {
    for statement in self {
      if case .whileLoop(let test, _, _) = statement { names += test.namesInside.sorted() }
      statement.forEachBlock { $0.collectNamesOfWhileTests(into: &names) }
    }
  }
}
