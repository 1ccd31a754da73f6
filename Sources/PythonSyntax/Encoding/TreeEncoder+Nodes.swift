extension TreeEncoder {
  mutating func put(_ expression: Expression) {
    switch expression {
    case .constant(let constant): put(constant)
    case .name(let name): put(nameExpression: name)
    case .attribute(let value, let name): put(.attribute, value) { $0.put(name: name) }
    case .element(let value, let index): put(.element, value) { $0.put(index) }
    case .slice(let lower, let upper, let step):
      put(.slice)
      put(optional: lower) { $0.put($1) }
      put(optional: upper) { $0.put($1) }
      put(optional: step) { $0.put($1) }
    case .starred(let value): put(.starred, value)
    case .call(let function, let arguments):
      put(.call, function) { $0.put(list: arguments) { $0.put($1) } }
    case .unary(let op, let operand):
      put(ExpressionTag.unary.rawValue + op.number)
      put(operand)
    case .binary(let left, let op, let right):
      put(ExpressionTag.binary.rawValue + op.number)
      put(left)
      put(right)
    case .boolean(let op, let operands):
      put(ExpressionTag.boolean.rawValue + op.number)
      put(operands)
    case .comparison(let left, let links): putComparison(left, links)
    case .conditional(let test, let body, let otherwise):
      put(.conditional, test) {
        $0.put(body)
        $0.put(otherwise)
      }
    case .lambda(let parameters, let body):
      put(.lambda)
      put(parameters)
      put(body)
    case .assignment(let target, let value):
      put(.assignment)
      put(name: target)
      put(value)
    case .opaque(let text):
      put(.opaque)
      put(text: text)
    case .tuple, .list, .set, .dictionary, .listComprehension, .setComprehension, .generator,
      .dictionaryComprehension:
      putDisplay(expression)
    }
  }

  private mutating func put(
    _ tag: ExpressionTag,
    _ first: Expression,
    then rest: (inout TreeEncoder) -> Void = { _ in }
  ) {
    put(tag)
    put(first)
    rest(&self)
  }

  mutating func put(_ expressions: [Expression]) {
    put(list: expressions) { $0.put($1) }
  }

  private mutating func putComparison(_ left: Expression, _ links: [Comparison]) {
    put(.comparison, left)
    put(list: links) { encoder, link in
      encoder.put(link.op.number)
      encoder.put(link.right)
    }
  }

  private mutating func putDisplay(_ expression: Expression) {
    switch expression {
    case .tuple(let items):
      put(.tuple)
      put(items)
    case .list(let items):
      put(.list)
      put(items)
    case .set(let items):
      put(.set)
      put(items)
    case .dictionary(let entries):
      put(.dictionary)
      put(list: entries) { $0.put($1) }
    case .listComprehension(let element, let generators):
      put(.listComprehension, element) { $0.put(generators) }
    case .setComprehension(let element, let generators):
      put(.setComprehension, element) { $0.put(generators) }
    case .generator(let element, let generators): put(.generator, element) { $0.put(generators) }
    case .dictionaryComprehension(let key, let value, let generators):
      put(.dictionaryComprehension, key) {
        $0.put(value)
        $0.put(generators)
      }
    default: preconditionFailure("not a display")
    }
  }

  private mutating func put(_ generators: [Generator]) {
    put(list: generators) { encoder, generator in
      encoder.put(generator.target)
      encoder.put(generator.source)
      encoder.put(generator.conditions)
    }
  }

  private mutating func put(_ argument: Argument) {
    switch argument {
    case .positional(let value):
      put(0)
      put(value)
    case .keyword(let name, let value):
      put(1)
      put(name: name)
      put(value)
    case .doubleStarred(let value):
      put(2)
      put(value)
    }
  }

  private mutating func put(_ entry: DictionaryEntry) {
    switch entry {
    case .pair(let key, let value):
      put(0)
      put(key)
      put(value)
    case .unpacked(let value):
      put(1)
      put(value)
    }
  }

  private mutating func put(_ constant: Constant) {
    switch constant {
    case .none: put(ExpressionTag.none)
    case .ellipsis: put(ExpressionTag.ellipsis)
    case .bool(let value): put(value ? ExpressionTag.true : .false)
    case .int(let value) where (0..<128).contains(value): put(0x80 + UInt8(value))
    case .int(let value):
      put(value < 0 ? ExpressionTag.negativeInt : .int)
      put(count: value < 0 ? ~value : value)
    case .bigInt(let digits):
      put(.bigInt)
      put(text: digits)
    case .float(let value):
      put(.float)
      put(float: value)
    case .imaginary(let value):
      put(.imaginary)
      put(float: value)
    case .string(let value):
      put(.string)
      put(text: value)
    case .bytes(let value):
      put(.bytes)
      put(list: value) { $0.put($1) }
    }
  }

  mutating func put(_ parameters: Parameters) {
    put(list: parameters.positionalOnly) { $0.put($1) }
    put(list: parameters.positional) { $0.put($1) }
    put(optional: parameters.variadic) { $0.put($1) }
    put(list: parameters.keywordOnly) { $0.put($1) }
    put(optional: parameters.keywords) { $0.put($1) }
  }

  private mutating func put(_ parameter: Parameter) {
    put(name: parameter.name)
    put((parameter.annotation == nil ? 0 : 1) + (parameter.defaultValue == nil ? 0 : 2))
    if let annotation = parameter.annotation { put(annotation) }
    if let value = parameter.defaultValue { put(value) }
  }
}

extension UnaryOperator {
  /// The place in the declaration, which the binary form stores.
  var number: UInt8 {
    switch self {
    case .invert: 0
    case .not: 1
    case .plus: 2
    case .minus: 3
    }
  }
}

extension BooleanOperator {
  /// The place in the declaration, which the binary form stores.
  var number: UInt8 { self == .and ? 0 : 1 }
}

extension BinaryOperator {
  /// The place in the declaration, which the binary form stores.
  var number: UInt8 {
    switch self {
    case .add: 0
    case .subtract: 1
    case .multiply: 2
    case .matrixMultiply: 3
    case .divide: 4
    case .modulo: 5
    case .power: 6
    case .leftShift: 7
    case .rightShift: 8
    case .bitOr: 9
    case .bitXor: 10
    case .bitAnd: 11
    case .floorDivide: 12
    }
  }
}

extension ComparisonOperator {
  /// The place in the declaration, which the binary form stores.
  var number: UInt8 {
    switch self {
    case .equal: 0
    case .notEqual: 1
    case .less: 2
    case .lessOrEqual: 3
    case .greater: 4
    case .greaterOrEqual: 5
    case .identical: 6
    case .notIdentical: 7
    case .contained: 8
    case .notContained: 9
    }
  }
}
