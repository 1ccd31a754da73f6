import FunSearch
import PythonSyntax

/// What a hole of a vocabulary's fragment asks for.
enum HoleKind: Hashable, Sendable {
  /// An expression of this type.
  case value(ValueType)
  /// A literal number.
  case constant
  /// A whole literal from 2.
  case modulus
  /// An expression that is never zero.
  case divisor
  /// An index that lies within the named sequence.
  case index(of: String)
  /// A variable that the statement changes.
  case target

  /// The words that stand for holes, for messages.
  static let words = [
    "int", "float", "bool", "array", "mask", "constant", "modulus", "divisor", "index NAME", "target",
  ]

  /// Reads the word inside a hole's braces; nil for one that means nothing.
  init?(_ word: String) {
    switch word {
    case "int": self = .value(.int)
    case "float": self = .value(.float)
    case "bool": self = .value(.bool)
    case "array": self = .value(.array)
    case "mask": self = .value(.boolArray)
    case "constant": self = .constant
    case "modulus": self = .modulus
    case "divisor": self = .divisor
    case "target": self = .target
    default:
      guard word.hasPrefix("index ") else { return nil }
      self = .index(of: String(word.dropFirst(6)))
    }
  }

  /// The type that what fills it is of; nil for a target, whose type the function's result decides.
  var type: ValueType? {
    switch self {
    case .value(let type): type
    case .constant: .float
    case .modulus, .index: .int
    case .divisor: .float
    case .target: nil
    }
  }

  /// A literal with the properties of what will fill it, for checks that look at literals.
  var example: Expression? {
    switch self {
    case .value, .constant, .target: nil
    case .modulus: .whole(3)
    case .divisor: .real(2.5)
    case .index: .whole(0)
    }
  }
}
