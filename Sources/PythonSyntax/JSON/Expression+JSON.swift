extension Expression {
  /// Reads the JSON form of an `ast.expr`.
  package init(json: JSONValue) throws(TreeError) {
    self = try Self.read(try JSONNode(json))
  }

  private static func read(_ node: JSONNode) throws(TreeError) -> Expression {
    switch node.type {
    case "Name":
      try node.expect(1)
      return .name(try node.identifier(1, "id"))
    case "Constant": return .constant(try Constant(node))
    case "BinOp": return try readBinary(node)
    case "Call": return try readCall(node)
    case "Attribute":
      try node.expect(2)
      return .attribute(try node.expression(1, "value"), try node.identifier(2, "attr"))
    case "Subscript":
      try node.expect(2)
      return .element(of: try node.expression(1, "value"), at: try node.expression(2, "slice"))
    case "Compare": return try readComparison(node)
    case "UnaryOp":
      try node.expect(2)
      return .unary(try readOperator(node, 1, "op"), try node.expression(2, "operand"))
    case "BoolOp": return try readBoolean(node)
    case "IfExp": return try readConditional(node)
    case "Tuple", "List", "Set", "Dict": return try readDisplay(node)
    case "ListComp", "SetComp", "GeneratorExp", "DictComp": return try readComprehension(node)
    case "Slice": return try readSlice(node)
    case "Starred":
      try node.expect(1)
      return .starred(try node.expression(1, "value"))
    case "Lambda":
      try node.expect(2)
      return .lambda(try Parameters(node, 1), try node.expression(2, "body"))
    case "NamedExpr": return try readAssignment(node)
    case "Opaque": return .opaque(try node.opaque("expr"))
    default: throw .node(path: "", "'\(node.type)' is no expression of the model")
    }
  }

  private static func readBinary(_ node: JSONNode) throws(TreeError) -> Expression {
    try node.expect(3)
    let op: BinaryOperator = try readOperator(node, 2, "op")
    return .binary(try node.expression(1, "left"), op, try node.expression(3, "right"))
  }

  private static func readBoolean(_ node: JSONNode) throws(TreeError) -> Expression {
    try node.expect(2)
    let operands = try node.expressions(2, "values")
    guard operands.count > 1 else { throw node.failure("values", "expected two operands or more") }
    return .boolean(try readOperator(node, 1, "op"), operands)
  }

  private static func readComparison(_ node: JSONNode) throws(TreeError) -> Expression {
    try node.expect(3)
    let operators = try node.list(2, "ops") { json throws(TreeError) in
      guard case .string(let name) = json, let op = ComparisonOperator(rawValue: name) else {
        throw TreeError.node(path: "", "\(json.kindName) is no comparison operator")
      }
      return op
    }
    let operands = try node.expressions(3, "comparators")
    guard operands.count == operators.count, !operands.isEmpty else {
      throw node.failure("ops", "expected one operator for each of \(operands.count) comparators")
    }
    let links = zip(operators, operands).map { Comparison($0, $1) }
    return .comparison(try node.expression(1, "left"), links)
  }

  private static func readConditional(_ node: JSONNode) throws(TreeError) -> Expression {
    try node.expect(3)
    return .conditional(
      test: try node.expression(1, "test"),
      body: try node.expression(2, "body"),
      otherwise: try node.expression(3, "orelse")
    )
  }

  private static func readSlice(_ node: JSONNode) throws(TreeError) -> Expression {
    try node.expect(3)
    return .slice(
      lower: try node.optionalExpression(1, "lower"),
      upper: try node.optionalExpression(2, "upper"),
      step: try node.optionalExpression(3, "step")
    )
  }

  private static func readAssignment(_ node: JSONNode) throws(TreeError) -> Expression {
    try node.expect(2)
    guard case .name(let target) = try node.expression(1, "target") else {
      throw node.failure("target", "expected a name")
    }
    return .assignment(target: target, value: try node.expression(2, "value"))
  }

  private static func readCall(_ node: JSONNode) throws(TreeError) -> Expression {
    try node.expect(3)
    let positional = try node.expressions(2, "args").map { Argument.positional($0) }
    let named = try node.list(3, "keywords") { json throws(TreeError) in try Argument(keyword: json) }
    return .call(try node.expression(1, "func"), positional + named)
  }

  private static func readDisplay(_ node: JSONNode) throws(TreeError) -> Expression {
    guard node.type == "Dict" else {
      try node.expect(1)
      let items = try node.expressions(1, "elts")
      return node.type == "Tuple" ? .tuple(items) : node.type == "List" ? .list(items) : .set(items)
    }
    try node.expect(2)
    let keys = try node.list(1, "keys") { json throws(TreeError) -> Expression? in
      if case .null = json { nil } else { try Expression(json: json) }
    }
    let values = try node.expressions(2, "values")
    guard keys.count == values.count else {
      throw node.failure("keys", "expected one key for each of \(values.count) values")
    }
    return .dictionary(
      zip(keys, values).map { key, value in key.map { .pair($0, value) } ?? .unpacked(value) }
    )
  }

  private static func readComprehension(_ node: JSONNode) throws(TreeError) -> Expression {
    let last = node.type == "DictComp" ? 3 : 2
    try node.expect(last)
    let generators = try node.list(last, "generators") { json throws(TreeError) in
      try Generator(json: json)
    }
    guard !generators.isEmpty else { throw node.failure("generators", "expected one 'for' or more") }
    let first = try node.expression(1, last == 3 ? "key" : "elt")
    switch node.type {
    case "ListComp": return .listComprehension(first, generators)
    case "SetComp": return .setComprehension(first, generators)
    case "GeneratorExp": return .generator(first, generators)
    default:
      let value = try node.expression(2, "value")
      return .dictionaryComprehension(key: first, value: value, generators)
    }
  }

  static func readOperator<Operator: RawRepresentable<String>>(
    _ node: JSONNode,
    _ index: Int,
    _ field: String
  ) throws(TreeError) -> Operator {
    let name = try node.string(index, field)
    guard let op = Operator(rawValue: name) else { throw node.failure(field, "unknown operator '\(name)'") }
    return op
  }
}

extension JSONNode {
  /// The source of an opaque node, which must be of the kind its place asks for.
  func opaque(_ kind: String) throws(TreeError) -> String {
    try expect(2)
    guard try string(1, "kind") == kind else { throw failure("kind", "expected an opaque \(kind)") }
    return try string(2, "source")
  }
}

extension Argument {
  fileprivate init(keyword json: JSONValue) throws(TreeError) {
    let node = try JSONNode(json)
    guard node.type == "keyword" else { throw .node(path: "", "expected keyword, found '\(node.type)'") }
    try node.expect(2)
    let value = try node.expression(2, "value")
    guard let name = try node.optionalIdentifier(1, "arg") else {
      self = .doubleStarred(value)
      return
    }
    self = .keyword(name, value)
  }
}

extension Generator {
  fileprivate init(json: JSONValue) throws(TreeError) {
    let node = try JSONNode(json)
    guard node.type == "comprehension" else {
      throw .node(path: "", "expected comprehension, found '\(node.type)'")
    }
    try node.expect(4)
    guard try !node.flag(4, "is_async") else {
      throw node.failure("is_async", "asynchronous comprehensions are outside the model")
    }
    self.init(
      try node.expression(1, "target"),
      in: try node.expression(2, "iter"),
      where: try node.expressions(3, "ifs")
    )
  }
}
