extension SourcePrinter {
  /// Prints an expression, in parentheses when it binds less tightly than its place asks for.
  mutating func print(_ expression: Expression, atLeast minimum: Precedence) {
    guard expression.precedence < minimum else { return printBare(expression) }
    put(UInt8(ascii: "("))
    printBare(expression)
    put(UInt8(ascii: ")"))
  }

  private mutating func printBare(_ expression: Expression) {
    switch expression {
    case .constant(let constant): print(constant)
    case .name(let name): put(name)
    case .attribute(let value, let name): printAttribute(value, name)
    case .element(let value, let index): printElement(value, index)
    case .slice(let lower, let upper, let step): printSlice(lower, upper, step)
    case .starred(let value):
      put(UInt8(ascii: "*"))
      print(value, atLeast: .bitOr)
    case .call(let function, let arguments): printCall(function, arguments)
    case .unary(let op, let operand): printUnary(op, operand)
    case .binary(let left, let op, let right): printBinary(left, op, right)
    case .boolean(let op, let operands): printBoolean(op, operands)
    case .comparison(let left, let links): printComparison(left, links)
    case .conditional(let test, let body, let otherwise): printConditional(test, body, otherwise)
    case .lambda(let parameters, let body): printLambda(parameters, body)
    case .assignment(let target, let value):
      put(target)
      put(" := ")
      print(value, atLeast: .test)
    case .opaque(let text): printOpaque(text)
    case .tuple, .list, .set, .dictionary, .listComprehension, .setComprehension, .generator,
      .dictionaryComprehension:
      printDisplay(expression)
    }
  }

  private mutating func printAttribute(_ value: Expression, _ name: String) {
    switch value {
    case .constant(.int), .constant(.bigInt):
      put(UInt8(ascii: "("))
      printBare(value)
      put(UInt8(ascii: ")"))
    default:
      print(value, atLeast: .atom)
    }
    put(UInt8(ascii: "."))
    put(name)
  }

  private mutating func printElement(_ value: Expression, _ index: Expression) {
    print(value, atLeast: .atom)
    put(UInt8(ascii: "["))
    if case .tuple(let items) = index, !items.isEmpty, !Self.needsParentheses(asIndex: items) {
      printItems(items, oneEndsInComma: true)
    } else {
      print(index, atLeast: .test)
    }
    put(UInt8(ascii: "]"))
  }

  /// `a[*b]` is a syntax error before Python 3.11; `a[(*b,)]` is the same tree everywhere.
  private static func needsParentheses(asIndex items: [Expression]) -> Bool {
    var starred = false
    for item in items {
      if case .slice = item { return false }
      if case .starred = item { starred = true }
    }
    return starred
  }

  private mutating func printSlice(_ lower: Expression?, _ upper: Expression?, _ step: Expression?) {
    if let lower { print(lower, atLeast: .or) }
    put(UInt8(ascii: ":"))
    if let upper { print(upper, atLeast: .or) }
    guard let step else { return }
    put(UInt8(ascii: ":"))
    print(step, atLeast: .or)
  }

  private mutating func printCall(_ function: Expression, _ arguments: [Argument]) {
    print(function, atLeast: .atom)
    if arguments.count == 1, case .positional(.generator(let element, let generators)) = arguments[0] {
      return printComprehension("(", element, generators, ")")
    }
    put(UInt8(ascii: "("))
    putList(arguments) { printer, argument in
      switch argument {
      case .positional(let value):
        printer.print(value, atLeast: .test)
      case .keyword(let name, let value):
        printer.put(name)
        printer.put(UInt8(ascii: "="))
        printer.print(value, atLeast: .test)
      case .doubleStarred(let value):
        printer.put("**")
        printer.print(value, atLeast: .bitOr)
      }
    }
    put(UInt8(ascii: ")"))
  }

  private mutating func printUnary(_ op: UnaryOperator, _ operand: Expression) {
    switch op {
    case .not:
      put("not ")
      print(operand, atLeast: .not)
      return
    case .invert: put(UInt8(ascii: "~"))
    case .plus: put(UInt8(ascii: "+"))
    case .minus: put(UInt8(ascii: "-"))
    }
    print(operand, atLeast: .factor)
  }

  private mutating func printBinary(_ left: Expression, _ op: BinaryOperator, _ right: Expression) {
    let level = op.precedence
    print(left, atLeast: op == .power ? .await : level)
    put(UInt8(ascii: " "))
    put(op.symbol)
    put(UInt8(ascii: " "))
    print(right, atLeast: op == .power ? .factor : level.tighter)
  }

  private mutating func printBoolean(_ op: BooleanOperator, _ operands: [Expression]) {
    let minimum: Precedence = op == .and ? .not : .and
    for (index, operand) in operands.enumerated() {
      if index > 0 { put(op == .and ? " and " : " or ") }
      print(operand, atLeast: minimum)
    }
  }

  private mutating func printComparison(_ left: Expression, _ links: [Comparison]) {
    print(left, atLeast: .bitOr)
    for link in links {
      put(UInt8(ascii: " "))
      put(link.op.symbol)
      put(UInt8(ascii: " "))
      print(link.right, atLeast: .bitOr)
    }
  }

  private mutating func printConditional(
    _ test: Expression,
    _ body: Expression,
    _ otherwise: Expression
  ) {
    print(body, atLeast: .or)
    put(" if ")
    print(test, atLeast: .or)
    put(" else ")
    print(otherwise, atLeast: .test)
  }

  private mutating func printLambda(_ parameters: Parameters, _ body: Expression) {
    put("lambda")
    if !parameters.isEmpty { put(UInt8(ascii: " ")) }
    print(parameters, annotated: false)
    put(": ")
    print(body, atLeast: .test)
  }

  private mutating func printOpaque(_ text: String) {
    guard !OpaqueText.isAtom(text) else { return put(text) }
    put(UInt8(ascii: "("))
    put(text)
    put(UInt8(ascii: ")"))
  }
}
