extension NameResolver {
  mutating func rewrite(_ expression: Expression) -> Expression {
    switch expression {
    case .name(let name): return .name(self.name(name))
    case .constant(let constant): return canonical ? constant.normalized : expression
    case .opaque(let text):
      note(opaque: text)
      return expression
    case .assignment(let target, let value):
      let value = rewrite(value)
      return .assignment(target: walrusTarget(target), value: value)
    case .lambda(let parameters, let body): return rewriteLambda(parameters, body)
    case .call(let function, let arguments): return rewriteCall(function, arguments)
    case .listComprehension(let element, let generators):
      return comprehension(generators) { resolver, generators in
        .listComprehension(resolver.rewrite(element), generators)
      }
    case .setComprehension(let element, let generators):
      return comprehension(generators) { resolver, generators in
        .setComprehension(resolver.rewrite(element), generators)
      }
    case .generator(let element, let generators):
      return comprehension(generators) { resolver, generators in
        .generator(resolver.rewrite(element), generators)
      }
    case .dictionaryComprehension(let key, let value, let generators):
      return comprehension(generators) { resolver, generators in
        .dictionaryComprehension(key: resolver.rewrite(key), value: resolver.rewrite(value), generators)
      }
    case .attribute, .element, .slice, .starred, .unary, .binary, .boolean, .comparison, .conditional,
      .tuple, .list, .set, .dictionary:
      return expression.mapChildren { rewrite($0) }
    }
  }

  private mutating func rewriteLambda(_ parameters: Parameters, _ body: Expression) -> Expression {
    var result = parameters.mapExpressions { rewrite($0) }
    openFunction(parameters, LocalNames(of: parameters, body))
    result = rename(result)
    let body = rewrite(body)
    closeScope()
    return .lambda(result, body)
  }

  /// Positional arguments come first in canonical mode; Python evaluates them first wherever they stand.
  private mutating func rewriteCall(_ function: Expression, _ arguments: [Argument]) -> Expression {
    let function = rewrite(function)
    var positional: [Argument] = []
    var named: [Argument] = []
    positional.reserveCapacity(arguments.count)
    for argument in arguments {
      let rewritten = argument.mapped { rewrite($0) }
      switch argument {
      case .positional:
        positional.append(rewritten)
        continue
      case .keyword(let name, _): note(keyword: name)
      case .doubleStarred: note(keyword: nil)
      }
      named.append(rewritten)
    }
    return .call(function, positional + named)
  }

  /// The first source is evaluated outside the comprehension's scope, all else inside.
  private mutating func comprehension(
    _ generators: [Generator],
    _ build: (inout NameResolver, [Generator]) -> Expression
  ) -> Expression {
    let firstSource = generators.first.map { rewrite($0.source) }
    openComprehension(generators)
    var rewritten: [Generator] = []
    for (index, generator) in generators.enumerated() {
      let source = index == 0 ? firstSource ?? generator.source : rewrite(generator.source)
      let target = rewrite(generator.target)
      rewritten.append(Generator(target, in: source, where: generator.conditions.map { rewrite($0) }))
    }
    let result = build(&self, rewritten)
    closeScope()
    return result
  }
}

extension Constant {
  /// The one form among those that print the same: no negative literals, no big integers that are small.
  fileprivate var normalized: Expression {
    switch self {
    case .int(let value) where value < 0:
      .unary(.minus, .constant(value == .min ? .bigInt(String(value.magnitude)) : .int(-value)))
    case .bigInt(let digits):
      .constant(Int(digits).map { .int($0) } ?? .bigInt(String(digits.drop { $0 == "0" })))
    case .float(let value) where isNegative: .unary(.minus, .constant(.float(-value)))
    case .imaginary(let value) where isNegative: .unary(.minus, .constant(.imaginary(-value)))
    case .none, .ellipsis, .bool, .int, .float, .imaginary, .string, .bytes: .constant(self)
    }
  }
}
