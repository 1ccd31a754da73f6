extension NameResolver {
  /// A body, which is never left empty.
  mutating func rewriteBody(_ statements: [Statement]) -> [Statement] {
    let result = rewriteClause(statements)
    return result.isEmpty ? [.pass] : result
  }

  /// A clause that may be missing, such as `else`.
  private mutating func rewriteClause(_ statements: [Statement]) -> [Statement] {
    var result: [Statement] = []
    result.reserveCapacity(statements.count)
    for statement in statements {
      if let rewritten = rewrite(statement) { result.append(rewritten) }
    }
    return result
  }

  /// The statement rewritten; nil when it does nothing and the mode is canonical.
  private mutating func rewrite(_ statement: Statement) -> Statement? {
    switch statement {
    case .pass, .expression(.constant): return canonical ? nil : statement
    case .opaque(let text):
      note(opaque: text)
      return statement
    case .annotated(let target, let annotation, let value, let simple):
      return rewriteAnnotated(target, annotation, value, simple)
    case .conditional, .forLoop, .whileLoop, .with, .tryBlock: return rewriteBlock(statement)
    case .function(let function): return .function(rewriteNested(function))
    case .importing(let aliases): return .importing(aliases.map { rewrite($0) })
    case .importingFrom(let module, let aliases, let level):
      return .importingFrom(module: module, aliases.map { rewrite($0) }, level: level)
    case .global(let names): return .global(names.map { name($0) })
    case .nonlocal(let names): return .nonlocal(names.map { name($0) })
    case .expression, .assign, .augmented, .returning, .raising, .assertion, .delete, .breakLoop,
      .continueLoop:
      return statement.mapChildren(expression: { rewrite($0) }, statement: { $0 })
    }
  }

  private mutating func rewriteBlock(_ statement: Statement) -> Statement {
    switch statement {
    case .conditional(let test, let then, let otherwise):
      return .conditional(
        rewrite(test),
        then: rewriteBody(then),
        otherwise: rewriteClause(otherwise)
      )
    case .forLoop(let target, let source, let body, let otherwise):
      return .forLoop(
        rewrite(target),
        in: rewrite(source),
        body: rewriteBody(body),
        otherwise: rewriteClause(otherwise)
      )
    case .whileLoop(let test, let body, let otherwise):
      return .whileLoop(rewrite(test), body: rewriteBody(body), otherwise: rewriteClause(otherwise))
    case .with(let items, let body):
      let items = items.map { item in
        WithItem(rewrite(item.context), as: item.target.map { rewrite($0) })
      }
      return .with(items, body: rewriteBody(body))
    case .tryBlock(let body, let handlers, let otherwise, let finally, let star):
      let body = rewriteBody(body)
      let handlers = handlers.map { handler in
        ExceptionHandler(
          handler.type.map { rewrite($0) },
          as: handler.name.map { name($0) },
          body: rewriteBody(handler.body)
        )
      }
      let rest = rewriteClause(otherwise)
      // A try needs handlers or a `finally`.
      let last = handlers.isEmpty ? rewriteBody(finally) : rewriteClause(finally)
      return .tryBlock(body: body, handlers: handlers, otherwise: rest, finally: last, star: star)
    default:
      preconditionFailure("no block")
    }
  }

  /// Python never evaluates an annotation inside a function, but evaluates the target of a bare `a.b: c`.
  private mutating func rewriteAnnotated(
    _ target: Expression,
    _ annotation: Expression,
    _ value: Expression?,
    _ simple: Bool
  ) -> Statement? {
    guard canonical else {
      return .annotated(
        rewrite(target),
        annotation: rewrite(annotation),
        value: value.map { rewrite($0) },
        simple: simple
      )
    }
    if let value { return .assign([rewrite(target)], rewrite(value)) }
    if case .name(let name) = target, !isOnlyAnnotated(name) { return nil }
    return .annotated(rewrite(target), annotation: .constant(.none), value: nil, simple: simple)
  }

  private mutating func rewrite(_ alias: ImportAlias) -> ImportAlias {
    guard alias.name != "*" else { return alias }
    if alias.alias == nil, alias.name.utf8.contains(UInt8(ascii: ".")) { return alias }
    let bound = name(alias.alias ?? alias.name)
    guard canonical else { return alias }
    return ImportAlias(alias.name, as: bound == alias.name ? nil : bound)
  }

  /// A function inside: its decorators stay, and those annotations whose evaluation could fail.
  private mutating func rewriteNested(_ function: FunctionDefinition) -> FunctionDefinition {
    var result = function
    result.name = name(function.name)
    result.decorators = function.decorators.map { rewrite($0) }
    result.returns = function.returns.flatMap { rewrite(annotation: $0) }
    rewriteInside(function, into: &result) { resolver, annotation in
      resolver.rewrite(annotation: annotation)
    }
    return result
  }

  private mutating func rewrite(annotation: Expression) -> Expression? {
    canonical && isHarmless(annotation) ? nil : rewrite(annotation)
  }

  /// Whether evaluating the annotation can neither fail nor do anything.
  private func isHarmless(_ annotation: Expression) -> Bool {
    switch annotation {
    case .constant: true
    case .name(let name): Self.builtinTypes.contains(name) && isFree(name)
    case .tuple(let items), .list(let items): items.allSatisfy { isHarmless($0) }
    case .element(.name(let name), let index):
      Self.genericTypes.contains(name) && isFree(name) && isHarmless(index)
    default: false
    }
  }

  private static let genericTypes: Set<String> = ["list", "tuple", "dict", "set", "frozenset", "type"]
  private static let builtinTypes: Set<String> = genericTypes.union([
    "int", "float", "str", "bool", "bytes", "complex", "object",
  ])
}
