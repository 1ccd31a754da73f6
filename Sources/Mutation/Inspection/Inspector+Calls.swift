import PythonSyntax

extension Inspector {
  /// The type of a call: of the harmless functions of Python, `math` and numpy; others are foreign.
  mutating func call(
    _ function: Expression,
    _ arguments: [Argument],
    _ whole: Expression,
    _ index: Int
  ) -> ValueType {
    let plain = arguments.compactMap(\.plain)
    guard plain.count == arguments.count else { return foreignCall(function, plain, whole, index) }
    switch function {
    case .name(let name) where found.scopes[index][name] == nil && !isShadowed(name):
      if plain.count == 1, case .generator(let element, let generators) = plain[0] {
        return overGenerator(name, element, generators, plain[0], whole, index)
      }
      let role: SiteRole = name == "len" || name == "range" ? .fixed : .value
      return builtin(name, plain, plain.map { type(of: $0, role, index) }, whole, index)
    case .attribute(.name(let owner), let member):
      if owner == vocabulary.numpy { return numpy(member, plain, whole, index) }
      if owner == vocabulary.math { return math(member, plain, whole, index) }
      if let variable = found.scopes[index][owner] {
        return method(member, of: variable, plain, whole, index)
      }
      return foreignCall(function, plain, whole, index)
    default: return foreignCall(function, plain, whole, index)
    }
  }

  private func isShadowed(_ name: String) -> Bool {
    !vocabulary.shadowed.isEmpty && vocabulary.shadowed.contains(name)
  }

  private mutating func foreignCall(
    _ function: Expression,
    _ plain: [Expression],
    _ whole: Expression,
    _ index: Int
  ) -> ValueType {
    for part in plain { skip(part) }
    foreign(whole.namesInside.union(function.namesInside), found.scopes[index])
    return .unknown
  }

  private mutating func builtin(
    _ name: String,
    _ values: [Expression],
    _ types: [ValueType],
    _ whole: Expression,
    _ index: Int
  ) -> ValueType {
    let first = types.first ?? .unknown
    switch name {
    case "abs" where types.count == 1 && (first.isNumber || first.isArray && first != .boolArray):
      if first == .bool, vocabulary.readsArrays { doubt(.type) }
      return first == .bool ? .int : first
    case "min", "max":
      if types.count > 1, types.allSatisfy(\.isNumber) {
        if types.contains(.bool), types.contains(where: { $0 != .bool }) { mixesTruth() }
        return types.reduce(first) { $0.joined($1) }
      }
      if types.count == 1, first.isSequence, let element = first.element, element != .unknown {
        if values[0].isView { doubt(.type) }
        return element
      }
    case "sum" where types.count == 1 && first.isSequence && (first.element?.isNumber ?? false):
      return first == .sequence(.float) ? .float : .int
    case "len"
    where types.count == 1
      && (first.isSequence || first.isArray || first == .string || first.isMapping || first.isRecord
        || first == .vector):
      return .int
    case "float" where types.count == 1 && first.isNumber: return .float
    case "int" where types.count == 1 && first.isNumber, "round" where types.count == 1 && first.isNumber:
      if first == .float, !isBounded(values[0], found.scopes[index]) { doubt(.growth) }
      return .int
    case "bool" where types.count == 1 && !first.isArray: return .bool
    case "any" where types.count == 1 && first.isSequence, "all" where types.count == 1 && first.isSequence:
      return .bool
    case "sorted" where types.count == 1 && first.isSequence && first.element != .unknown,
      "tuple" where types.count == 1 && first.isSequence, "list" where types.count == 1 && first.isSequence:
      return first
    default: break
    }
    if ["abs", "min", "max", "sum", "len", "float", "int", "round", "bool"].contains(name),
      !types.contains(.unknown)
    {
      doubt(.type)
    } else {
      foreign([name], found.scopes[index])
    }
    return .unknown
  }

  /// `sum(x for j in range(n))` and its like.
  private mutating func overGenerator(
    _ name: String,
    _ element: Expression,
    _ generators: [Generator],
    _ generator: Expression,
    _ whole: Expression,
    _ index: Int
  ) -> ValueType {
    guard generators.count == 1, ["sum", "min", "max", "any", "all"].contains(name) else {
      skip(generator)
      foreign(whole.namesInside, found.scopes[index])
      return .unknown
    }
    let own = site(generator, .fixed, index)
    var inner = found.scopes[index]
    inner.depth += 1
    if inner.depth > 2 { doubt(.shape) }
    let inside = generators[0].conditions + [element]
    if !generators[0].target.boundNames.contains(where: { name in inside.contains { $0.mentions(name) } }) {
      doubt(.idle)
    }
    bind(generators[0].target, to: generators[0].source, &inner, index)
    let innerIndex = register(inner)
    for condition in generators[0].conditions {
      if type(of: condition, .value, innerIndex).isArray { doubt(.type) }
      if name == "min" || name == "max" { doubt(.type) }
    }
    let type = type(of: element, .value, innerIndex)
    _ = settle(own, .unknown)
    if !type.isNumber { doubt(type == .unknown ? .foreign : .type) }
    if name == "any" || name == "all" { return .bool }
    return type == .bool && name == "sum" ? .int : type
  }

  /// Gives the target of a loop its value, by what it runs through.
  mutating func bind(_ target: Expression, to source: Expression, _ scope: inout Scope, _ index: Int) {
    let outer = found.scopes[index]
    switch (target, source) {
    case (.name(let name), .call(.name("range"), let arguments)) where arguments.count == 1:
      guard let bound = arguments[0].plain else { break }
      let sequence = outer.variables.first { isLength(bound, of: $0.name, outer) && $0.type.element != nil }
      if sequence == nil, !rangeIsShort(bound, outer) { doubt(.growth) }
      skip(source)
      return scope.define(name, .int, sequence.map { .index(of: $0.name) } ?? .counter)
    case (.name(let name), .name(let other)):
      guard let variable = outer[other], variable.type.isSequence, let element = variable.type.element else {
        break
      }
      skip(source)
      return scope.define(name, element, .counter)
    case (.name(let name), .call(.attribute(.name(let other), let view), [])) where source.isView:
      guard case .mapping(let key, let value) = outer[other]?.type else { break }
      let element = view == "keys" ? key : value
      guard element != .unknown else { break }
      skip(source)
      return scope.define(name, element.type, .counter)
    case (.tuple(let targets), .call(.name("enumerate"), let arguments)) where targets.count == 2:
      guard arguments.count == 1, case .name(let other)? = arguments[0].plain, let variable = outer[other],
        case .name(let first) = targets[0], case .name(let second) = targets[1],
        variable.type.isSequence, let element = variable.type.element
      else { break }
      skip(source)
      scope.define(first, .int, .index(of: other))
      return scope.define(second, element, .counter)
    default: break
    }
    skip(source)
    foreign(source.namesInside, outer)
    for name in target.boundNames { scope.define(name, .unknown, .counter) }
  }

  /// True for the range of an outer loop variable, or of a small literal.
  private func rangeIsShort(_ bound: Expression, _ scope: Scope) -> Bool {
    if let literal = bound.wholeLiteral { return literal <= 32 }
    guard case .name(let name) = bound, case .index = scope[name]?.role else { return false }
    return true
  }

  private mutating func method(
    _ member: String,
    of variable: Variable,
    _ values: [Expression],
    _ whole: Expression,
    _ index: Int
  ) -> ValueType {
    let types = values.map { type(of: $0, .value, index) }
    switch (member, variable.type) {
    case ("count", .sequence) where types.count == 1: return .int
    case ("count", .string) where types == [.string]: return .int
    case ("get", .mapping(_, let value)) where types.count == 2:
      let type = value.type.joined(types[1])
      if !(types[0].isNumber || types[0] == .string) || type == .unknown { doubt(.type) }
      if value == .bool { mixesTruth() }
      return type
    case ("values", .mapping(_, let value)) where types.isEmpty: return .sequence(value)
    case ("keys", .mapping(let key, _)) where types.isEmpty: return .sequence(key)
    default:
      foreign([], found.scopes[index])
      return .unknown
    }
  }

  private mutating func math(
    _ member: String,
    _ values: [Expression],
    _ whole: Expression,
    _ index: Int
  ) -> ValueType {
    let types = values.map { type(of: $0, .value, index) }
    if types.count == 1, types[0].isNumber {
      let bounded = isBounded(values[0], found.scopes[index])
      switch member {
      case "sqrt" where values[0].isAbsolute: return .float
      case "sin", "cos", "tanh", "floor", "ceil":
        if !bounded { doubt(.growth) }
        return member == "floor" || member == "ceil" ? .int : .float
      default: break
      }
    }
    foreign([], found.scopes[index])
    return .unknown
  }

  private mutating func numpy(
    _ member: String,
    _ values: [Expression],
    _ whole: Expression,
    _ index: Int
  ) -> ValueType {
    let types = values.map { type(of: $0, .value, index) }
    let numbers = types.allSatisfy { $0.isNumber || $0.isArray && $0 != .boolArray }
    let isFloat = types.contains(.floatArray) || values.contains(where: \.isFloatLiteral)
    let anyArray = types.contains(where: \.isArray)
    switch (member, types.count) {
    case ("where", 3) where types[0] == .boolArray:
      if types[1...].allSatisfy({ $0.isNumber || $0.isArray && $0 != .boolArray }) {
        return isFloat ? .floatArray : .array
      }
    case ("maximum", 2), ("minimum", 2):
      if numbers, anyArray {
        return isFloat ? .floatArray : .array
      }
    case ("abs", 1) where numbers && anyArray: return types[0]
    case ("sqrt", 1) where numbers && anyArray && values[0].isAbsolute: return .floatArray
    case ("zeros", 1) where types[0] == .int: return .floatArray
    case ("sum", 1) where types[0] == .boolArray: return .int
    case ("mean", 1) where types[0] == .boolArray: return .float
    case ("sum", 1), ("max", 1), ("min", 1), ("mean", 1):
      if numbers && anyArray || types[0] == .vector { return .float }
    default: break
    }
    doubt(types.contains(.unknown) ? .foreign : .type)
    return .unknown
  }
}

extension Expression {
  /// True for `table.values()` and `table.keys()`, which may be empty.
  fileprivate var isView: Bool {
    guard case .call(.attribute(.name, let member), let arguments) = self, arguments.isEmpty else {
      return false
    }
    return member == "values" || member == "keys"
  }
}
