import FunSearch
import PythonSyntax

extension ValueType {
  /// True for what the productions of numbers, sequences and arrays leave aside.
  func isOther(returning result: ValueType) -> Bool {
    switch self {
    case .bool, .string, .sequence(.string), .sequence(.unknown), .mapping, .record, .vector: true
    case .array, .floatArray, .boolArray: !result.isArray
    case .int, .float, .sequence, .unknown: false
    }
  }
}

/// Texts, mappings, truth values, tuples of several types, and arrays beside numbers.
extension Grammar {
  /// A number (`wanted` is a whole number or any) that one of these gives; nil where there are none.
  func other(
    _ wanted: ValueType,
    _ scope: Scope,
    _ depth: Int,
    _ random: inout RandomStream
  ) -> Expression? {
    guard vocabulary.hasOthers, random.chance(0.4) else { return nil }
    let others = scope.variables.filter { $0.type.isOther(returning: vocabulary.returns) && $0.type != .bool }
    guard !others.isEmpty else { return nil }
    let variable = random.element(of: others)
    let name = Expression.name(variable.name)
    switch variable.type {
    case .string:
      return random.chance(0.5) ? .call("len", name) : .call(name, "count", [text(scope, &random)])
    case .sequence(.string):
      switch random.integer(below: 3) {
      case 0: return length(variable.name, scope)
      case 1: return .call(name, "count", [text(scope, &random)])
      default: return .call("len", element(of: variable.name, scope, &random))
      }
    case .sequence(.unknown): return length(variable.name, scope)
    case .record(let places): return item(of: name, places, wanted, &random)
    case .mapping(let key, let value): return reading(of: name, key, value, wanted, scope, depth, &random)
    case .array, .floatArray, .boolArray, .vector: return summary(ofArray: variable, wanted, scope, &random)
    case .bool, .int, .float, .sequence, .unknown: return nil
    }
  }

  /// A text of the scope, or a literal one.
  func text(_ scope: Scope, _ random: inout RandomStream) -> Expression {
    if random.chance(0.4), let own = variable(scope, &random, where: { $0.type == .string }) { return own }
    let pool = vocabulary.texts + ["a", "e", "0", "1", "_"]
    return .constant(.string(random.element(of: pool)))
  }

  /// The item of a tuple at a place that holds such a number.
  private func item(
    of name: Expression,
    _ places: ValueType.Places,
    _ wanted: ValueType,
    _ random: inout RandomStream
  ) -> Expression? {
    let fitting = (0..<places.count).filter { places[$0].type.fits(wanted) }
    return fitting.isEmpty ? nil : .element(of: name, at: .whole(random.element(of: fitting)))
  }

  /// A number out of a mapping: its size, one of its values, or a sum over them.
  private func reading(
    of name: Expression,
    _ key: ValueType.Element,
    _ value: ValueType.Element,
    _ wanted: ValueType,
    _ scope: Scope,
    _ depth: Int,
    _ random: inout RandomStream
  ) -> Expression? {
    guard value.type.fits(wanted), random.chance(0.9) else { return .call("len", name) }
    if depth > 0, scope.depth < 2, random.chance(0.4) {
      let own = freshName(["v", "w", "u"], scope)
      var inner = scope
      inner.depth += 1
      inner.define(own, value.type, .counter)
      var term = expression(wanted, inner, depth - 1, &random)
      for _ in 0..<4 where !term.mentions(own) { term = expression(wanted, inner, depth - 1, &random) }
      let source = Expression.call(name, "values", [])
      guard term.mentions(own), term != .name(own) else { return .call("sum", source) }
      return .call("sum", .generator(term, [Generator(.name(own), in: source)]))
    }
    guard let place = self.key(key, scope, &random) else { return .call("sum", .call(name, "values", [])) }
    let other = value == .float ? literal(&random) : .whole(smallWhole(&random))
    return .call(name, "get", [place, other])
  }

  /// A key that a mapping may have.
  private func key(
    _ type: ValueType.Element,
    _ scope: Scope,
    _ random: inout RandomStream
  ) -> Expression? {
    switch type {
    case .string: text(scope, &random)
    case .int, .bool: variable(scope, &random) { $0.type == .int } ?? wholeLiteral(&random)
    case .float: variable(scope, &random) { $0.type == .float } ?? literal(&random)
    case .unknown: nil
    }
  }

  /// A number that an array gives.
  private func summary(
    ofArray variable: Variable,
    _ wanted: ValueType,
    _ scope: Scope,
    _ random: inout RandomStream
  ) -> Expression? {
    let name = Expression.name(variable.name)
    let counted = variable.type == .boolArray
    guard wanted != .int || counted, let numpy = vocabulary.numpy else { return .call("len", name) }
    if counted { return .call(.name(numpy), wanted == .int || random.chance(0.5) ? "sum" : "mean", [name]) }
    if random.chance(0.2) { return .element(of: name, at: .whole(random.chance(0.5) ? 0 : -1)) }
    let isWhole = variable.type != .vector && random.chance(0.6)
    if isWhole, random.chance(0.3) {
      return .call(.name(numpy), random.chance(0.5) ? "sum" : "mean", [mask(scope, 1, &random)])
    }
    let value = isWhole ? array(scope, 2, &random) : name
    return .call(.name(numpy), random.element(of: ["max", "min", "sum", "mean"]), [value])
  }

  /// A test of one of these; nil where there are none.
  func otherTest(_ scope: Scope, _ random: inout RandomStream) -> Expression? {
    guard vocabulary.hasOthers, random.chance(0.3) else { return nil }
    let others = scope.variables.filter { $0.type.isOther(returning: vocabulary.returns) && !$0.type.isArray }
    guard !others.isEmpty else { return nil }
    let variable = random.element(of: others)
    let name = Expression.name(variable.name)
    func isEqual(_ value: Expression) -> Expression {
      .compare(value, random.chance(0.75) ? .equal : .notEqual, text(scope, &random))
    }
    switch variable.type {
    case .bool: return name
    case .string:
      return random.chance(0.5) ? isEqual(name) : .compare(text(scope, &random), .contained, name)
    case .sequence(.string):
      return random.chance(0.5)
        ? isEqual(element(of: variable.name, scope, &random))
        : .compare(text(scope, &random), .contained, name)
    case .mapping(let key, _): return self.key(key, scope, &random).map { .compare($0, .contained, name) }
    case .record(let places):
      let fitting = (0..<places.count).filter { places[$0] == .bool || places[$0] == .string }
      guard !fitting.isEmpty else { return nil }
      let place = random.element(of: fitting)
      let item = Expression.element(of: name, at: .whole(place))
      return places[place] == .bool ? item : isEqual(item)
    case .int, .float, .sequence, .array, .floatArray, .boolArray, .vector, .unknown: return nil
    }
  }
}
