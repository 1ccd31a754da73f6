import PythonSyntax

extension Reductions {
  /// The expression one step simpler: itself first, then what is inside it, from left to right.
  static func simpler(_ expression: Expression) -> [Expression] {
    if let table = LiteralTable(expression) { return [.whole(0), .whole(1)] + table.simpler }
    guard !expression.isText else { return [.whole(0), .whole(1)] }
    var result: [Expression] = [.whole(0), .whole(1)]
    if let folded = expression.folded { result.append(folded) }
    result += expression.inside
    result += expression.withoutAPart
    let children = expression.children
    for place in children.indices where !expression.isTarget(place) {
      // A function that is called is not replaced, but what it is a member of may be.
      let changes = isCalled(place, in: expression) ? below(children[place]) : simpler(children[place])
      for changed in changes {
        var next = children.replacing(place, with: changed).makeIterator()
        result.append(expression.mapChildren { next.next() ?? $0 })
      }
    }
    return result
  }

  private static func isCalled(_ place: Int, in expression: Expression) -> Bool {
    if case .call = expression { place == 0 } else { false }
  }

  /// The expression itself left as it is, with one step inside it.
  private static func below(_ expression: Expression) -> [Expression] {
    guard case .attribute(let owner, let member) = expression else { return [] }
    return simpler(owner).map { .attribute($0, member) }
  }
}

extension Expression {
  /// Every expression inside this one that could stand in its place, from small to large, none twice.
  fileprivate var inside: [Expression] {
    var seen: Set<Expression> = []
    var result: [(size: Int, expression: Expression)] = []
    func collect(_ expression: Expression) {
      guard LiteralTable(expression) == nil else { return }
      for (place, child) in expression.children.enumerated() where !expression.isTarget(place) {
        switch child {
        case .slice, .starred, .constant(.int), .constant(.float), .generator: break
        default: if seen.insert(child).inserted { result.append((child.nodeCount, child)) }
        }
        collect(child)
      }
    }
    collect(self)
    let sorted = result.enumerated().sorted { ($0.element.size, $0.offset) < ($1.element.size, $1.offset) }
    return sorted.map(\.element.expression)
  }

  /// Whether the child at this place is bound and not read: the target of a comprehension.
  fileprivate func isTarget(_ place: Int) -> Bool {
    let generators: [Generator]
    var next = 1
    switch self {
    case .listComprehension(_, let all), .setComprehension(_, let all), .generator(_, let all):
      generators = all
    case .dictionaryComprehension(_, _, let all): (generators, next) = (all, 2)
    case .lambda: return place < children.count - 1
    default: return false
    }
    for generator in generators {
      if place == next { return true }
      next += 2 + generator.conditions.count
    }
    return false
  }

  /// The expression with one argument, operand, link or condition less.
  fileprivate var withoutAPart: [Expression] {
    switch self {
    case .call(let function, let arguments):
      return arguments.indices.map { .call(function, arguments.removing($0..<$0 + 1)) }
    case .boolean(let op, let operands) where operands.count > 2:
      return operands.indices.map { .boolean(op, operands.removing($0..<$0 + 1)) }
    case .comparison(let left, let links) where links.count > 1:
      return links.indices.map { .comparison(left, links.removing($0..<$0 + 1)) }
    case .tuple(let items): return items.indices.map { .tuple(items.removing($0..<$0 + 1)) }
    case .list(let items): return items.indices.map { .list(items.removing($0..<$0 + 1)) }
    case .slice(let lower, let upper, let step):
      return [
        .slice(lower: nil, upper: upper, step: step), .slice(lower: lower, upper: nil, step: step),
        .slice(lower: lower, upper: upper, step: nil),
      ]
    case .listComprehension(let element, let generators):
      return Self.withoutACondition(generators).map { .listComprehension(element, $0) }
    case .generator(let element, let generators):
      return Self.withoutACondition(generators).map { .generator(element, $0) }
    default: return []
    }
  }

  private static func withoutACondition(_ generators: [Generator]) -> [[Generator]] {
    generators.enumerated().flatMap { place, generator in
      generator.conditions.indices.map { condition in
        var changed = generator
        changed.conditions.remove(at: condition)
        return generators.replacing(place, with: changed)
      }
    }
  }

  /// The literal that an operation of literals comes to; nil for any other.
  fileprivate var folded: Expression? {
    switch self {
    case .unary(.plus, let operand): return operand
    case .unary(.minus, .unary(.minus, let operand)): return operand
    case .call(.name("float"), let arguments):
      guard arguments.count == 1, let value = arguments[0].plain?.wholeLiteral else { return nil }
      return .real(Double(value))
    case .binary(let left, let op, let right):
      if let a = left.wholeLiteral, let b = right.wholeLiteral {
        return Self.whole(a, op, b).map(Expression.whole)
      }
      guard let a = left.literal, let b = right.literal else { return nil }
      return Self.real(a, op, b).map(Expression.real)
    default: return nil
    }
  }

  private static func whole(_ a: Int, _ op: BinaryOperator, _ b: Int) -> Int? {
    let result: (partialValue: Int, overflow: Bool)
    switch op {
    case .add: result = a.addingReportingOverflow(b)
    case .subtract: result = a.subtractingReportingOverflow(b)
    case .multiply: result = a.multipliedReportingOverflow(by: b)
    case .floorDivide where b != 0 && a != .min:
      // Python rounds down, Swift toward zero.
      let quotient = a / b
      result = (a % b != 0 && (a < 0) != (b < 0) ? quotient - 1 : quotient, false)
    case .modulo where b != 0 && a != .min:
      let remainder = a % b
      result = (remainder != 0 && (remainder < 0) != (b < 0) ? remainder + b : remainder, false)
    default: return nil
    }
    return result.overflow || result.partialValue == .min ? nil : result.partialValue
  }

  private static func real(_ a: Double, _ op: BinaryOperator, _ b: Double) -> Double? {
    let value: Double
    switch op {
    case .add: value = a + b
    case .subtract: value = a - b
    case .multiply: value = a * b
    case .divide where b != 0: value = a / b
    default: return nil
    }
    return value.isFinite ? value : nil
  }
}
