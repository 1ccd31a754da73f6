import PythonSyntax

extension Expression {
  /// The parts the mutator looks into, in the order it numbers them; none for what it does not understand.
  var parts: [Expression] {
    var parts: [Expression] = []
    forEachPart { parts.append($0) }
    return parts
  }

  /// Calls `visit` for each of ``parts``, in order.
  func forEachPart(_ visit: (Expression) -> Void) {
    switch self {
    case .unary(_, let operand): visit(operand)
    case .binary(let left, _, let right):
      visit(left)
      visit(right)
    case .boolean(_, let operands): operands.forEach(visit)
    case .comparison(let left, let links):
      visit(left)
      for link in links { visit(link.right) }
    case .conditional(let test, let body, let otherwise):
      visit(test)
      visit(body)
      visit(otherwise)
    case .tuple(let elements), .list(let elements): elements.forEach(visit)
    case .element(let value, let index):
      visit(value)
      visit(index)
    case .slice(let lower, let upper, let step):
      if let lower { visit(lower) }
      if let upper { visit(upper) }
      if let step { visit(step) }
    case .call(_, let arguments):
      for argument in arguments { argument.plain.map(visit) }
    case .generator(let element, let generators), .listComprehension(let element, let generators):
      for generator in generators {
        visit(generator.source)
        generator.conditions.forEach(visit)
      }
      visit(element)
    default: break
    }
  }

  /// The same expression with other parts: as many as ``parts``, in the same order.
  func with(parts: [Expression]) -> Expression {
    var next = parts.makeIterator()
    func take(_ old: Expression) -> Expression { next.next() ?? old }
    switch self {
    case .unary(let op, let operand): return .unary(op, take(operand))
    case .binary(let left, let op, let right): return .binary(take(left), op, take(right))
    case .boolean(let op, let operands): return .boolean(op, operands.map(take))
    case .comparison(let left, let links):
      return .comparison(take(left), links.map { Comparison($0.op, take($0.right)) })
    case .conditional(let test, let body, let otherwise):
      return .conditional(test: take(test), body: take(body), otherwise: take(otherwise))
    case .tuple(let elements): return .tuple(elements.map(take))
    case .list(let elements): return .list(elements.map(take))
    case .element(let value, let index): return .element(of: take(value), at: take(index))
    case .slice(let lower, let upper, let step):
      return .slice(lower: lower.map(take), upper: upper.map(take), step: step.map(take))
    case .call(let function, let arguments):
      return .call(function, arguments.map { $0.plain.map { .positional(take($0)) } ?? $0 })
    case .generator(let element, let generators):
      let rebuilt = generators.map {
        Generator($0.target, in: take($0.source), where: $0.conditions.map(take))
      }
      return .generator(take(element), rebuilt)
    case .listComprehension(let element, let generators):
      let rebuilt = generators.map {
        Generator($0.target, in: take($0.source), where: $0.conditions.map(take))
      }
      return .listComprehension(take(element), rebuilt)
    default: return self
    }
  }
}

extension Argument {
  /// The value of a plain argument.
  var plain: Expression? {
    if case .positional(let value) = self { value } else { nil }
  }
}

extension Statement {
  /// The expression of this statement itself, not those of the blocks inside it.
  var part: Expression? {
    switch self {
    case .assign(_, let value), .expression(let value), .augmented(_, _, let value): value
    case .conditional(let test, _, _): test
    case .forLoop(_, let source, _, _): source
    case .annotated(_, _, let value, _), .returning(let value): value
    default: nil
    }
  }

  /// The same statement with another expression in place of its only part.
  func with(part: Expression) -> Statement {
    switch self {
    case .assign(let targets, _): .assign(targets, part)
    case .expression: .expression(part)
    case .augmented(let target, let op, _): .augmented(target, op, part)
    case .annotated(let target, let annotation, _, let simple):
      .annotated(target, annotation: annotation, value: part, simple: simple)
    case .conditional(_, let then, let otherwise): .conditional(part, then: then, otherwise: otherwise)
    case .forLoop(let target, _, let body, let otherwise):
      .forLoop(target, in: part, body: body, otherwise: otherwise)
    case .returning: .returning(part)
    default: self
    }
  }

  /// The blocks inside this statement, in numbering order; none for what the mutator leaves alone, such as a
  /// `while`, which a change could make endless.
  var blocks: [[Statement]] {
    switch self {
    case .conditional(_, let then, let otherwise): [then, otherwise]
    case .forLoop(_, _, let body, let otherwise): [body, otherwise]
    default: []
    }
  }

  /// Calls `visit` for each of ``blocks``, in order.
  func forEachBlock(_ visit: ([Statement]) -> Void) {
    switch self {
    case .conditional(_, let first, let second), .forLoop(_, _, let first, let second):
      visit(first)
      visit(second)
    default: break
    }
  }

  /// The same statement with other blocks.
  func with(_ first: [Statement], _ second: [Statement]) -> Statement {
    switch self {
    case .conditional(let test, _, _): .conditional(test, then: first, otherwise: second)
    case .forLoop(let target, let source, _, _): .forLoop(target, in: source, body: first, otherwise: second)
    default: self
    }
  }
}
