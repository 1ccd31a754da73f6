/// A node of a tree in its JSON form `[type, field, …]`, as defined in PROTOCOL.md, "Trees".
///
/// The readers of fields take the field's name only for messages.
struct JSONNode {
  let type: String
  private let fields: [JSONValue]

  init(_ json: JSONValue) throws(TreeError) {
    guard case .array(let fields) = json, case .string(let type)? = fields.first else {
      throw .node(path: "", "expected a node [type, field, …], found \(json.kindName)")
    }
    self.type = type
    self.fields = fields
  }

  /// Checks the number of fields.
  func expect(_ count: Int) throws(TreeError) {
    guard fields.count == count + 1 else {
      throw .node(path: type, "expected \(count) fields, found \(fields.count - 1)")
    }
  }

  func failure(_ field: String, _ message: String) -> TreeError {
    .node(path: "\(type).\(field)", message)
  }

  func value(_ index: Int) -> JSONValue {
    index < fields.count ? fields[index] : .null
  }

  func isNull(_ index: Int) -> Bool {
    if case .null = value(index) { true } else { false }
  }

  func string(_ index: Int, _ field: String) throws(TreeError) -> String {
    guard case .string(let text) = value(index) else {
      throw failure(field, "expected a string, found \(value(index).kindName)")
    }
    return text
  }

  func optionalString(_ index: Int, _ field: String) throws(TreeError) -> String? {
    isNull(index) ? nil : try string(index, field)
  }

  /// A name as Python writes it: letters, digits and `_`, not a digit first; with dots where `dotted`.
  func identifier(_ index: Int, _ field: String, dotted: Bool = false) throws(TreeError) -> String {
    let name = try string(index, field)
    guard name.isPythonIdentifier(dotted: dotted) else {
      throw failure(field, "'\(name)' is not a Python name")
    }
    return name
  }

  func optionalIdentifier(_ index: Int, _ field: String, dotted: Bool = false) throws(TreeError) -> String? {
    isNull(index) ? nil : try identifier(index, field, dotted: dotted)
  }

  func flag(_ index: Int, _ field: String) throws(TreeError) -> Bool {
    switch value(index) {
    case .int(0), .bool(false): false
    case .int(1), .bool(true): true
    default: throw failure(field, "expected 0 or 1, found \(value(index).kindName)")
    }
  }

  func count(_ index: Int, _ field: String) throws(TreeError) -> Int {
    guard case .int(let number) = value(index), (0...1000).contains(number) else {
      throw failure(field, "expected a small number, found \(value(index).kindName)")
    }
    return number
  }

  func expression(_ index: Int, _ field: String) throws(TreeError) -> Expression {
    do {
      return try Expression(json: value(index))
    } catch {
      throw error.inside("\(type).\(field)")
    }
  }

  func optionalExpression(_ index: Int, _ field: String) throws(TreeError) -> Expression? {
    isNull(index) ? nil : try expression(index, field)
  }

  func expressions(_ index: Int, _ field: String) throws(TreeError) -> [Expression] {
    try list(index, field) { json throws(TreeError) in try Expression(json: json) }
  }

  func statements(_ index: Int, _ field: String) throws(TreeError) -> [Statement] {
    try list(index, field) { json throws(TreeError) in try Statement(json: json) }
  }

  /// A body, which is never empty.
  func body(_ index: Int, _ field: String = "body") throws(TreeError) -> [Statement] {
    let result = try statements(index, field)
    guard !result.isEmpty else { throw failure(field, "expected one statement or more") }
    return result
  }

  func list<Item>(
    _ index: Int,
    _ field: String,
    _ read: (JSONValue) throws(TreeError) -> Item
  ) throws(TreeError) -> [Item] {
    guard case .array(let elements) = value(index) else {
      throw failure(field, "expected a list, found \(value(index).kindName)")
    }
    var items: [Item] = []
    items.reserveCapacity(elements.count)
    for element in elements {
      do {
        items.append(try read(element))
      } catch {
        throw error.inside("\(type).\(field)[\(items.count)]")
      }
    }
    return items
  }
}

extension JSONValue {
  /// What the value is, for messages.
  var kindName: String {
    switch self {
    case .null: "null"
    case .bool: "a boolean"
    case .int(let value): "the number \(value)"
    case .bigInt, .double: "a number"
    case .string(let text): "the string '\(text.prefix(40))'"
    case .array: "a list"
    case .object: "an object"
    }
  }
}

extension String {
  /// Whether this can be a Python name, by its characters; non-ASCII letters are not looked at closer.
  func isPythonIdentifier(dotted: Bool = false) -> Bool {
    var atStart = true
    for byte in utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "_"), 0x80...:
        atStart = false
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        if atStart { return false }
      case UInt8(ascii: "."):
        guard dotted, !atStart else { return false }
        atStart = true
      default:
        return false
      }
    }
    return !atStart
  }
}
