extension Statement {
  /// Calls the visitors for each expression and statement directly inside this one, in source order.
  package func forEachChild(
    expression: (Expression) -> Void,
    statement: (Statement) -> Void
  ) {
    switch self {
    case .expression(let value): expression(value)
    case .assign(let targets, let value):
      for target in targets { expression(target) }
      expression(value)
    case .augmented(let target, _, let value):
      expression(target)
      expression(value)
    case .annotated(let target, let annotation, let value, _):
      expression(target)
      expression(annotation)
      if let value { expression(value) }
    case .conditional(let test, let then, let otherwise), .whileLoop(let test, let then, let otherwise):
      expression(test)
      for child in then { statement(child) }
      for child in otherwise { statement(child) }
    case .forLoop(let target, let source, let body, let otherwise):
      expression(target)
      expression(source)
      for child in body { statement(child) }
      for child in otherwise { statement(child) }
    case .with(let items, let body):
      for item in items {
        expression(item.context)
        if let target = item.target { expression(target) }
      }
      for child in body { statement(child) }
    case .tryBlock: forEachChildOfTry(expression, statement)
    case .function(let function): function.forEachChild(expression: expression, statement: statement)
    case .returning(let value): if let value { expression(value) }
    case .raising(let first, let second):
      if let first { expression(first) }
      if let second { expression(second) }
    case .assertion(let test, let message):
      expression(test)
      if let message { expression(message) }
    case .delete(let targets): for target in targets { expression(target) }
    case .importing, .importingFrom, .global, .nonlocal, .pass, .breakLoop, .continueLoop, .opaque: break
    }
  }

  private func forEachChildOfTry(_ expression: (Expression) -> Void, _ statement: (Statement) -> Void) {
    guard case .tryBlock(let body, let handlers, let otherwise, let finally, _) = self else { return }
    for child in body { statement(child) }
    for handler in handlers {
      if let type = handler.type { expression(type) }
      for child in handler.body { statement(child) }
    }
    for child in otherwise { statement(child) }
    for child in finally { statement(child) }
  }

  /// This statement with each expression and statement directly inside it transformed, in the order of
  /// ``forEachChild(expression:statement:)``.
  package func mapChildren<Failure: Error>(
    expression: (Expression) throws(Failure) -> Expression,
    statement: (Statement) throws(Failure) -> Statement
  ) throws(Failure) -> Statement {
    switch self {
    case .expression(let value): .expression(try expression(value))
    case .assign(let targets, let value): .assign(try targets.map(expression), try expression(value))
    case .augmented(let target, let op, let value):
      .augmented(try expression(target), op, try expression(value))
    case .annotated(let target, let annotation, let value, let simple):
      .annotated(
        try expression(target),
        annotation: try expression(annotation),
        value: try value.mapped(expression),
        simple: simple
      )
    case .returning(let value): .returning(try value.mapped(expression))
    case .raising(let first, let second):
      .raising(try first.mapped(expression), from: try second.mapped(expression))
    case .assertion(let test, let message):
      .assertion(try expression(test), message: try message.mapped(expression))
    case .delete(let targets): .delete(try targets.map(expression))
    case .importing, .importingFrom, .global, .nonlocal, .pass, .breakLoop, .continueLoop, .opaque: self
    case .conditional, .whileLoop, .forLoop, .with, .tryBlock, .function:
      try mapBlock(expression, statement)
    }
  }

  private func mapBlock<Failure: Error>(
    _ expression: (Expression) throws(Failure) -> Expression,
    _ statement: (Statement) throws(Failure) -> Statement
  ) throws(Failure) -> Statement {
    switch self {
    case .conditional(let test, let then, let otherwise):
      return .conditional(
        try expression(test),
        then: try then.map(statement),
        otherwise: try otherwise.map(statement)
      )
    case .whileLoop(let test, let body, let otherwise):
      return .whileLoop(
        try expression(test),
        body: try body.map(statement),
        otherwise: try otherwise.map(statement)
      )
    case .forLoop(let target, let source, let body, let otherwise):
      return .forLoop(
        try expression(target),
        in: try expression(source),
        body: try body.map(statement),
        otherwise: try otherwise.map(statement)
      )
    case .with(let items, let body):
      let items = try items.map { item throws(Failure) in
        WithItem(try expression(item.context), as: try item.target.mapped(expression))
      }
      return .with(items, body: try body.map(statement))
    case .tryBlock(let body, let handlers, let otherwise, let finally, let star):
      let body = try body.map(statement)
      let handlers = try handlers.map { handler throws(Failure) in
        ExceptionHandler(
          try handler.type.mapped(expression),
          as: handler.name,
          body: try handler.body.map(statement)
        )
      }
      return .tryBlock(
        body: body,
        handlers: handlers,
        otherwise: try otherwise.map(statement),
        finally: try finally.map(statement),
        star: star
      )
    case .function(let function):
      return .function(try function.mapChildren(expression: expression, statement: statement))
    default: return self
    }
  }
}

extension FunctionDefinition {
  /// Calls the visitors for each expression and statement directly inside the function, in source order:
  /// decorators, parameters, result annotation, body.
  package func forEachChild(expression: (Expression) -> Void, statement: (Statement) -> Void) {
    for decorator in decorators { expression(decorator) }
    parameters.forEachExpression(expression)
    if let returns { expression(returns) }
    for child in body { statement(child) }
  }

  /// The function with each expression and statement directly inside it transformed, in the order of
  /// ``forEachChild(expression:statement:)``.
  package func mapChildren<Failure: Error>(
    expression: (Expression) throws(Failure) -> Expression,
    statement: (Statement) throws(Failure) -> Statement
  ) throws(Failure) -> FunctionDefinition {
    var result = self
    result.decorators = try decorators.map(expression)
    result.parameters = try parameters.mapExpressions(expression)
    result.returns = try returns.mapped(expression)
    result.body = try body.map(statement)
    return result
  }
}
