import PythonSyntax

extension Inspector {
  /// Goes through a statement; true when what follows it cannot be reached.
  mutating func statement(_ statement: Statement, _ scope: inout Scope, _ index: Int) -> Bool {
    switch statement {
    case .pass: return false
    case .expression(let value) where value.isText:
      skip(value)
      return false
    case .expression(let value):
      _ = type(of: value, .value, index)
      foreign([], scope)
      return false
    case .assign(let targets, let value): assign(targets, value, &scope, index)
    case .annotated(.name(let name), _, let value?, _): assign([.name(name)], value, &scope, index)
    case .augmented(.name(let name), let op, let value): augment(name, op, value, &scope, index)
    case .augmented(.element(of: .name(let name), at: let place), let op, let value):
      augment(name, at: place, op, value, scope, index)
    case .returning(let value):
      returning(value, index)
      return true
    case .conditional(let test, let then, let otherwise):
      return conditional(test, then, otherwise, &scope, index)
    case .forLoop(let target, let source, let body, let otherwise):
      forLoop(target, source, body, otherwise, &scope, index)
    case .breakLoop, .continueLoop:
      doubt(.foreign)
      return true
    default: pass(statement, &scope, index)
    }
    return false
  }

  private mutating func assign(
    _ targets: [Expression],
    _ value: Expression,
    _ scope: inout Scope,
    _ index: Int
  ) {
    let frozen = targets.contains { $0.boundNames.contains(where: pinned.contains) }
    let type = frozen ? fixedType(of: value, index) : type(of: value, .value, index)
    guard targets.count == 1, case .name(let name) = targets[0] else {
      foreign([], scope)
      for name in targets.flatMap(\.boundNames) { scope.define(name, .unknown, .local) }
      return
    }
    if type.isArray, !value.isFresh { doubt(.array) }
    if type == .bool { mixesTruth() }
    keepsKind(name, type, scope)
    scope.define(name, type, .local)
  }

  /// The type of a value that decides how often a `while` runs; it may not be changed.
  private mutating func fixedType(of value: Expression, _ index: Int) -> ValueType {
    let first = found.expressions.count
    let type = type(of: value, .fixed, index)
    freeze(from: first)
    doubt(.foreign)
    return type
  }

  /// A variable stays a number, an array or a sequence, so that its type at a loop's start is known.
  private mutating func keepsKind(_ name: String, _ type: ValueType, _ scope: Scope) {
    guard let old = scope[name] else { return }
    if old.role != .local { doubt(.foreign) }
    if old.type != type, !(old.type.isNumber && type.isNumber), !(old.type.isArray && type.isArray) {
      doubt(.type)
    }
  }

  private mutating func augment(
    _ name: String,
    _ op: BinaryOperator,
    _ value: Expression,
    _ scope: inout Scope,
    _ index: Int
  ) {
    let inside = found.expressions.count
    let right =
      pinned.contains(name)
      ? fixedType(of: value, index) : type(of: value, op.divides ? .divisor : .value, index)
    if value.literal == 0 && !op.divides || value.literal == 1 && op == .multiply { doubt(.idle) }
    guard let variable = scope[name] else { return doubt(.name) }
    if variable.role != .local { doubt(.foreign) }
    if op == .power { doubt(.growth) }
    if op == .multiply, !scope.growing.isEmpty {
      if scope.depth > 1 || scope.growing.contains(where: value.mentions) { doubt(.growth) }
    }
    if op.divides, divisor(value, index) { freeze(from: inside) }
    if variable.type.isArray {
      // In place: the array must be our own, and able to hold the result.
      if variable.type != .floatArray || right == .boolArray || !(right.isNumber || right.isArray) {
        doubt(.array)
      }
    } else {
      scope.define(name, arithmetic(variable.type, op, right), .local)
    }
  }

  /// `name[1:] -= name[:-1] * c` and `name[mask] *= c`: changes of an array in place.
  private mutating func augment(
    _ name: String,
    at place: Expression,
    _ op: BinaryOperator,
    _ value: Expression,
    _ scope: Scope,
    _ index: Int
  ) {
    guard let variable = scope[name] else { return doubt(.name) }
    if variable.type != .floatArray || variable.role != .local { doubt(.array) }
    if op == .power || op == .divide && value.literal == 0 || op.divides && value.literal == nil {
      doubt(.divisor)
    }
    switch place {
    case .slice(lower: .constant(.int(1)), upper: nil, step: nil):
      shifting = true
      let right = type(of: value, .value, index)
      shifting = false
      if !(right == .array || right == .floatArray || right.isNumber) { doubt(.type) }
    default:
      if !maskNames(place, scope) { doubt(.array) }
      if !type(of: value, .value, index).isNumber { doubt(.type) }
    }
  }

  /// True when the index is a mask of an array: a comparison of whole arrays of the scope and numbers.
  private func maskNames(_ place: Expression, _ scope: Scope) -> Bool {
    guard case .comparison(.name(let name), let links) = place, links.count == 1 else { return false }
    guard let left = scope[name], left.type.isArray else { return false }
    if links[0].right.literal != nil { return true }
    guard case .name(let other) = links[0].right, let right = scope[other] else { return false }
    return right.type.isNumber || right.type.isArray
  }

  private mutating func returning(_ value: Expression?, _ index: Int) {
    guard let value else { return doubt(.shape) }
    let type = type(of: value, .value, index)
    found.result = type
    if !type.fits(vocabulary.returns) { doubt(.shape) }
  }

  private mutating func conditional(
    _ test: Expression,
    _ then: [Statement],
    _ otherwise: [Statement],
    _ scope: inout Scope,
    _ index: Int
  ) -> Bool {
    if type(of: test, .value, index).isArray { doubt(.type) }
    if then == otherwise { doubt(.idle) }
    var first = scope
    var second = scope
    let firstEnds = block(then, &first)
    let secondEnds = block(otherwise, &second)
    scope = firstEnds ? second : secondEnds ? first : first.joined(second)
    return firstEnds && secondEnds
  }

  private mutating func forLoop(
    _ target: Expression,
    _ source: Expression,
    _ body: [Statement],
    _ otherwise: [Statement],
    _ scope: inout Scope,
    _ index: Int
  ) {
    var inner = scope
    let changed = body.assignedNames
    inner.depth += 1
    inner.growing += changed
    if inner.depth > 2 { doubt(.shape) }
    // A number changed in the loop may be of another type in its second turn.
    for name in changed {
      guard let old = inner[name], old.role == .local else { continue }
      if old.type.isNumber { inner.define(name, .float, .local) }
      if old.type.isArray { inner.define(name, old.type == .floatArray ? .floatArray : .array, .local) }
    }
    // A loop that does the same in every turn, or that hides the variable of the one around it.
    let targets = target.boundNames
    if targets.contains(where: { scope[$0] != nil }) || !targets.contains(where: { body.reads($0) }) {
      doubt(.idle)
    }
    bind(target, to: source, &inner, index)
    for name in target.boundNames where changed.contains(name) { inner.define(name, .unknown, .local) }
    let before = inner.variables
    _ = block(body, &inner)
    if !otherwise.isEmpty { doubt(.foreign) }
    inner.variables = before
    _ = block(otherwise, &inner)
    // After the loop only what was known before it surely has a value; its own variables may not.
    let loopNames = target.boundNames
    scope.variables = scope.variables.map { old in
      loopNames.contains(old.name)
        ? Variable(name: old.name, type: .unknown, role: .local) : inner[old.name] ?? old
    }
  }

  /// What the mutator does not change: it may use and define anything, but what it needs must have a value.
  private mutating func pass(_ statement: Statement, _ scope: inout Scope, _ index: Int) {
    foreign(statement.namesInside, scope)
    if let part = statement.part { skip(part) }
    for name in statement.localNames {
      // A number is taken to stay one; else nothing is known any more.
      guard let old = scope[name] else { continue }
      scope.define(name, old.type.isNumber ? .float : .unknown, .local)
    }
    for name in statement.namesBound { scope.define(name, .unknown, .local) }
  }
}

extension BinaryOperator {
  /// True for operators whose right side must not be zero.
  var divides: Bool { self == .divide || self == .floorDivide || self == .modulo }
}

extension Expression {
  /// True when the value is a new array, not another name for one that exists.
  var isFresh: Bool {
    switch self {
    case .binary, .unary, .comparison, .call: true
    default: false
    }
  }
}

extension Expression {
  /// True for a text literal, such as a docstring.
  var isText: Bool {
    if case .constant(.string) = self { true } else { false }
  }
}
