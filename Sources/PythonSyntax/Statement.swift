/// A statement of Python's grammar, as in its `ast` module; what is outside the model is ``opaque(_:)``.
public indirect enum Statement: Hashable, Sendable {
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
public struct WithItem: Hashable, Sendable {
  /// What is entered.
  public var context: Expression
  /// What its value is bound to.
  public var target: Expression?

  /// One context.
  public init(_ context: Expression, as target: Expression? = nil) {
    self.context = context
    self.target = target
  }
}

/// One `except type as name` clause.
public struct ExceptionHandler: Hashable, Sendable {
  /// What it catches; nil for everything.
  public var type: Expression?
  /// What the exception is bound to.
  public var name: String?
  /// What it does.
  public var body: [Statement]

  /// A handler of exceptions of `type`.
  public init(_ type: Expression?, as name: String? = nil, body: [Statement]) {
    self.type = type
    self.name = name
    self.body = body
  }
}

/// One `name as alias` of an import.
public struct ImportAlias: Hashable, Sendable {
  /// What is imported.
  public var name: String
  /// The name it is given.
  public var alias: String?

  /// One imported name.
  public init(_ name: String, as alias: String? = nil) {
    self.name = name
    self.alias = alias
  }
}

/// A `def` statement.
public struct FunctionDefinition: Hashable, Sendable {
  /// Its name.
  public var name: String
  /// Its parameters.
  public var parameters: Parameters
  /// The hint of what it returns.
  public var returns: Expression?
  /// Its decorators, outermost first.
  public var decorators: [Expression]
  /// Always one statement or more; a docstring is the first, an expression of a string constant.
  public var body: [Statement]

  /// A function with this body.
  public init(
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
public struct Parameters: Hashable, Sendable {
  /// Those before `/`.
  public var positionalOnly: [Parameter]
  /// Those given by place or by name.
  public var positional: [Parameter]
  /// `*name`.
  public var variadic: Parameter?
  /// Those given by name only.
  public var keywordOnly: [Parameter]
  /// `**name`.
  public var keywords: Parameter?

  /// Parameters of the five groups; groups left out are empty.
  public init(
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
public struct Parameter: Hashable, Sendable {
  /// Its name.
  public var name: String
  /// Its type hint.
  public var annotation: Expression?
  /// Its default.
  public var defaultValue: Expression?

  /// A parameter with this name.
  public init(_ name: String, annotation: Expression? = nil, defaultValue: Expression? = nil) {
    self.name = name
    self.annotation = annotation
    self.defaultValue = defaultValue
  }
}
