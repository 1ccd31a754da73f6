/// A statement of Python's grammar, as in its `ast` module; what is outside the model is ``opaque(_:)``.
package indirect enum Statement: Hashable, Sendable {
  case expression(Expression)
  /// `t1 = t2 = value`; always one target or more.
  case assign([Expression], Expression)
  case augmented(Expression, BinaryOperator, Expression)
  /// `target: annotation = value`; `simple` is false for a target in parentheses or not a name.
  case annotated(Expression, annotation: Expression, value: Expression?, simple: Bool)
  /// An `elif` is an `if` as the only statement of `otherwise`.
  case conditional(Expression, then: [Statement], otherwise: [Statement])
  case forLoop(Expression, in: Expression, body: [Statement], otherwise: [Statement])
  case whileLoop(Expression, body: [Statement], otherwise: [Statement])
  case with([WithItem], body: [Statement])
  /// `star` marks `except*`.
  case tryBlock(
    body: [Statement],
    handlers: [ExceptionHandler],
    otherwise: [Statement],
    finally: [Statement],
    star: Bool
  )
  case function(FunctionDefinition)
  case returning(Expression?)
  case raising(Expression?, from: Expression?)
  case assertion(Expression, message: Expression?)
  case importing([ImportAlias])
  case importingFrom(module: String?, [ImportAlias], level: Int)
  case delete([Expression])
  case global([String])
  case nonlocal([String])
  case pass
  case breakLoop
  case continueLoop
  /// Source text of a statement outside the model, one or more whole lines without outer indentation.
  case opaque(String)
}

/// One `context as target` of a `with` statement.
package struct WithItem: Hashable, Sendable {
  package var context: Expression
  package var target: Expression?

  package init(_ context: Expression, as target: Expression? = nil) {
    self.context = context
    self.target = target
  }
}

/// One `except type as name` clause.
package struct ExceptionHandler: Hashable, Sendable {
  package var type: Expression?
  package var name: String?
  package var body: [Statement]

  package init(_ type: Expression?, as name: String? = nil, body: [Statement]) {
    self.type = type
    self.name = name
    self.body = body
  }
}

/// One `name as alias` of an import.
package struct ImportAlias: Hashable, Sendable {
  package var name: String
  package var alias: String?

  package init(_ name: String, as alias: String? = nil) {
    self.name = name
    self.alias = alias
  }
}

/// A `def` statement.
package struct FunctionDefinition: Hashable, Sendable {
  package var name: String
  package var parameters: Parameters
  package var returns: Expression?
  package var decorators: [Expression]
  /// Always one statement or more; a docstring is the first, an expression of a string constant.
  package var body: [Statement]

  package init(
    name: String,
    parameters: Parameters,
    returns: Expression? = nil,
    decorators: [Expression] = [],
    body: [Statement]
  ) {
    self.name = name
    self.parameters = parameters
    self.returns = returns
    self.decorators = decorators
    self.body = body
  }
}

/// The parameters of a function or lambda, in the five groups of Python's `ast.arguments`.
package struct Parameters: Hashable, Sendable {
  package var positionalOnly: [Parameter]
  package var positional: [Parameter]
  package var variadic: Parameter?
  package var keywordOnly: [Parameter]
  package var keywords: Parameter?

  package init(
    positionalOnly: [Parameter] = [],
    positional: [Parameter] = [],
    variadic: Parameter? = nil,
    keywordOnly: [Parameter] = [],
    keywords: Parameter? = nil
  ) {
    self.positionalOnly = positionalOnly
    self.positional = positional
    self.variadic = variadic
    self.keywordOnly = keywordOnly
    self.keywords = keywords
  }
}

/// One parameter, with its annotation and default where it has them.
package struct Parameter: Hashable, Sendable {
  package var name: String
  package var annotation: Expression?
  package var defaultValue: Expression?

  package init(_ name: String, annotation: Expression? = nil, defaultValue: Expression? = nil) {
    self.name = name
    self.annotation = annotation
    self.defaultValue = defaultValue
  }
}
