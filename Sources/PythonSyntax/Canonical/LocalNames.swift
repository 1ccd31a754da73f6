/// The names that a function or lambda body binds, found as Python's symbol table finds them.
///
/// Nested functions, lambdas and the targets of comprehensions are scopes of their own; a `:=` inside a
/// comprehension binds here. What opaque text binds is not seen.
struct LocalNames {
  /// Names bound, in the order of their first binding; those only annotated come last.
  private(set) var bound: [String] = []
  private(set) var global: Set<String> = []
  private(set) var nonlocal: Set<String> = []
  /// Names bound by `import a.b`, which cannot be renamed.
  private(set) var fixed: Set<String> = []
  /// Names bound by nothing but an annotation, so that reading one fails.
  private(set) var annotated: [String] = []

  init(of function: FunctionDefinition) {
    for parameter in function.parameters.all { bind(parameter.name) }
    for statement in function.body { visit(statement) }
    finish()
  }

  init(of parameters: Parameters, _ body: Expression) {
    for parameter in parameters.all { bind(parameter.name) }
    visit(body)
    finish()
  }

  /// The targets of a comprehension.
  init(of generators: [Generator]) {
    for generator in generators { visit(target: generator.target) }
    finish()
  }

  private mutating func finish() {
    annotated.removeAll { bound.contains($0) }
    for name in annotated { bind(name) }
    if !global.isEmpty || !nonlocal.isEmpty {
      bound.removeAll { global.contains($0) || nonlocal.contains($0) }
    }
  }

  private mutating func bind(_ name: String) {
    if !bound.contains(name) { bound.append(name) }
  }

  private mutating func visit(target: Expression) {
    switch target {
    case .name(let name): bind(name)
    case .starred(let value): visit(target: value)
    case .tuple(let items), .list(let items):
      for item in items { visit(target: item) }
    default: visit(target)
    }
  }

  private mutating func visit(_ statement: Statement) {
    switch statement {
    case .assign(let targets, let value):
      visit(value)
      for target in targets { visit(target: target) }
    case .augmented(let target, _, let value):
      visit(value)
      visit(target: target)
    case .annotated(let target, _, let value, let simple): visitAnnotated(target, value, simple)
    case .forLoop(let target, let source, let body, let otherwise):
      visit(source)
      visit(target: target)
      visit(body)
      visit(otherwise)
    case .with(let items, let body):
      for item in items {
        visit(item.context)
        if let target = item.target { visit(target: target) }
      }
      visit(body)
    case .tryBlock(let body, let handlers, let otherwise, let finally, _):
      visit(body)
      for handler in handlers {
        if let type = handler.type { visit(type) }
        if let name = handler.name { bind(name) }
        visit(handler.body)
      }
      visit(otherwise)
      visit(finally)
    case .function(let function):
      bind(function.name)
      for decorator in function.decorators { visit(decorator) }
      function.parameters.forEachExpression { visit($0) }
      if let returns = function.returns { visit(returns) }
    case .delete(let targets): for target in targets { visit(target: target) }
    case .importing(let aliases), .importingFrom(_, let aliases, _): visit(aliases)
    case .global(let names): global.formUnion(names)
    case .nonlocal(let names): nonlocal.formUnion(names)
    case .expression, .conditional, .whileLoop, .returning, .raising, .assertion, .pass, .breakLoop,
      .continueLoop, .opaque:
      statement.forEachChild(expression: { visit($0) }, statement: { visit($0) })
    }
  }

  private mutating func visit(_ statements: [Statement]) {
    for statement in statements { visit(statement) }
  }

  private mutating func visitAnnotated(_ target: Expression, _ value: Expression?, _ simple: Bool) {
    if let value {
      visit(value)
      visit(target: target)
    } else if case .name(let name) = target {
      if simple { annotated.append(name) }
    } else {
      visit(target)
    }
  }

  private mutating func visit(_ aliases: [ImportAlias]) {
    for alias in aliases {
      if let name = alias.alias {
        bind(name)
      } else if let dot = alias.name.utf8.firstIndex(of: UInt8(ascii: ".")) {
        let name = String(alias.name[..<dot])
        bind(name)
        fixed.insert(name)
      } else {
        bind(alias.name)
      }
    }
  }

  /// Looks for `:=` in an expression.
  private mutating func visit(_ expression: Expression) {
    switch expression {
    case .name, .constant, .opaque: break
    case .assignment(let target, let value):
      visit(value)
      bind(target)
    case .lambda(let parameters, _): parameters.forEachExpression { visit($0) }
    default: expression.forEachChild { visit($0) }
    }
  }
}
