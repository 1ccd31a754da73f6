extension TreeDecoder {
  mutating func function() throws(TreeError) -> FunctionDefinition {
    let name = try name()
    let parameters = try parameters()
    let returns = try optionalExpression()
    return FunctionDefinition(
      name: name,
      parameters: parameters,
      returns: returns,
      decorators: try expressions(),
      body: try body()
    )
  }

  mutating func statement() throws(TreeError) -> Statement {
    try nested { decoder throws(TreeError) in
      let number = try decoder.byte()
      guard let tag = StatementTag(rawValue: number) else {
        throw decoder.failure("unknown statement tag \(number)")
      }
      return try decoder.statement(tag)
    }
  }

  private mutating func statements() throws(TreeError) -> [Statement] {
    try list { decoder throws(TreeError) in try decoder.statement() }
  }

  private mutating func body() throws(TreeError) -> [Statement] {
    try list(atLeast: 1) { decoder throws(TreeError) in try decoder.statement() }
  }

  private mutating func statement(_ tag: StatementTag) throws(TreeError) -> Statement {
    switch tag {
    case .expression: return .expression(try expression())
    case .assign: return .assign(try expressions(atLeast: 1), try expression())
    case .augmented:
      let target = try expression()
      return .augmented(target, try binaryOperator(try byte()), try expression())
    case .annotated:
      return .annotated(
        try expression(),
        annotation: try expression(),
        value: try optionalExpression(),
        simple: try flag()
      )
    case .conditional, .forLoop, .whileLoop, .with, .tryBlock: return try block(tag)
    case .function: return .function(try function())
    case .returning: return .returning(try optionalExpression())
    case .raising: return .raising(try optionalExpression(), from: try optionalExpression())
    case .assertion: return .assertion(try expression(), message: try optionalExpression())
    case .delete: return .delete(try expressions())
    case .importing, .importingFrom, .global, .nonlocal, .pass, .breakLoop, .continueLoop, .opaque:
      return try leaf(tag)
    }
  }

  private mutating func block(_ tag: StatementTag) throws(TreeError) -> Statement {
    switch tag {
    case .conditional:
      return .conditional(try expression(), then: try body(), otherwise: try statements())
    case .whileLoop:
      return .whileLoop(try expression(), body: try body(), otherwise: try statements())
    case .forLoop:
      return .forLoop(
        try expression(),
        in: try expression(),
        body: try body(),
        otherwise: try statements()
      )
    case .with:
      let items = try list(atLeast: 1) { decoder throws(TreeError) in
        WithItem(try decoder.expression(), as: try decoder.optionalExpression())
      }
      return .with(items, body: try body())
    default:
      return .tryBlock(
        body: try body(),
        handlers: try handlers(),
        otherwise: try statements(),
        finally: try statements(),
        star: try flag()
      )
    }
  }

  private mutating func handlers() throws(TreeError) -> [ExceptionHandler] {
    try list { decoder throws(TreeError) in
      ExceptionHandler(
        try decoder.optionalExpression(),
        as: try decoder.optionalName(),
        body: try decoder.body()
      )
    }
  }

  private mutating func leaf(_ tag: StatementTag) throws(TreeError) -> Statement {
    switch tag {
    case .importing: .importing(try aliases())
    case .importingFrom:
      .importingFrom(module: try optionalName(), try aliases(), level: try number())
    case .global: .global(try list { decoder throws(TreeError) in try decoder.name() })
    case .nonlocal: .nonlocal(try list { decoder throws(TreeError) in try decoder.name() })
    case .breakLoop: .breakLoop
    case .continueLoop: .continueLoop
    case .opaque: .opaque(try text())
    default: .pass
    }
  }

  private mutating func optionalName() throws(TreeError) -> String? {
    try optional { decoder throws(TreeError) in try decoder.name() }
  }

  private mutating func aliases() throws(TreeError) -> [ImportAlias] {
    try list { decoder throws(TreeError) in
      ImportAlias(try decoder.name(), as: try decoder.optionalName())
    }
  }
}
