extension Statement {
  /// The JSON form of the statement, as ``init(json:)`` reads it.
  package var json: JSONValue {
    switch self {
    case .expression(let value): ["Expr", value.json]
    case .assign(let targets, let value): ["Assign", targets.json, value.json]
    case .augmented(let target, let op, let value):
      ["AugAssign", target.json, .string(op.rawValue), value.json]
    case .annotated(let target, let annotation, let value, let simple):
      ["AnnAssign", target.json, annotation.json, value.json, .int(simple ? 1 : 0)]
    case .conditional, .forLoop, .whileLoop, .with, .tryBlock: blockJSON
    case .function(let function): function.json
    case .returning(let value): ["Return", value.json]
    case .raising(let value, let cause): ["Raise", value.json, cause.json]
    case .assertion(let test, let message): ["Assert", test.json, message.json]
    case .importing(let aliases): ["Import", aliases.json]
    case .importingFrom(let module, let aliases, let level):
      ["ImportFrom", .text(module), aliases.json, .int(level)]
    case .delete(let targets): ["Delete", targets.json]
    case .global(let names): ["Global", .array(names.map { .string($0) })]
    case .nonlocal(let names): ["Nonlocal", .array(names.map { .string($0) })]
    case .pass: ["Pass"]
    case .breakLoop: ["Break"]
    case .continueLoop: ["Continue"]
    case .opaque(let text): ["Opaque", "stmt", .string(text)]
    }
  }

  private var blockJSON: JSONValue {
    switch self {
    case .conditional(let test, let then, let otherwise):
      return ["If", test.json, then.json, otherwise.json]
    case .forLoop(let target, let source, let body, let otherwise):
      return ["For", target.json, source.json, body.json, otherwise.json]
    case .whileLoop(let test, let body, let otherwise):
      return ["While", test.json, body.json, otherwise.json]
    case .with(let items, let body):
      let items = items.map { item -> JSONValue in ["withitem", item.context.json, item.target.json] }
      return ["With", .array(items), body.json]
    case .tryBlock(let body, let handlers, let otherwise, let finally, let star):
      let handlers = handlers.map { handler -> JSONValue in
        ["ExceptHandler", handler.type.json, .text(handler.name), handler.body.json]
      }
      return [star ? "TryStar" : "Try", body.json, .array(handlers), otherwise.json, finally.json]
    default: preconditionFailure("no block")
    }
  }
}

extension [Statement] {
  /// The JSON forms of the statements, as ``init(json:)`` reads them.
  package var json: JSONValue {
    .array(map(\.json))
  }
}

extension FunctionDefinition {
  /// The JSON form of the function, as ``init(json:)`` reads it.
  package var json: JSONValue {
    ["FunctionDef", .string(name), parameters.json, body.json, decorators.json, returns.json]
  }
}

extension [ImportAlias] {
  fileprivate var json: JSONValue {
    .array(map { ["alias", .string($0.name), .text($0.alias)] })
  }
}

extension JSONValue {
  fileprivate static func text(_ text: String?) -> JSONValue {
    text.map { .string($0) } ?? .null
  }
}
