extension Expression {
  /// The expressions directly inside this one, in source order as `ast` lists them.
  package var children: [Expression] {
    var result: [Expression] = []
    forEachChild { result.append($0) }
    return result
  }

  /// Calls `visit` for each expression directly inside this one, in the order of ``children``.
  package func forEachChild(_ visit: (Expression) -> Void) {
    switch self {
    case .constant, .name, .opaque: break
    case .attribute(let value, _), .starred(let value), .unary(_, let value), .assignment(_, let value):
      visit(value)
    case .element(let value, let index):
      visit(value)
      visit(index)
    case .slice(let lower, let upper, let step):
      if let lower { visit(lower) }
      if let upper { visit(upper) }
      if let step { visit(step) }
    case .call(let function, let arguments):
      visit(function)
      for argument in arguments { visit(argument.value) }
    case .binary(let left, _, let right):
      visit(left)
      visit(right)
    case .comparison(let left, let links):
      visit(left)
      for link in links { visit(link.right) }
    case .conditional(let test, let body, let otherwise):
      visit(test)
      visit(body)
      visit(otherwise)
    case .lambda(let parameters, let body):
      parameters.forEachExpression(visit)
      visit(body)
    case .boolean(_, let items), .tuple(let items), .list(let items), .set(let items):
      for item in items { visit(item) }
    case .dictionary(let entries):
      for entry in entries { entry.forEachExpression(visit) }
    case .listComprehension(let element, let generators), .setComprehension(let element, let generators),
      .generator(let element, let generators):
      visit(element)
      for generator in generators { generator.forEachExpression(visit) }
    case .dictionaryComprehension(let key, let value, let generators):
      visit(key)
      visit(value)
      for generator in generators { generator.forEachExpression(visit) }
    }
  }

  /// This expression with each of its ``children`` replaced by what `transform` makes of it, called in the
  /// same order.
  package func mapChildren<Failure: Error>(
    _ transform: (Expression) throws(Failure) -> Expression
  ) throws(Failure) -> Expression {
    switch self {
    case .constant, .name, .opaque: self
    case .attribute(let value, let name): .attribute(try transform(value), name)
    case .starred(let value): .starred(try transform(value))
    case .unary(let op, let value): .unary(op, try transform(value))
    case .assignment(let target, let value): .assignment(target: target, value: try transform(value))
    case .element(let value, let index): .element(of: try transform(value), at: try transform(index))
    case .slice(let lower, let upper, let step):
      .slice(
        lower: try lower.mapped(transform),
        upper: try upper.mapped(transform),
        step: try step.mapped(transform)
      )
    case .call(let function, let arguments):
      .call(
        try transform(function),
        try arguments.map { argument throws(Failure) in try argument.mapped(transform) }
      )
    case .binary(let left, let op, let right): .binary(try transform(left), op, try transform(right))
    case .comparison(let left, let links):
      .comparison(
        try transform(left),
        try links.map { link throws(Failure) in Comparison(link.op, try transform(link.right)) }
      )
    case .conditional(let test, let body, let otherwise):
      .conditional(
        test: try transform(test),
        body: try transform(body),
        otherwise: try transform(otherwise)
      )
    case .lambda(let parameters, let body):
      .lambda(try parameters.mapExpressions(transform), try transform(body))
    case .boolean(let op, let items): .boolean(op, try items.map(transform))
    case .tuple(let items): .tuple(try items.map(transform))
    case .list(let items): .list(try items.map(transform))
    case .set(let items): .set(try items.map(transform))
    case .dictionary, .listComprehension, .setComprehension, .generator, .dictionaryComprehension:
      try mapDisplay(transform)
    }
  }

  private func mapDisplay<Failure: Error>(
    _ transform: (Expression) throws(Failure) -> Expression
  ) throws(Failure) -> Expression {
    switch self {
    case .dictionary(let entries):
      .dictionary(try entries.map { entry throws(Failure) in try entry.mapped(transform) })
    case .listComprehension(let element, let generators):
      .listComprehension(try transform(element), try generators.mapExpressions(transform))
    case .setComprehension(let element, let generators):
      .setComprehension(try transform(element), try generators.mapExpressions(transform))
    case .generator(let element, let generators):
      .generator(try transform(element), try generators.mapExpressions(transform))
    case .dictionaryComprehension(let key, let value, let generators):
      .dictionaryComprehension(
        key: try transform(key),
        value: try transform(value),
        try generators.mapExpressions(transform)
      )
    default: self
    }
  }
}

extension Expression? {
  /// The transformed expression where there is one.
  func mapped<Failure: Error>(
    _ transform: (Expression) throws(Failure) -> Expression
  ) throws(Failure) -> Expression? {
    guard let self else { return nil }
    return try transform(self)
  }
}

extension Argument {
  /// The expression passed, the star of a starred one included.
  package var value: Expression {
    switch self {
    case .positional(let value), .keyword(_, let value), .doubleStarred(let value): value
    }
  }

  func mapped<Failure: Error>(
    _ transform: (Expression) throws(Failure) -> Expression
  ) throws(Failure) -> Argument {
    switch self {
    case .positional(let value): .positional(try transform(value))
    case .keyword(let name, let value): .keyword(name, try transform(value))
    case .doubleStarred(let value): .doubleStarred(try transform(value))
    }
  }
}

extension DictionaryEntry {
  func forEachExpression(_ visit: (Expression) -> Void) {
    switch self {
    case .pair(let key, let value):
      visit(key)
      visit(value)
    case .unpacked(let value): visit(value)
    }
  }

  func mapped<Failure: Error>(
    _ transform: (Expression) throws(Failure) -> Expression
  ) throws(Failure) -> DictionaryEntry {
    switch self {
    case .pair(let key, let value): .pair(try transform(key), try transform(value))
    case .unpacked(let value): .unpacked(try transform(value))
    }
  }
}

extension Generator {
  func forEachExpression(_ visit: (Expression) -> Void) {
    visit(target)
    visit(source)
    for condition in conditions { visit(condition) }
  }
}

extension Generator {
  func mapped<Failure: Error>(
    _ transform: (Expression) throws(Failure) -> Expression
  ) throws(Failure) -> Generator {
    Generator(
      try transform(target),
      in: try transform(source),
      where: try conditions.map(transform)
    )
  }
}

extension [Generator] {
  func mapExpressions<Failure: Error>(
    _ transform: (Expression) throws(Failure) -> Expression
  ) throws(Failure) -> Self {
    try map { generator throws(Failure) in try generator.mapped(transform) }
  }
}

extension Parameters {
  /// Calls `visit` for the annotation and the default of each parameter, in the order of ``all``.
  package func forEachExpression(_ visit: (Expression) -> Void) {
    guard !isEmpty else { return }
    for parameter in all {
      if let annotation = parameter.annotation { visit(annotation) }
      if let value = parameter.defaultValue { visit(value) }
    }
  }

  /// The parameters with every annotation and default transformed, in the order of ``all``.
  package func mapExpressions<Failure: Error>(
    _ transform: (Expression) throws(Failure) -> Expression
  ) throws(Failure) -> Parameters {
    guard !isEmpty else { return self }
    return try mapParameters { parameter throws(Failure) in
      Parameter(
        parameter.name,
        annotation: try parameter.annotation.mapped(transform),
        defaultValue: try parameter.defaultValue.mapped(transform)
      )
    }
  }

  /// The parameters with each replaced by what `transform` makes of it, in the order of ``all``.
  func mapParameters<Failure: Error>(
    _ transform: (Parameter) throws(Failure) -> Parameter
  ) throws(Failure) -> Parameters {
    var result = Parameters()
    result.positionalOnly = try positionalOnly.map(transform)
    result.positional = try positional.map(transform)
    if let variadic { result.variadic = try transform(variadic) }
    result.keywordOnly = try keywordOnly.map(transform)
    if let keywords { result.keywords = try transform(keywords) }
    return result
  }
}
