/// Statements with a body of their own.
extension SourcePrinter {
  mutating func print(_ function: FunctionDefinition) {
    for decorator in function.decorators {
      putIndentation()
      put(UInt8(ascii: "@"))
      print(decorator, atLeast: .test)
      put(UInt8(ascii: "\n"))
    }
    putIndentation()
    put("def ")
    put(function.name)
    put(UInt8(ascii: "("))
    print(function.parameters, annotated: true)
    put(UInt8(ascii: ")"))
    if let returns = function.returns {
      put(" -> ")
      print(returns, atLeast: .test)
    }
    printBlock(function.body)
  }

  mutating func printConditional(_ test: Expression, _ then: [Statement], _ otherwise: [Statement]) {
    var (test, then, otherwise) = (test, then, otherwise)
    var keyword = "if "
    while true {
      putIndentation()
      put(keyword)
      print(test, atLeast: .named)
      printBlock(then)
      guard otherwise.count == 1, case .conditional(let nextTest, let nextThen, let rest) = otherwise[0]
      else { break }
      (test, then, otherwise) = (nextTest, nextThen, rest)
      keyword = "elif "
    }
    printClause("else", otherwise)
  }

  mutating func printLoopOrWith(_ statement: Statement) {
    putIndentation()
    switch statement {
    case .forLoop(let target, let source, let body, let otherwise):
      put("for ")
      printTarget(target)
      put(" in ")
      print(source, atLeast: .test)
      printBlock(body)
      printClause("else", otherwise)
    case .whileLoop(let test, let body, let otherwise):
      put("while ")
      print(test, atLeast: .named)
      printBlock(body)
      printClause("else", otherwise)
    case .with(let items, let body):
      put("with ")
      print(items)
      printBlock(body)
    default:
      preconditionFailure("not a loop")
    }
  }

  /// `with (a, b):` would be two items, so a single tuple gets parentheses of its own.
  private mutating func print(_ items: [WithItem]) {
    if items.count == 1, items[0].target == nil, case .tuple(let parts) = items[0].context,
      !parts.isEmpty
    {
      put("((")
      printItems(parts, oneEndsInComma: true)
      return put("))")
    }
    putList(items) { printer, item in
      printer.print(item.context, atLeast: .test)
      guard let target = item.target else { return }
      printer.put(" as ")
      printer.print(target, atLeast: .test)
    }
  }

  mutating func printTry(
    _ body: [Statement],
    _ handlers: [ExceptionHandler],
    _ otherwise: [Statement],
    _ finally: [Statement],
    star: Bool
  ) {
    printClause("try", body, evenEmpty: true)
    for handler in handlers {
      putIndentation()
      put(star ? "except*" : "except")
      if let type = handler.type {
        put(UInt8(ascii: " "))
        print(type, atLeast: .test)
      }
      if let name = handler.name {
        put(" as ")
        put(name)
      }
      printBlock(handler.body)
    }
    printClause("else", otherwise)
    printClause("finally", finally)
  }

  private mutating func printClause(_ keyword: String, _ body: [Statement], evenEmpty: Bool = false) {
    guard evenEmpty || !body.isEmpty else { return }
    putIndentation()
    put(keyword)
    printBlock(body)
  }

  /// The colon, the newline and the statements one level in; an empty body is `pass`.
  private mutating func printBlock(_ body: [Statement]) {
    put(":\n")
    level += 1
    for statement in body { print(statement) }
    if body.isEmpty { print(Statement.pass) }
    level -= 1
  }
}
