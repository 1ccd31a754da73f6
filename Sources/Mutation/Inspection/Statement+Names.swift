import PythonSyntax

extension Statement {
  /// Names that this statement reads or binds anywhere.
  var namesInside: Set<String> {
    let function = FunctionDefinition(name: "", parameters: Parameters(), body: [self])
    return function.freeNames.union(function.boundNames)
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
  /// Names that occur anywhere in this expression.
  var namesInside: Set<String> { Statement.expression(self).namesInside }
}
