extension SourcePrinter {
  /// Prints a statement at the current level, ended by a newline.
  mutating func print(_ statement: Statement) {
    switch statement {
    case .function(let function): return print(function)
    case .opaque(let text): return printOpaqueStatement(text)
    case .conditional(let test, let then, let otherwise): return printConditional(test, then, otherwise)
    case .forLoop, .whileLoop, .with: return printLoopOrWith(statement)
    case .tryBlock(let body, let handlers, let otherwise, let finally, let star):
      return printTry(body, handlers, otherwise, finally, star: star)
    case .expression, .assign, .augmented, .annotated, .returning, .raising, .assertion, .delete:
      putIndentation()
      printSimple(statement)
    case .importing, .importingFrom, .global, .nonlocal, .pass, .breakLoop, .continueLoop:
      putIndentation()
      printKeyword(statement)
    }
    put(UInt8(ascii: "\n"))
  }

  private mutating func printSimple(_ statement: Statement) {
    switch statement {
    case .expression(.constant(.string(let text))): printDocstring(text)
    case .expression(let value): print(value, atLeast: .test)
    case .assign(let targets, let value):
      for target in targets {
        printTarget(target)
        put(" = ")
      }
      printValue(value)
    case .augmented(let target, let op, let value):
      print(target, atLeast: .atom)
      put(UInt8(ascii: " "))
      put(op.symbol)
      put("= ")
      print(value, atLeast: .test)
    case .annotated(let target, let annotation, let value, let simple):
      printAnnotated(target, annotation, value, simple: simple)
    case .returning(let value):
      put("return")
      guard let value else { return }
      put(UInt8(ascii: " "))
      printValue(value)
    case .raising(let value, let cause):
      put("raise")
      printOptional(" ", value)
      printOptional(" from ", cause)
    case .assertion(let test, let message):
      put("assert ")
      print(test, atLeast: .test)
      printOptional(", ", message)
    case .delete(let targets):
      put("del ")
      printItems(targets)
    default:
      preconditionFailure("not a simple statement")
    }
  }

  /// Prints a value where a tuple needs no parentheses but `:=` does.
  private mutating func printValue(_ value: Expression) {
    if case .tuple = value { return print(value, atLeast: .tuple) }
    print(value, atLeast: .test)
  }

  private mutating func printOptional(_ prefix: String, _ value: Expression?) {
    guard let value else { return }
    put(prefix)
    print(value, atLeast: .test)
  }

  private mutating func printAnnotated(
    _ target: Expression,
    _ annotation: Expression,
    _ value: Expression?,
    simple: Bool
  ) {
    if case .name(let name) = target, !simple {
      put("(\(name))")
    } else {
      print(target, atLeast: .atom)
    }
    put(": ")
    print(annotation, atLeast: .test)
    printOptional(" = ", value)
  }

  private mutating func printKeyword(_ statement: Statement) {
    switch statement {
    case .importing(let aliases):
      put("import ")
      print(aliases)
    case .importingFrom(let module, let aliases, let level):
      put("from ")
      put(repeatElement(UInt8(ascii: "."), count: max(0, level)))
      put(module ?? "")
      put(" import ")
      print(aliases)
    case .global(let names):
      put("global ")
      putList(names) { printer, name in printer.put(name) }
    case .nonlocal(let names):
      put("nonlocal ")
      putList(names) { printer, name in printer.put(name) }
    case .pass: put("pass")
    case .breakLoop: put("break")
    case .continueLoop: put("continue")
    default: preconditionFailure("not a keyword statement")
    }
  }

  private mutating func print(_ aliases: [ImportAlias]) {
    putList(aliases) { printer, alias in
      printer.put(alias.name)
      guard let name = alias.alias else { return }
      printer.put(" as ")
      printer.put(name)
    }
  }

  private mutating func printOpaqueStatement(_ text: String) {
    put(OpaqueText.indented(text, by: indentation * level))
    if bytes.last != UInt8(ascii: "\n") { put(UInt8(ascii: "\n")) }
  }
}
