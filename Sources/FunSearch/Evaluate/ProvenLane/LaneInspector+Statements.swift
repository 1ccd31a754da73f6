import PythonSyntax

extension LaneInspector {
  mutating func statements(_ statements: [Statement]) throws(Refusal) {
    depth += 1
    defer { depth -= 1 }
    guard depth < Self.depthLimit else { throw Refusal("it is nested too deeply") }
    for statement in statements { try self.statement(statement) }
  }

  private mutating func statement(_ statement: Statement) throws(Refusal) {
    try step()
    switch statement {
    case .pass, .breakLoop, .continueLoop: break
    case .returning(let value): if let value { _ = try kind(of: value) }
    case .expression(.call(.attribute(.name(let list), "append"), let arguments)) where isLocal(list):
      try append(to: list, arguments)
    case .expression(let value): _ = try kind(of: value)
    case .assign(let targets, let value): try assign(targets, value)
    case .annotated(.name(let name), annotation: _, let value, simple: true):
      if let value { try assign([.name(name)], value) }
    case .augmented(let target, let op, let value): try augment(target, op, value)
    case .conditional(let test, let then, let otherwise):
      _ = try kind(of: test)
      try statements(then)
      try statements(otherwise)
    case .forLoop(let target, let source, let body, let otherwise):
      try forLoop(target, source, body, otherwise)
    default: throw Refusal("it has \(statement.refusedName)")
    }
  }

  private mutating func assign(_ targets: [Expression], _ value: Expression) throws(Refusal) {
    let kind = try assigned(value, to: targets)
    for target in targets { try bind(target, kind) }
  }

  /// The kind of a value that the targets get, noted in the graph.
  private mutating func assigned(_ value: Expression, to targets: [Expression]) throws(Refusal) -> ValueKind {
    self.targets = targets.flatMap(\.rootNames)
    // In `a, b = b, a + b` no value holds another.
    if case .tuple(let items) = value, case .tuple(let parts)? = targets.first, items.count == parts.count {
      displayIsUnpacked = true
    }
    defer {
      self.targets = []
      displayIsUnpacked = false
    }
    for name in self.targets { growth.depend(name, on: value) }
    return try kind(of: value)
  }

  private mutating func augment(
    _ target: Expression,
    _ op: BinaryOperator,
    _ value: Expression
  ) throws(Refusal) {
    let result = try assigned(.binary(target, op, value), to: [target])
    let old = try kind(of: target)
    // Containers and arrays change in place: what the target holds must be our own.
    if old.contains(.alias) {
      throw Refusal("\(target.rootText) may be the caller's, and is changed in place")
    }
    if old.contains(.container), openLoops > 0 {
      throw Refusal("\(target.rootText) may grow in its own loop")
    }
    if old.contains(.container), try kind(of: value).contains(.holdsAlias) {
      throw Refusal("\(target.rootText) would come to hold what is the caller's")
    }
    try bind(target, result)
  }

  /// Elements may be stored in what is our own, and only values that are.
  mutating func store(into container: Expression, at place: Expression, _ stored: ValueKind) throws(Refusal) {
    guard case .name? = container.root else { throw Refusal("it assigns to an element of no name") }
    _ = try element(of: container, at: place)
    if try kind(of: container).contains(.alias) {
      throw Refusal("\(container.rootText) may be the caller's, and is changed in place")
    }
    if !stored.isDisjoint(with: [.alias, .holdsAlias]) {
      throw Refusal("\(container.rootText) would come to hold what is the caller's")
    }
    for name in container.rootNames {
      bind(name, stored.isDisjoint(with: [.container, .holdsContainer]) ? .number : .holdsContainer)
    }
  }

  private mutating func append(to list: String, _ arguments: [Argument]) throws(Refusal) {
    guard arguments.count == 1, case .positional(let value) = arguments[0] else {
      throw Refusal("append takes one value")
    }
    guard loopDepth <= 1 else { throw Refusal("\(list) is appended to in nested loops") }
    guard openLoops == 0 else { throw Refusal("\(list) may grow in its own loop") }
    let kind = try assigned(value, to: [.name(list)])
    try store(into: .name(list), at: .constant(.int(0)), kind)
  }

  private mutating func forLoop(
    _ target: Expression,
    _ source: Expression,
    _ body: [Statement],
    _ otherwise: [Statement]
  ) throws(Refusal) {
    loopDepth += 1
    defer { loopDepth -= 1 }
    try bindLoop(target, source, inner: false)
    let isOpen = try mayGrow(source)
    if isOpen { openLoops += 1 }
    defer { if isOpen { openLoops -= 1 } }
    try statements(body)
    try statements(otherwise)
  }

  /// True when a loop may run through a list of the function's own, which its body could make longer.
  private mutating func mayGrow(_ source: Expression) throws(Refusal) -> Bool {
    switch source {
    // These are made before the loop begins.
    case .call(.name(let name), _) where ["range", "list", "tuple", "sorted"].contains(name): return false
    case .listComprehension, .setComprehension, .dictionaryComprehension: return false
    case .name(let name) where !assigned.contains(name): return false
    case .element(of: let whole, at: _): return try mayGrow(whole)
    case .call(.name(let name), let arguments) where ["enumerate", "zip", "reversed"].contains(name):
      for argument in arguments where try mayGrow(argument.value) { return true }
      return false
    default: return try kind(of: source).contains(.container)
    }
  }

  /// Gives the target of a loop or comprehension the kinds of what it runs through.
  mutating func bindLoop(_ target: Expression, _ source: Expression, inner: Bool) throws(Refusal) {
    if !inner { targets = target.rootNames }
    defer { if !inner { targets = [] } }
    if !inner { for name in targets { growth.depend(name, on: source) } }
    let whole = try kind(of: source)
    let parts = try partKinds(of: source)
    if let parts, case .tuple(let items) = target, items.count == parts.count {
      for (item, kind) in zip(items, parts) { try bindOne(item, kind, inner: inner) }
    } else {
      try bindOne(target, whole.element, inner: inner)
    }
  }

  private mutating func bindOne(_ target: Expression, _ kind: ValueKind, inner: Bool) throws(Refusal) {
    guard inner else {
      if case .element = target { throw Refusal("a loop assigns to an element") }
      return try bind(target, kind)
    }
    switch target {
    case .name(let name):
      try checkName(name)
      self.inner.append((name, kind))
    case .tuple(let items), .list(let items):
      for item in items { try bindOne(item, kind.element, inner: true) }
    default: throw Refusal("a comprehension assigns to something else than a name")
    }
  }

  /// What `enumerate` and `zip` give, part by part.
  private mutating func partKinds(of source: Expression) throws(Refusal) -> [ValueKind]? {
    guard case .call(.name(let name), let arguments) = source, !isLocal(name) else { return nil }
    var kinds: [ValueKind] = []
    for argument in arguments { kinds.append(try kind(of: argument.value).element) }
    switch name {
    case "enumerate" where !kinds.isEmpty: return [.number, kinds[0]]
    case "zip": return kinds
    default: return nil
    }
  }
}

extension Expression {
  /// The name at the bottom of `name[…][…]`.
  var root: Expression? {
    switch self {
    case .name: self
    case .element(of: let value, at: _): value.root
    default: nil
    }
  }

  /// The names whose values an assignment to this target makes or changes.
  var rootNames: [String] {
    switch self {
    case .tuple(let items), .list(let items): items.flatMap(\.rootNames)
    case .name(let name): [name]
    case .element(of: let value, at: _): value.rootNames
    default: []
    }
  }

  /// What to call the target in a message.
  var rootText: String { rootNames.first ?? "a value" }
}

extension Statement {
  /// What to call a statement that is not admitted.
  fileprivate var refusedName: String {
    switch self {
    case .whileLoop: "a while loop"
    case .with: "a with statement"
    case .tryBlock: "a try statement"
    case .function: "a function inside"
    case .raising: "a raise statement"
    case .assertion: "an assertion"
    case .importing, .importingFrom: "an import"
    case .delete: "a del statement"
    case .global: "a global statement"
    case .nonlocal: "a nonlocal statement"
    default: "a statement that is not known to be harmless"
    }
  }
}
