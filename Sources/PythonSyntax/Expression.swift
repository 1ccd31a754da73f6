/// An expression of Python's grammar, as in its `ast` module; what is outside the model is ``opaque(_:)``.
///
/// Store and load contexts are not kept: the place of an expression says which it is.
public enum Expression: Hashable, Sendable {
  case constant(Constant)
  case name(String)
  indirect case attribute(Expression, String)
  /// `value[index]`; the index may be a slice, or a tuple that holds slices.
  indirect case element(of: Expression, at: Expression)
  indirect case slice(lower: Expression?, upper: Expression?, step: Expression?)
  indirect case starred(Expression)
  indirect case call(Expression, [Argument])
  indirect case unary(UnaryOperator, Expression)
  indirect case binary(Expression, BinaryOperator, Expression)
  /// `a and b and …`; always two operands or more.
  case boolean(BooleanOperator, [Expression])
  /// `a < b <= c …`; always one comparison or more.
  indirect case comparison(Expression, [Comparison])
  /// `body if test else otherwise`.
  indirect case conditional(test: Expression, body: Expression, otherwise: Expression)
  indirect case lambda(Parameters, Expression)
  case tuple([Expression])
  case list([Expression])
  case set([Expression])
  case dictionary([DictionaryEntry])
  indirect case listComprehension(Expression, [Generator])
  indirect case setComprehension(Expression, [Generator])
  indirect case generator(Expression, [Generator])
  indirect case dictionaryComprehension(key: Expression, value: Expression, [Generator])
  /// `(target := value)`.
  indirect case assignment(target: String, value: Expression)
  /// Source text of an expression outside the model; printed in parentheses.
  case opaque(String)
}

/// A literal.
public enum Constant: Hashable, Sendable {
  case none
  case ellipsis
  case bool(Bool)
  case int(Int)
  /// Decimal digits of a non-negative integer too large for ``int(_:)``.
  case bigInt(String)
  /// A non-negative float; infinity prints as `1e309`.
  case float(Double)
  /// The imaginary part of a complex literal.
  case imaginary(Double)
  case string(String)
  case bytes([UInt8])
}

/// An operator before its operand; raw values are the names in Python's `ast`.
public enum UnaryOperator: String, Hashable, Sendable, CaseIterable {
  case invert = "Invert"
  case not = "Not"
  case plus = "UAdd"
  case minus = "USub"
}

/// An operator between two operands; raw values are the names in Python's `ast`.
public enum BinaryOperator: String, Hashable, Sendable, CaseIterable {
  case add = "Add"
  case subtract = "Sub"
  case multiply = "Mult"
  case matrixMultiply = "MatMult"
  case divide = "Div"
  case modulo = "Mod"
  case power = "Pow"
  case leftShift = "LShift"
  case rightShift = "RShift"
  case bitOr = "BitOr"
  case bitXor = "BitXor"
  case bitAnd = "BitAnd"
  case floorDivide = "FloorDiv"
}

/// `and` or `or`; raw values are the names in Python's `ast`.
public enum BooleanOperator: String, Hashable, Sendable, CaseIterable {
  case and = "And"
  case or = "Or"
}

/// An operator that compares; raw values are the names in Python's `ast`.
public enum ComparisonOperator: String, Hashable, Sendable, CaseIterable {
  case equal = "Eq"
  case notEqual = "NotEq"
  case less = "Lt"
  case lessOrEqual = "LtE"
  case greater = "Gt"
  case greaterOrEqual = "GtE"
  case identical = "Is"
  case notIdentical = "IsNot"
  case contained = "In"
  case notContained = "NotIn"
}

/// One link `op right` of a comparison chain.
public struct Comparison: Hashable, Sendable {
  /// How it compares.
  public var op: ComparisonOperator
  /// What it compares with.
  public var right: Expression

  /// One link of a chain.
  public init(_ op: ComparisonOperator, _ right: Expression) {
    self.op = op
    self.right = right
  }
}

/// One argument of a call, in source order.
public enum Argument: Hashable, Sendable {
  /// A plain argument, or `*value` as a starred expression.
  case positional(Expression)
  case keyword(String, Expression)
  /// `**value`.
  case doubleStarred(Expression)
}

/// One entry of a dictionary display.
public enum DictionaryEntry: Hashable, Sendable {
  case pair(Expression, Expression)
  /// `**value`.
  case unpacked(Expression)
}

/// One `for target in source if …` of a comprehension.
public struct Generator: Hashable, Sendable {
  /// What each item is bound to.
  public var target: Expression
  /// Where items come from.
  public var source: Expression
  /// Tests that an item must pass, in order.
  public var conditions: [Expression]

  /// One clause of a comprehension.
  public init(_ target: Expression, in source: Expression, where conditions: [Expression] = []) {
    self.target = target
    self.source = source
    self.conditions = conditions
  }
}
