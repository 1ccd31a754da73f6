/// How tightly an expression binds, as in the table at the end of Python's "Expressions" chapter.
enum Precedence: UInt8, Comparable {
  /// A tuple without parentheses.
  case tuple
  case named
  /// Conditional and lambda.
  case test
  case or
  case and
  case not
  case comparison
  case bitOr
  case bitXor
  case bitAnd
  case shift
  case arithmetic
  case term
  /// Unary minus, plus and inversion.
  case factor
  case power
  case await
  case atom

  static func < (left: Precedence, right: Precedence) -> Bool {
    left.rawValue < right.rawValue
  }

  /// The next tighter level.
  var tighter: Precedence {
    Precedence(rawValue: rawValue + 1) ?? .atom
  }
}

extension Expression {
  /// How tightly the printed form binds, when printed without parentheses of its own.
  var precedence: Precedence {
    switch self {
    case .tuple(let items): items.isEmpty ? .atom : .tuple
    case .assignment: .named
    case .lambda, .conditional: .test
    case .boolean(.or, _): .or
    case .boolean(.and, _): .and
    case .unary(.not, _): .not
    case .unary: .factor
    case .comparison: .comparison
    case .binary(_, let op, _): op.precedence
    case .constant(let constant): constant.isNegative ? .factor : .atom
    case .name, .attribute, .element, .slice, .starred, .call, .list, .set, .dictionary,
      .listComprehension, .setComprehension, .generator, .dictionaryComprehension, .opaque:
      .atom
    }
  }
}

extension Constant {
  /// Whether it prints with a sign, which Python reads as a unary minus.
  var isNegative: Bool {
    switch self {
    case .int(let value): value < 0
    case .float(let value), .imaginary(let value): value.sign == .minus && !value.isNaN
    case .none, .ellipsis, .bool, .bigInt, .string, .bytes: false
    }
  }
}

extension BinaryOperator {
  var precedence: Precedence {
    switch self {
    case .bitOr: .bitOr
    case .bitXor: .bitXor
    case .bitAnd: .bitAnd
    case .leftShift, .rightShift: .shift
    case .add, .subtract: .arithmetic
    case .multiply, .matrixMultiply, .divide, .modulo, .floorDivide: .term
    case .power: .power
    }
  }

  /// The operator as written in Python.
  package var symbol: String {
    switch self {
    case .add: "+"
    case .subtract: "-"
    case .multiply: "*"
    case .matrixMultiply: "@"
    case .divide: "/"
    case .modulo: "%"
    case .power: "**"
    case .leftShift: "<<"
    case .rightShift: ">>"
    case .bitOr: "|"
    case .bitXor: "^"
    case .bitAnd: "&"
    case .floorDivide: "//"
    }
  }
}

extension ComparisonOperator {
  /// The operator as written in Python.
  package var symbol: String {
    switch self {
    case .equal: "=="
    case .notEqual: "!="
    case .less: "<"
    case .lessOrEqual: "<="
    case .greater: ">"
    case .greaterOrEqual: ">="
    case .identical: "is"
    case .notIdentical: "is not"
    case .contained: "in"
    case .notContained: "not in"
    }
  }
}
