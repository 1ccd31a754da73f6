extension FunctionDefinition {
  /// Reads the JSON form of an `ast.FunctionDef`.
  package init(json: JSONValue) throws(TreeError) {
    try self.init(try JSONNode(json))
  }

  init(_ node: JSONNode) throws(TreeError) {
    guard node.type == "FunctionDef" else {
      throw .node(path: "", "expected FunctionDef, found '\(node.type)'")
    }
    try node.expect(5)
    self.init(
      name: try node.identifier(1, "name"),
      parameters: try Parameters(node, 2),
      returns: try node.optionalExpression(5, "returns"),
      decorators: try node.expressions(4, "decorator_list"),
      body: try node.body(3)
    )
  }
}

extension Parameters {
  /// Reads the `arguments` node that is the field `index` of a function or lambda.
  init(_ owner: JSONNode, _ index: Int) throws(TreeError) {
    do {
      try self.init(arguments: try JSONNode(owner.value(index)))
    } catch {
      throw error.inside("\(owner.type).args")
    }
  }

  private init(arguments node: JSONNode) throws(TreeError) {
    guard node.type == "arguments" else {
      throw .node(path: "", "expected arguments, found '\(node.type)'")
    }
    try node.expect(7)
    var positionalOnly = try Self.parameters(node, 1, "posonlyargs")
    var positional = try Self.parameters(node, 2, "args")
    var keywordOnly = try Self.parameters(node, 4, "kwonlyargs")
    let keywordDefaults = try node.list(5, "kw_defaults") { json throws(TreeError) -> Expression? in
      if case .null = json { nil } else { try Expression(json: json) }
    }
    guard keywordDefaults.count == keywordOnly.count else {
      throw node.failure("kw_defaults", "expected one for each of \(keywordOnly.count) kwonlyargs")
    }
    for (index, value) in keywordDefaults.enumerated() { keywordOnly[index].defaultValue = value }
    let defaults = try node.expressions(7, "defaults")
    let without = positionalOnly.count + positional.count - defaults.count
    guard without >= 0 else { throw node.failure("defaults", "there are more defaults than parameters") }
    for (offset, value) in defaults.enumerated() {
      let place = without + offset - positionalOnly.count
      if place < 0 {
        positionalOnly[without + offset].defaultValue = value
      } else {
        positional[place].defaultValue = value
      }
    }
    self.init(
      positionalOnly: positionalOnly,
      positional: positional,
      variadic: node.isNull(3) ? nil : try Self.parameter(node.value(3)),
      keywordOnly: keywordOnly,
      keywords: node.isNull(6) ? nil : try Self.parameter(node.value(6))
    )
  }

  private static func parameters(
    _ node: JSONNode,
    _ index: Int,
    _ field: String
  ) throws(TreeError) -> [Parameter] {
    try node.list(index, field) { json throws(TreeError) in try parameter(json) }
  }

  private static func parameter(_ json: JSONValue) throws(TreeError) -> Parameter {
    let node = try JSONNode(json)
    guard node.type == "arg" else { throw .node(path: "", "expected arg, found '\(node.type)'") }
    try node.expect(2)
    return Parameter(
      try node.identifier(1, "name"),
      annotation: try node.optionalExpression(2, "annotation")
    )
  }
}
