import PythonSyntax

extension Inspector {
  /// The type of an expression, with its doubts counted; `index` says which scope it stands in.
  mutating func type(of expression: Expression, _ role: SiteRole, _ index: Int) -> ValueType {
    let site = site(expression, role, index)
    if !indexing, expression.isIdle { doubt(.idle) }
    if !vocabulary.fragments.trusted.isEmpty, let type = trusted(expression, index) {
      return settle(site, type)
    }
    return settle(site, inferred(expression, site, index))
  }

  private mutating func inferred(_ expression: Expression, _ site: Int, _ index: Int) -> ValueType {
    switch expression {
    case .constant(let constant): return type(of: constant)
    case .name(let name): return type(ofName: name, index)
    case .unary(let op, let operand):
      if expression.literal != nil {
        skip(operand)
        return operand.wholeLiteral == nil ? .float : .int
      }
      return unary(op, type(of: operand, .value, index))
    case .binary(let left, let op, let right): return binary(left, op, right, index)
    case .boolean(_, let operands):
      let joined = operands.map { type(of: $0, .value, index) }.reduce(ValueType.bool) { sum, type in
        if !(type.isNumber || type == .string) { doubt(.type) }
        return sum.joined(type)
      }
      if joined != .bool { mixesTruth() }
      return joined
    case .comparison(let left, let links): return comparison(left, links, index)
    case .conditional(let test, let body, let otherwise):
      if type(of: test, .value, index).isArray { doubt(.type) }
      let first = type(of: body, .value, index)
      let second = type(of: otherwise, .value, index)
      let joined = first.joined(second)
      if joined == .unknown { doubt(.type) }
      if (first == .bool) != (second == .bool) { mixesTruth() }
      return joined
    case .element(let value, let place): return element(of: value, at: place, index)
    case .call(let function, let arguments): return call(function, arguments, expression, index)
    case .tuple(let elements), .list(let elements):
      let types = elements.map { type(of: $0, .value, index) }
      doubt(.foreign)
      return .sequence(types.dropFirst().reduce(types.first ?? .unknown) { $0.joined($1) }.asElement)
    default:
      for part in expression.parts { skip(part) }
      foreign(expression.namesInside, found.scopes[index])
      return .unknown
    }
  }

  private func type(of constant: Constant) -> ValueType {
    switch constant {
    case .bool: .bool
    case .int: .int
    case .float: .float
    case .string: .string
    default: .unknown
    }
  }

  private mutating func type(ofName name: String, _ index: Int) -> ValueType {
    if let variable = found.scopes[index][name] {
      if variable.type == .unknown { doubt(.foreign) }
      if shifting, variable.type.isArray { doubt(.array) }
      return variable.type
    }
    doubt(isGlobal(name) ? .foreign : .name)
    return .unknown
  }

  private mutating func unary(_ op: UnaryOperator, _ operand: ValueType) -> ValueType {
    switch op {
    case .not:
      if operand.isArray { doubt(.type) }
      return .bool
    case .invert:
      if operand != .boolArray { doubt(.type) }
      return operand
    case .plus, .minus:
      if !operand.isNumber && operand != .array && operand != .floatArray { doubt(.type) }
      if operand == .bool, vocabulary.readsArrays { doubt(.type) }
      return operand == .bool ? .int : operand
    }
  }

  private mutating func binary(
    _ left: Expression,
    _ op: BinaryOperator,
    _ right: Expression,
    _ index: Int
  ) -> ValueType {
    let first = type(of: left, .value, index)
    let inside = found.expressions.count
    let second = type(of: right, role(of: right, after: op, index), index)
    if op.divides, divisor(right, index) { freeze(from: inside) }
    if op == .power, !powerIsSafe(left, right, index) { doubt(.growth) }
    if op == .multiply {
      let scope = found.scopes[index]
      let one = scope.growing.contains(where: left.mentions)
      let other = scope.growing.contains(where: right.mentions)
      if one && other || (one || other) && scope.depth > 1 { doubt(.growth) }
    }
    if op == .power, first == .int, second == .int, right.wholeLiteral == nil { return .float }
    return arithmetic(first, op, second, float: left.isFloatLiteral || right.isFloatLiteral)
  }

  private func role(of right: Expression, after op: BinaryOperator, _ index: Int) -> SiteRole {
    if op == .power { return .exponent }
    guard op.divides else { return .value }
    return indexing && isLength(right, of: nil, found.scopes[index]) ? .fixed : .divisor
  }

  /// The type of `left op right`; `float` says that one is a float for sure (a hint may be wrong about it).
  mutating func arithmetic(
    _ left: ValueType,
    _ op: BinaryOperator,
    _ right: ValueType,
    float: Bool = false
  ) -> ValueType {
    switch op {
    case .leftShift, .rightShift, .matrixMultiply:
      doubt(.foreign)
      return .unknown
    case .bitAnd, .bitOr, .bitXor:
      if left == right, left == .int || left == .bool || left == .boolArray { return left }
      doubt(.type)
      return .unknown
    case .add, .subtract, .multiply, .divide, .floorDivide, .modulo, .power:
      if left.isNumber && right.isNumber {
        if left == .bool, right == .bool, vocabulary.readsArrays { doubt(.type) }
        if op == .divide || left == .float || right == .float { return .float }
        return .int
      }
      // The difference of truth arrays is an error; other sums of them are not what they seem.
      let arrays = left != .boolArray && right != .boolArray
      if arrays, left.isArray && (right.isArray || right.isNumber) || left.isNumber && right.isArray {
        return op == .divide || float || left == .floatArray || right == .floatArray ? .floatArray : .array
      }
      if op == .add, left == .string, right == .string { return .string }
      doubt(left == .unknown || right == .unknown ? .foreign : .type)
      return .unknown
    }
  }

  private mutating func comparison(_ left: Expression, _ links: [Comparison], _ index: Int) -> ValueType {
    var first = type(of: left, .value, index)
    var arrays = false
    for link in links {
      let second = type(of: link.right, .value, index)
      arrays = arrays || first.isArray || second.isArray
      switch link.op {
      case .identical, .notIdentical: doubt(.foreign)
      case .contained, .notContained:
        let isKey = first.isNumber || first == .string
        if !(second.isSequence || second.isMapping && isKey || first == .string && second == .string) {
          doubt(.type)
        }
      default:
        let comparable =
          first.isNumber && second.isNumber || first == second && !first.isArray
          || first.isArray && (second.isArray || second.isNumber) || first.isNumber && second.isArray
        if !comparable || first.isMapping || first == .vector { doubt(.type) }
        if first == .unknown { doubt(.foreign) }
      }
      first = second
    }
    if arrays, links.count > 1 { doubt(.type) }
    return arrays ? .boolArray : .bool
  }

  private mutating func element(of value: Expression, at place: Expression, _ index: Int) -> ValueType {
    guard case .name(let name) = value else {
      let type = type(of: value, .fixed, index)
      // A table of literals: what leads to its entries is changed as a whole, or not at all.
      let first = found.expressions.count
      if self.type(of: place, .fixed, index) != .int, type.isSequence { doubt(.type) }
      freeze(from: first)
      doubt(.foreign)
      return type.element ?? .unknown
    }
    guard let variable = found.scopes[index][name] else {
      skip(value)
      _ = type(of: place, .fixed, index)
      doubt(isGlobal(name) ? .foreign : .name)
      return .unknown
    }
    skip(value)
    if case .slice = place { return slice(variable, place, index) }
    let inside = found.expressions.count
    let type = indexType(place, of: name, index)
    if variable.type.isArray, type == .boolArray {
      doubt(.array)
      return .array
    }
    if type != .int { doubt(.type) }
    if case .record(let places) = variable.type {
      freeze(from: inside)
      if let place = place.wholeLiteral, place >= 0, place < places.count { return places[place].type }
      doubt(.index)
      return .unknown
    }
    guard let element = variable.type.element else {
      doubt(variable.type.isMapping || variable.type == .unknown ? .foreign : .type)
      return .unknown
    }
    if !indexIsSafe(place, of: name, found.scopes[index]) {
      doubt(.index)
      freeze(from: inside)
    }
    return element
  }

  private mutating func indexType(_ place: Expression, of name: String, _ index: Int) -> ValueType {
    let site = site(place, indexing ? .fixed : .index(of: name), index)
    let outer = indexing
    indexing = true
    defer { indexing = outer }
    return settle(site, inferred(place, site, index))
  }

  private mutating func slice(_ variable: Variable, _ place: Expression, _ index: Int) -> ValueType {
    skip(place)
    if variable.type.isSequence { return variable.type }
    let head = Expression.slice(lower: nil, upper: .whole(-1), step: nil)
    if shifting, place == head, variable.type.isArray { return variable.type }
    doubt(.array)
    return variable.type
  }
}

extension ValueType {
  /// As the element of a sequence.
  var asElement: Element {
    switch self {
    case .bool: .bool
    case .int: .int
    case .float: .float
    case .string: .string
    default: .unknown
    }
  }
}
