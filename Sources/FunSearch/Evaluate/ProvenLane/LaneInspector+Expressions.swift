import PythonSyntax

extension LaneInspector {
  /// The kind of an expression's value.
  mutating func kind(of expression: Expression) throws(Refusal) -> ValueKind {
    try step()
    depth += 1
    defer { depth -= 1 }
    guard depth < Self.depthLimit else { throw Refusal("it is nested too deeply") }
    switch expression {
    case .constant(let constant): return try kind(of: constant)
    case .name(let name): return try kind(of: name)
    case .attribute(.name(let module), let name): return try moduleConstant(module, name)
    case .attribute(_, let name): throw Refusal("it reads the attribute \(name)")
    case .element(of: let value, at: let place): return try element(of: value, at: place)
    case .call(let function, let arguments): return try call(function, arguments)
    case .unary(_, let value):
      _ = try kind(of: value)
      return .number
    case .binary(let left, let op, let right): return try binary(left, op, right)
    case .boolean(_, let operands): return try join(operands)
    case .comparison(let left, let links):
      _ = try kind(of: left)
      for link in links { _ = try kind(of: link.right) }
      return .number
    case .conditional(let test, let body, let otherwise):
      _ = try kind(of: test)
      return try join([body, otherwise])
    case .tuple(let items), .list(let items), .set(let items):
      suspect(items)
      return try join(items).contained
    case .dictionary(let entries): return try dictionary(entries)
    case .listComprehension(let value, let generators), .setComprehension(let value, let generators):
      return try comprehension([value], generators)
    case .dictionaryComprehension(let key, let value, let generators):
      return try comprehension([key, value], generators)
    default: throw Refusal("it has \(expression.refusedName)")
    }
  }

  mutating func join(_ expressions: [Expression]) throws(Refusal) -> ValueKind {
    var kind = ValueKind.number
    for expression in expressions { kind.formUnion(try self.kind(of: expression)) }
    return kind
  }

  private mutating func kind(of constant: Constant) throws(Refusal) -> ValueKind {
    switch constant {
    case .none, .bool, .int, .float, .imaginary, .ellipsis: return .number
    case .string, .bytes:
      hasText = true
      return .container
    case .bigInt: throw Refusal("it has an integer of more than 64 bits")
    }
  }

  private func moduleConstant(_ module: String, _ name: String) throws(Refusal) -> ValueKind {
    guard !isLocal(module), lane.math.contains(module) || lane.numpy.contains(module),
      HarmlessNames.constants.contains(name)
    else { throw Refusal("it reads the attribute \(name)") }
    return .number
  }

  mutating func element(of value: Expression, at place: Expression) throws(Refusal) -> ValueKind {
    let whole = try kind(of: value)
    var sliced = false
    if case .tuple(let items) = place {
      for item in items where try isSlice(item) { sliced = true }
    } else {
      sliced = try isSlice(place)
    }
    // A slice of a list is new, one of an array shows the same numbers.
    return sliced ? whole : whole.element
  }

  /// Looks at an index; true for a slice.
  private mutating func isSlice(_ place: Expression) throws(Refusal) -> Bool {
    guard case .slice(let lower, let upper, let step) = place else {
      _ = try kind(of: place)
      return false
    }
    if let lower { _ = try kind(of: lower) }
    if let upper { _ = try kind(of: upper) }
    if let step { _ = try kind(of: step) }
    return true
  }

  private mutating func dictionary(_ entries: [DictionaryEntry]) throws(Refusal) -> ValueKind {
    var kind = ValueKind.number
    var items: [Expression] = []
    for entry in entries {
      guard case .pair(let key, let value) = entry else { throw Refusal("it unpacks a dictionary") }
      kind.formUnion(try join([key, value]))
      items += [key, value]
    }
    suspect(items)
    return kind.contained
  }

  /// The kind of a container of `values`, one for each turn of the generators.
  mutating func comprehension(_ values: [Expression], _ generators: [Generator]) throws(Refusal) -> ValueKind
  {
    let outside = inner.count
    loopDepth += 1
    defer {
      inner.removeLast(inner.count - outside)
      loopDepth -= 1
    }
    for generator in generators {
      try bindLoop(generator.target, generator.source, inner: true)
      for condition in generator.conditions { _ = try kind(of: condition) }
    }
    if generators.count > 1, loopDepth > 1 {
      for (first, second) in zip(generators, generators.dropFirst()) {
        growth.suspect(targets, first.source, second.source)
      }
    }
    return try join(values).contained
  }
}

extension LaneInspector {
  private mutating func binary(
    _ left: Expression,
    _ op: BinaryOperator,
    _ right: Expression
  ) throws(Refusal) -> ValueKind {
    let first = try kind(of: left)
    let second = try kind(of: right)
    let both = first.union(second)
    let joins = first.contains(.container) && second.contains(.container)
    switch op {
    case .add:
      if joins { suspect(left, right) }
      return joins ? both.copied : .number
    case .multiply:
      suspect(left, right)
      try checkRepetition(left, first, right, second)
      return both.contains(.container) && !left.isFloat && !right.isFloat ? both.copied : .number
    case .power:
      try checkPower(left, right)
      return .number
    case .leftShift:
      guard let count = right.wholeNumber, (0...64).contains(count) else {
        throw Refusal("it shifts left by more than a small literal")
      }
      return .number
    case .modulo:
      if first.contains(.container) { mayFormat = true }
      return first.intersection(.container)
    case .bitOr: return both.intersection([.holdsAlias, .holdsContainer, .container])
    case .subtract, .divide, .floorDivide, .rightShift, .bitAnd, .bitXor, .matrixMultiply: return .number
    }
  }

  private mutating func suspect(_ left: Expression, _ right: Expression) {
    if loopDepth > 0, !targets.isEmpty { growth.suspect(targets, left, right) }
  }

  /// A display that holds twice what it is assigned to doubles in a loop.
  fileprivate mutating func suspect(_ items: [Expression]) {
    guard loopDepth > 0, !targets.isEmpty, !displayIsUnpacked else { return }
    let items = items.filter { if case .constant = $0 { false } else { true } }
    if items.count > 8 { return suspect(.tuple(items), .tuple(items)) }
    for (index, item) in items.enumerated().dropFirst() { suspect(.tuple(Array(items[..<index])), item) }
  }

  /// What is surely a list, tuple or text may be repeated a small number of times only, or as often as
  /// something is long.
  private func checkRepetition(
    _ left: Expression,
    _ first: ValueKind,
    _ right: Expression,
    _ second: ValueKind
  ) throws(Refusal) {
    for (value, times) in [(left, right), (right, left)] where value.isContainerDisplay {
      switch times {
      case .call(.name("len"), _): break
      case .constant(.int(let count)) where count <= 10_000: break
      case .name(let name)
      where kinds[name] == .number && function.parameters.plain.contains { $0.name == name }:
        break
      default: throw Refusal("it repeats a list or text an unknown number of times")
      }
    }
  }

  private mutating func checkPower(_ base: Expression, _ exponent: Expression) throws(Refusal) {
    if let number = exponent.numberLiteral {
      guard abs(number) <= 64 else { throw Refusal("it raises to a power of more than 64") }
      if abs(number) > 1 { suspect(base, base) }
      return
    }
    guard let number = base.numberLiteral, abs(number) <= 16,
      case .binary(_, .modulo, let modulus) = exponent,
      let limit = modulus.numberLiteral, abs(limit) <= 64
    else { throw Refusal("it raises to a power that is no literal") }
  }
}

extension Expression {
  /// The value of a number, with a sign perhaps.
  fileprivate var numberLiteral: Double? {
    switch self {
    case .constant(.int(let value)): Double(value)
    case .constant(.float(let value)): value
    case .unary(.minus, let value): value.numberLiteral.map { -$0 }
    default: nil
    }
  }

  fileprivate var wholeNumber: Int? {
    if case .constant(.int(let value)) = self { return value }
    return nil
  }

  /// True for a float literal: no list can be repeated so often.
  fileprivate var isFloat: Bool {
    switch self {
    case .constant(.float): true
    case .unary(_, let value): value.isFloat
    default: false
    }
  }

  fileprivate var isContainerDisplay: Bool {
    switch self {
    case .list, .tuple, .constant(.string), .constant(.bytes), .listComprehension: true
    case .call(.name("list"), _), .call(.name("tuple"), _), .call(.name("sorted"), _): true
    default: false
    }
  }

  /// What to call an expression that is not admitted.
  fileprivate var refusedName: String {
    switch self {
    case .lambda: "a lambda outside key="
    case .generator: "a generator outside a call that uses it up"
    case .starred: "a starred value"
    case .assignment: "an assignment inside an expression"
    case .slice: "a slice outside an index"
    default: "an expression that is not known to be harmless"
    }
  }
}
