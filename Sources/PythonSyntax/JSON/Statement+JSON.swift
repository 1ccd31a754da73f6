extension Statement {
  /// Reads the JSON form of an `ast.stmt`.
  package init(json: JSONValue) throws(TreeError) {
    self = try Self.read(try JSONNode(json))
  }

  private static func read(_ node: JSONNode) throws(TreeError) -> Statement {
    switch node.type {
    case "Expr":
      try node.expect(1)
      return .expression(try node.expression(1, "value"))
    case "Assign": return try readAssign(node)
    case "Return":
      try node.expect(1)
      return .returning(try node.optionalExpression(1, "value"))
    case "If", "For", "While", "With", "Try", "TryStar": return try readBlock(node)
    case "AugAssign":
      try node.expect(3)
      let op: BinaryOperator = try Expression.readOperator(node, 2, "op")
      return .augmented(try node.expression(1, "target"), op, try node.expression(3, "value"))
    case "FunctionDef": return .function(try FunctionDefinition(node))
    case "AnnAssign": return try readAnnotated(node)
    case "Raise":
      try node.expect(2)
      return .raising(try node.optionalExpression(1, "exc"), from: try node.optionalExpression(2, "cause"))
    case "Assert":
      try node.expect(2)
      return .assertion(try node.expression(1, "test"), message: try node.optionalExpression(2, "msg"))
    case "Delete":
      try node.expect(1)
      return .delete(try node.expressions(1, "targets"))
    case "Import", "ImportFrom": return try readImport(node)
    case "Global": return .global(try readNames(node))
    case "Nonlocal": return .nonlocal(try readNames(node))
    case "Pass": return .pass
    case "Break": return .breakLoop
    case "Continue": return .continueLoop
    case "Opaque": return .opaque(try node.opaque("stmt"))
    default: throw .node(path: "", "'\(node.type)' is no statement of the model")
    }
  }

  private static func readAssign(_ node: JSONNode) throws(TreeError) -> Statement {
    try node.expect(2)
    let targets = try node.expressions(1, "targets")
    guard !targets.isEmpty else { throw node.failure("targets", "expected one target or more") }
    return .assign(targets, try node.expression(2, "value"))
  }

  private static func readAnnotated(_ node: JSONNode) throws(TreeError) -> Statement {
    try node.expect(4)
    return .annotated(
      try node.expression(1, "target"),
      annotation: try node.expression(2, "annotation"),
      value: try node.optionalExpression(3, "value"),
      simple: try node.flag(4, "simple")
    )
  }

  private static func readBlock(_ node: JSONNode) throws(TreeError) -> Statement {
    switch node.type {
    case "If":
      try node.expect(3)
      return .conditional(
        try node.expression(1, "test"),
        then: try node.body(2),
        otherwise: try node.statements(3, "orelse")
      )
    case "For":
      try node.expect(4)
      return .forLoop(
        try node.expression(1, "target"),
        in: try node.expression(2, "iter"),
        body: try node.body(3),
        otherwise: try node.statements(4, "orelse")
      )
    case "While":
      try node.expect(3)
      return .whileLoop(
        try node.expression(1, "test"),
        body: try node.body(2),
        otherwise: try node.statements(3, "orelse")
      )
    case "With":
      try node.expect(2)
      let items = try node.list(1, "items") { json throws(TreeError) in try WithItem(json: json) }
      guard !items.isEmpty else { throw node.failure("items", "expected one item or more") }
      return .with(items, body: try node.body(2))
    default:
      return try readTry(node)
    }
  }

  private static func readTry(_ node: JSONNode) throws(TreeError) -> Statement {
    try node.expect(4)
    let handlers = try node.list(2, "handlers") { json throws(TreeError) in
      try ExceptionHandler(json: json)
    }
    let finally = try node.statements(4, "finalbody")
    guard !handlers.isEmpty || !finally.isEmpty else {
      throw node.failure("handlers", "expected a handler or a 'finally'")
    }
    return .tryBlock(
      body: try node.body(1),
      handlers: handlers,
      otherwise: try node.statements(3, "orelse"),
      finally: finally,
      star: node.type == "TryStar"
    )
  }

  private static func readImport(_ node: JSONNode) throws(TreeError) -> Statement {
    let from = node.type == "ImportFrom"
    try node.expect(from ? 3 : 1)
    let aliases = try node.list(from ? 2 : 1, "names") { json throws(TreeError) in
      try ImportAlias(json: json)
    }
    guard !aliases.isEmpty else { throw node.failure("names", "expected one name or more") }
    guard from else { return .importing(aliases) }
    let module = try node.optionalIdentifier(1, "module", dotted: true)
    return .importingFrom(
      module: module,
      aliases,
      level: node.isNull(3) ? 0 : try node.count(3, "level")
    )
  }

  private static func readNames(_ node: JSONNode) throws(TreeError) -> [String] {
    try node.expect(1)
    return try node.list(1, "names") { json throws(TreeError) in
      guard case .string(let name) = json, name.isPythonIdentifier() else {
        throw TreeError.node(path: "", "expected a name, found \(json.kindName)")
      }
      return name
    }
  }
}

extension [Statement] {
  /// Reads a JSON array of statements.
  package init(json: JSONValue) throws(TreeError) {
    guard case .array(let elements) = json else {
      throw .node(path: "", "expected a list of statements, found \(json.kindName)")
    }
    self = []
    for element in elements {
      do {
        append(try Statement(json: element))
      } catch {
        throw error.inside("statement \(count)")
      }
    }
  }
}

extension WithItem {
  fileprivate init(json: JSONValue) throws(TreeError) {
    let node = try JSONNode(json)
    try node.expect(2)
    self.init(
      try node.expression(1, "context_expr"),
      as: try node.optionalExpression(2, "optional_vars")
    )
  }
}

extension ExceptionHandler {
  fileprivate init(json: JSONValue) throws(TreeError) {
    let node = try JSONNode(json)
    try node.expect(3)
    self.init(
      try node.optionalExpression(1, "type"),
      as: try node.optionalIdentifier(2, "name"),
      body: try node.body(3)
    )
  }
}

extension ImportAlias {
  fileprivate init(json: JSONValue) throws(TreeError) {
    let node = try JSONNode(json)
    try node.expect(2)
    let name = node.value(1) == "*" ? "*" : try node.identifier(1, "name", dotted: true)
    self.init(name, as: try node.optionalIdentifier(2, "asname"))
  }
}
