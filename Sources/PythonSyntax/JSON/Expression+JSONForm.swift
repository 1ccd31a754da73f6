extension Expression {
  /// The JSON form of the expression, as ``init(json:)`` reads it.
  package var json: JSONValue {
    switch self {
    case .constant(let constant): constant.json
    case .name(let name): ["Name", .string(name)]
    case .attribute(let value, let name): ["Attribute", value.json, .string(name)]
    case .element(let value, let index): ["Subscript", value.json, index.json]
    case .slice(let lower, let upper, let step): ["Slice", lower.json, upper.json, step.json]
    case .starred(let value): ["Starred", value.json]
    case .call(let function, let arguments): Self.call(function, arguments)
    case .unary(let op, let operand): ["UnaryOp", .string(op.rawValue), operand.json]
    case .binary(let left, let op, let right): ["BinOp", left.json, .string(op.rawValue), right.json]
    case .boolean(let op, let operands): ["BoolOp", .string(op.rawValue), operands.json]
    case .comparison(let left, let links):
      [
        "Compare", left.json, .array(links.map { .string($0.op.rawValue) }),
        .array(links.map(\.right.json)),
      ]
    case .conditional(let test, let body, let otherwise):
      ["IfExp", test.json, body.json, otherwise.json]
    case .lambda(let parameters, let body): ["Lambda", parameters.json, body.json]
    case .assignment(let target, let value): ["NamedExpr", ["Name", .string(target)], value.json]
    case .opaque(let text): ["Opaque", "expr", .string(text)]
    case .tuple, .list, .set, .dictionary, .listComprehension, .setComprehension, .generator,
      .dictionaryComprehension:
      displayJSON
    }
  }

  private var displayJSON: JSONValue {
    switch self {
    case .tuple(let items): ["Tuple", items.json]
    case .list(let items): ["List", items.json]
    case .set(let items): ["Set", items.json]
    case .dictionary(let entries):
      ["Dict", .array(entries.map(\.json.key)), .array(entries.map(\.json.value))]
    case .listComprehension(let element, let generators): ["ListComp", element.json, generators.json]
    case .setComprehension(let element, let generators): ["SetComp", element.json, generators.json]
    case .generator(let element, let generators): ["GeneratorExp", element.json, generators.json]
    case .dictionaryComprehension(let key, let value, let generators):
      ["DictComp", key.json, value.json, generators.json]
    default: preconditionFailure("not a display")
    }
  }

  private static func call(_ function: Expression, _ arguments: [Argument]) -> JSONValue {
    var positional: [JSONValue] = []
    var named: [JSONValue] = []
    for argument in arguments {
      switch argument {
      case .positional(let value): positional.append(value.json)
      case .keyword(let name, let value): named.append(["keyword", .string(name), value.json])
      case .doubleStarred(let value): named.append(["keyword", nil, value.json])
      }
    }
    return ["Call", function.json, .array(positional), .array(named)]
  }
}

extension Expression? {
  /// The JSON form; null for none.
  var json: JSONValue {
    map(\.json) ?? .null
  }
}

extension [Expression] {
  var json: JSONValue {
    .array(map(\.json))
  }
}

extension DictionaryEntry {
  fileprivate var json: (key: JSONValue, value: JSONValue) {
    switch self {
    case .pair(let key, let value): (key.json, value.json)
    case .unpacked(let value): (.null, value.json)
    }
  }
}

extension [Generator] {
  fileprivate var json: JSONValue {
    .array(map { ["comprehension", $0.target.json, $0.source.json, $0.conditions.json, 0] })
  }
}

extension Constant {
  fileprivate var json: JSONValue {
    switch self {
    case .none: ["Constant", "none", nil]
    case .ellipsis: ["Constant", "ellipsis", nil]
    case .bool(let value): ["Constant", "bool", .bool(value)]
    case .int(let value): ["Constant", "int", .string(String(value))]
    case .bigInt(let digits): ["Constant", "int", .string(digits)]
    case .float(let value): ["Constant", "float", Self.text(value)]
    case .imaginary(let value): ["Constant", "complex", Self.text(value)]
    case .string(let value): ["Constant", "str", .string(value)]
    case .bytes(let value): ["Constant", "bytes", .array(value.map { .int(Int($0)) })]
    }
  }

  private static func text(_ value: Double) -> JSONValue {
    .string(value == .infinity ? "1e309" : value.description)
  }
}

extension Parameters {
  /// The JSON form of `ast.arguments`.
  var json: JSONValue {
    let defaults = (positionalOnly + positional).compactMap(\.defaultValue?.json)
    return [
      "arguments", .array(positionalOnly.map(\.json)), .array(positional.map(\.json)),
      variadic?.json ?? .null, .array(keywordOnly.map(\.json)),
      .array(keywordOnly.map(\.defaultValue.json)), keywords?.json ?? .null, .array(defaults),
    ]
  }
}

extension Parameter {
  fileprivate var json: JSONValue {
    ["arg", .string(name), annotation.json]
  }
}
