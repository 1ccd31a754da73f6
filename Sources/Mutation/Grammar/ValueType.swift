import PythonSyntax

/// What the mutator knows of a value's type.
enum ValueType: Hashable, Sendable {
  case bool
  case int
  /// A number that need not be whole.
  case float
  case string
  /// A tuple or list: indexed, counted, gone through.
  case sequence(Element)
  case mapping
  /// A numpy array of numbers, of any element type.
  case array
  /// A numpy array of floats, which may be changed in place.
  case floatArray
  /// A numpy array of truth values.
  case boolArray
  case unknown

  /// What a sequence holds.
  enum Element: Hashable, Sendable {
    case bool, int, float, string, unknown
  }

  var isNumber: Bool { self == .int || self == .float || self == .bool }
  var isArray: Bool { self == .array || self == .floatArray || self == .boolArray }
  var isSequence: Bool { if case .sequence = self { true } else { false } }

  /// The type of one element.
  var element: ValueType? {
    switch self {
    case .sequence(.bool): .bool
    case .sequence(.int): .int
    case .sequence(.float): .float
    case .sequence(.string), .string: .string
    case .sequence(.unknown): .unknown
    case .array, .floatArray: .float
    case .boolArray: .bool
    default: nil
    }
  }

  /// The type of a value that is of this type or the other; unknown when they have nothing in common.
  func joined(_ other: ValueType) -> ValueType {
    if self == other { return self }
    if isNumber && other.isNumber { return self == .float || other == .float ? .float : .int }
    if isArray && other.isArray && self != .boolArray && other != .boolArray { return .array }
    return .unknown
  }

  /// True when a value of this type may stand where one of `wanted` is asked for.
  func fits(_ wanted: ValueType) -> Bool {
    switch wanted {
    case .float: isNumber
    case .int: self == .int || self == .bool
    case .array: self == .array || self == .floatArray
    default: self == wanted
    }
  }
}

extension ValueType {
  /// The type an annotation names, in the words of Python or numpy; unknown for anything else.
  init(annotation: Expression?) {
    self.init(text: annotation?.annotationText ?? "")
  }

  /// The type of a text such as `tuple[int, ...]` or `numpy.ndarray`.
  init(text: String) {
    let words = text.filter { !$0.isWhitespace }
    let base = words.prefix { $0 != "[" }
    let arguments = words.dropFirst(base.count + 1).dropLast().split(separator: ",").map(String.init)
    switch base.split(separator: ".").last.map({ $0.lowercased() }) {
    case "bool": self = .bool
    case "int", "int64", "integer": self = .int
    case "float", "float64", "number", "real": self = .float
    case "str": self = .string
    case "ndarray", "array", "ndarray[": self = .array
    case "tuple", "list", "sequence": self = .sequence(Self.element(of: arguments))
    case "dict", "mapping": self = .mapping
    default: self = .unknown
    }
  }

  private static func element(of arguments: [String]) -> Element {
    let types = Set(arguments.filter { $0 != "..." }.map { ValueType(text: $0) })
    guard types.count == 1 else { return .unknown }
    switch types.first {
    case .bool: return .bool
    case .int: return .int
    case .float: return .float
    case .string: return .string
    default: return .unknown
    }
  }
}

extension Expression {
  /// An annotation as text, without spaces; nil for one that is not a type's name with arguments.
  fileprivate var annotationText: String? {
    switch self {
    case .name(let name): name
    case .attribute(let value, let name): value.annotationText.map { "\($0).\(name)" }
    case .constant(.string(let text)): text
    case .constant(.ellipsis): "..."
    case .constant(.none): "None"
    case .element(let value, let index):
      value.annotationText.flatMap { base in index.annotationText.map { "\(base)[\($0)]" } }
    case .tuple(let elements), .list(let elements):
      elements.map { $0.annotationText ?? "?" }.joined(separator: ",")
    default: nil
    }
  }
}
