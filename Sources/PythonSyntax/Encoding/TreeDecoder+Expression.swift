extension TreeDecoder {
  mutating func expression() throws(TreeError) -> Expression {
    let tag = try byte()
    switch tag {
    case 0x80...: return .constant(.int(Int(tag - 0x80)))
    case 0x40..<0x80: return .name(try name(numbered: Int(tag - 0x40)))
    default: return try nested { decoder throws(TreeError) in try decoder.expression(tagged: tag) }
    }
  }

  mutating func expressions(atLeast minimum: Int = 0) throws(TreeError) -> [Expression] {
    try list(atLeast: minimum) { decoder throws(TreeError) in try decoder.expression() }
  }

  mutating func optionalExpression() throws(TreeError) -> Expression? {
    try optional { decoder throws(TreeError) in try decoder.expression() }
  }

  private mutating func expression(tagged tag: UInt8) throws(TreeError) -> Expression {
    if tag >= ExpressionTag.unary.rawValue { return try operation(tag) }
    switch ExpressionTag(rawValue: tag) {
    case .name: return .name(try name())
    case .attribute: return .attribute(try expression(), try name())
    case .element: return .element(of: try expression(), at: try expression())
    case .slice:
      return .slice(
        lower: try optionalExpression(),
        upper: try optionalExpression(),
        step: try optionalExpression()
      )
    case .starred: return .starred(try expression())
    case .call: return .call(try expression(), try arguments())
    case .comparison: return .comparison(try expression(), try comparisons())
    case .conditional:
      return .conditional(test: try expression(), body: try expression(), otherwise: try expression())
    case .lambda: return .lambda(try parameters(), try expression())
    case .assignment: return .assignment(target: try name(), value: try expression())
    case .opaque: return .opaque(try text())
    case .tuple, .list, .set, .dictionary, .listComprehension, .setComprehension, .generator,
      .dictionaryComprehension:
      return try display(tag)
    default: return .constant(try constant(tag))
    }
  }

  private mutating func operation(_ tag: UInt8) throws(TreeError) -> Expression {
    if tag >= ExpressionTag.binary.rawValue {
      let op = try binaryOperator(tag - ExpressionTag.binary.rawValue)
      return .binary(try expression(), op, try expression())
    }
    if tag >= ExpressionTag.boolean.rawValue {
      let op = try numbered(tag - ExpressionTag.boolean.rawValue, in: BooleanOperator.allCases)
      return .boolean(op, try expressions(atLeast: 2))
    }
    let op = try numbered(tag - ExpressionTag.unary.rawValue, in: UnaryOperator.allCases)
    return .unary(op, try expression())
  }

  private static let binaryOperators = BinaryOperator.allCases
  private static let comparisonOperators = ComparisonOperator.allCases

  func binaryOperator(_ number: UInt8) throws(TreeError) -> BinaryOperator {
    try numbered(number, in: Self.binaryOperators)
  }

  private func numbered<Operator>(_ number: UInt8, in all: [Operator]) throws(TreeError) -> Operator {
    guard Int(number) < all.count else { throw failure("unknown operator \(number)") }
    return all[Int(number)]
  }

  private mutating func comparisons() throws(TreeError) -> [Comparison] {
    try list(atLeast: 1) { decoder throws(TreeError) in
      let op = try decoder.numbered(try decoder.byte(), in: Self.comparisonOperators)
      return Comparison(op, try decoder.expression())
    }
  }

  private mutating func arguments() throws(TreeError) -> [Argument] {
    try list { decoder throws(TreeError) in
      switch try decoder.byte() {
      case 0: .positional(try decoder.expression())
      case 1: .keyword(try decoder.name(), try decoder.expression())
      case 2: .doubleStarred(try decoder.expression())
      default: throw decoder.failure("unknown sort of argument")
      }
    }
  }

  private mutating func display(_ tag: UInt8) throws(TreeError) -> Expression {
    switch ExpressionTag(rawValue: tag) {
    case .tuple: .tuple(try expressions())
    case .list: .list(try expressions())
    case .set: .set(try expressions())
    case .listComprehension: .listComprehension(try expression(), try generators())
    case .setComprehension: .setComprehension(try expression(), try generators())
    case .generator: .generator(try expression(), try generators())
    case .dictionaryComprehension:
      .dictionaryComprehension(key: try expression(), value: try expression(), try generators())
    default: .dictionary(try entries())
    }
  }

  private mutating func entries() throws(TreeError) -> [DictionaryEntry] {
    try list { decoder throws(TreeError) in
      if try decoder.flag() { return .unpacked(try decoder.expression()) }
      return .pair(try decoder.expression(), try decoder.expression())
    }
  }

  private mutating func generators() throws(TreeError) -> [Generator] {
    try list(atLeast: 1) { decoder throws(TreeError) in
      Generator(
        try decoder.expression(),
        in: try decoder.expression(),
        where: try decoder.expressions()
      )
    }
  }

  private mutating func constant(_ tag: UInt8) throws(TreeError) -> Constant {
    switch ExpressionTag(rawValue: tag) {
    case .none?: return Constant.none
    case .ellipsis: return .ellipsis
    case .false: return .bool(false)
    case .true: return .bool(true)
    case .int: return .int(try number())
    case .negativeInt: return .int(~(try number()))
    case .bigInt:
      let digits = try text()
      let plain = digits.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
      guard plain, !digits.isEmpty else { throw failure("an integer holds more than digits") }
      return .bigInt(digits)
    case .float: return .float(try float())
    case .imaginary: return .imaginary(try float())
    case .string: return .string(try text())
    case .bytes: return .bytes(try rawBytes())
    default: throw failure("unknown expression tag \(tag)")
    }
  }

  mutating func parameters() throws(TreeError) -> Parameters {
    Parameters(
      positionalOnly: try list { decoder throws(TreeError) in try decoder.parameter() },
      positional: try list { decoder throws(TreeError) in try decoder.parameter() },
      variadic: try optional { decoder throws(TreeError) in try decoder.parameter() },
      keywordOnly: try list { decoder throws(TreeError) in try decoder.parameter() },
      keywords: try optional { decoder throws(TreeError) in try decoder.parameter() }
    )
  }

  private mutating func parameter() throws(TreeError) -> Parameter {
    let name = try name()
    let flags = try byte()
    guard flags < 4 else { throw failure("unknown parameter flags \(flags)") }
    return Parameter(
      name,
      annotation: flags & 1 == 0 ? nil : try expression(),
      defaultValue: flags & 2 == 0 ? nil : try expression()
    )
  }
}
