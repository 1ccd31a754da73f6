/// Writes the binary form of a function's canonical form without building that form, for the functions that most
/// programs are: their locals need no name of their own, and they hold no function or opaque text.
///
/// ``NameResolver`` says what the canonical form is; where this gives bytes, they are those of
/// ``FunctionDefinition/canonical``.
struct CanonicalEncoder {
  /// What this does not write; the long way does.
  private struct Unusual: Error {}

  private var encoder = TreeEncoder(kind: TreeEncoder.functionKind)
  private let ownName: String
  /// Names with a value and their new names, those of a comprehension last.
  private var locals: [(name: String, renamed: String)] = []
  private var isInComprehension = false
  /// Counts the new names.
  private var next = 0

  /// The bytes of the canonical form; nil for a function that needs the long way.
  static func bytes(of function: FunctionDefinition) -> [UInt8]? {
    var writer = CanonicalEncoder(ownName: function.name)
    do throws(Unusual) {
      try writer.put(function)
    } catch {
      return nil
    }
    return writer.encoder.bytes
  }

  private init(ownName: String) {
    self.ownName = ownName
  }

  private mutating func put(_ function: FunctionDefinition) throws(Unusual) {
    let parameters = function.parameters
    guard parameters.positionalOnly.isEmpty, parameters.keywordOnly.isEmpty, parameters.variadic == nil,
      parameters.keywords == nil
    else { throw Unusual() }
    for name in LocalNames(of: function).bound { define(name) }
    encoder.put(name: "f")
    encoder.put(count: 0)
    encoder.put(count: parameters.positional.count)
    for (place, parameter) in parameters.positional.enumerated() {
      guard parameter.defaultValue == nil, locals[place].name == parameter.name else { throw Unusual() }
      encoder.put(name: locals[place].renamed)
      encoder.put(0)
    }
    // No starred or keyword-only parameters, result annotation or decorators.
    for _ in 0..<5 { encoder.put(0) }
    try put(body: function.body)
  }

  // MARK: Names

  private mutating func define(_ name: String) {
    locals.append((name, next < Self.newNames.count ? Self.newNames[next] : "v\(next)"))
    next += 1
  }

  private static let newNames = (0..<64).map { "v\($0)" }
  private static let introspection: Set<String> = ["locals", "vars", "dir", "eval", "exec"]

  private func renamed(_ name: String) throws(Unusual) -> String {
    if let place = locals.lastIndex(where: { $0.name == name }) { return locals[place].renamed }
    // A free name that might be taken for a new one, or that sees names.
    let isLikeNew = name.utf8.first == UInt8(ascii: "v") || name == "f" || name == ownName
    if isLikeNew || Self.introspection.contains(name) { throw Unusual() }
    return name
  }

  // MARK: Statements

  private mutating func put(body: [Statement]) throws(Unusual) {
    if body.allSatisfy(\.doesNothing) {
      encoder.put(count: 1)
      encoder.put(tag: .pass)
    } else {
      try put(clause: body)
    }
  }

  private mutating func put(clause: [Statement]) throws(Unusual) {
    encoder.put(count: clause.count { !$0.doesNothing })
    for statement in clause where !statement.doesNothing { try put(statement) }
  }

  private mutating func put(_ statement: Statement) throws(Unusual) {
    switch statement {
    case .expression(let value):
      encoder.put(tag: .expression)
      try put(value)
    case .assign(let targets, let value):
      encoder.put(tag: .assign)
      try put(targets)
      try put(value)
    case .augmented(let target, let op, let value):
      encoder.put(tag: .augmented)
      try put(target)
      encoder.put(op.number)
      try put(value)
    case .conditional(let test, let then, let otherwise):
      encoder.put(tag: .conditional)
      try put(test)
      try put(body: then)
      try put(clause: otherwise)
    case .forLoop(let target, let source, let body, let otherwise):
      encoder.put(tag: .forLoop)
      try put(target)
      try put(source)
      try put(body: body)
      try put(clause: otherwise)
    case .whileLoop(let test, let body, let otherwise):
      encoder.put(tag: .whileLoop)
      try put(test)
      try put(body: body)
      try put(clause: otherwise)
    case .returning(let value):
      encoder.put(tag: .returning)
      try put(optional: value)
    case .breakLoop: encoder.put(tag: .breakLoop)
    case .continueLoop: encoder.put(tag: .continueLoop)
    case .annotated, .with, .tryBlock, .function, .raising, .assertion, .importing, .importingFrom, .delete,
      .global, .nonlocal, .pass, .opaque:
      throw Unusual()
    }
  }

  // MARK: Expressions

  private mutating func put(_ expressions: [Expression]) throws(Unusual) {
    encoder.put(count: expressions.count)
    for expression in expressions { try put(expression) }
  }

  private mutating func put(optional expression: Expression?) throws(Unusual) {
    guard let expression else { return encoder.put(0) }
    encoder.put(1)
    try put(expression)
  }

  private mutating func put(_ expression: Expression) throws(Unusual) {
    switch expression {
    case .constant(let constant):
      if case .bigInt = constant { throw Unusual() }
      guard !constant.isNegative else { throw Unusual() }
      encoder.put(expression)
    case .name(let name): encoder.put(nameExpression: try renamed(name))
    case .unary(let op, let operand):
      encoder.put(ExpressionTag.unary.rawValue + op.number)
      try put(operand)
    case .binary(let left, let op, let right):
      encoder.put(ExpressionTag.binary.rawValue + op.number)
      try put(left)
      try put(right)
    case .boolean(let op, let operands):
      encoder.put(ExpressionTag.boolean.rawValue + op.number)
      try put(operands)
    case .comparison(let left, let links):
      encoder.put(.comparison)
      try put(left)
      encoder.put(count: links.count)
      for link in links {
        encoder.put(link.op.number)
        try put(link.right)
      }
    case .conditional(let test, let body, let otherwise):
      encoder.put(.conditional)
      try put(test)
      try put(body)
      try put(otherwise)
    case .attribute, .element, .slice, .starred, .call: try putPrimary(expression)
    case .tuple(let items):
      encoder.put(.tuple)
      try put(items)
    case .list(let items):
      encoder.put(.list)
      try put(items)
    case .generator(let element, let generators): try put(.generator, element, generators)
    case .listComprehension(let element, let generators): try put(.listComprehension, element, generators)
    case .set, .dictionary, .setComprehension, .dictionaryComprehension, .lambda, .assignment, .opaque:
      throw Unusual()
    }
  }

  private mutating func putPrimary(_ expression: Expression) throws(Unusual) {
    switch expression {
    case .attribute(let value, let name):
      encoder.put(.attribute)
      try put(value)
      encoder.put(name: name)
    case .element(let value, let index):
      encoder.put(.element)
      try put(value)
      try put(index)
    case .slice(let lower, let upper, let step):
      encoder.put(.slice)
      for part in [lower, upper, step] { try put(optional: part) }
    case .starred(let value):
      encoder.put(.starred)
      try put(value)
    case .call(let function, let arguments):
      encoder.put(.call)
      try put(function)
      encoder.put(count: arguments.count)
      for argument in arguments {
        guard case .positional(let value) = argument else { throw Unusual() }
        encoder.put(0)
        try put(value)
      }
    default: throw Unusual()
    }
  }

  /// A comprehension that holds no other: its names get their numbers where its scope opens.
  private mutating func put(
    _ tag: ExpressionTag,
    _ element: Expression,
    _ generators: [Generator]
  ) throws(Unusual) {
    guard !isInComprehension else { throw Unusual() }
    isInComprehension = true
    let outer = locals.count
    for name in LocalNames(of: generators).bound { define(name) }
    encoder.put(tag)
    try put(element)
    encoder.put(count: generators.count)
    for (place, generator) in generators.enumerated() {
      try put(generator.target)
      if place == 0 {
        // The first source is evaluated outside.
        let inner = locals[outer...]
        locals.removeSubrange(outer...)
        try put(generator.source)
        locals += inner
      } else {
        try put(generator.source)
      }
      try put(generator.conditions)
    }
    locals.removeSubrange(outer...)
    isInComprehension = false
  }
}

extension Statement {
  /// Whether it is left out of the canonical form.
  fileprivate var doesNothing: Bool {
    switch self {
    case .pass, .expression(.constant): true
    default: false
    }
  }
}
