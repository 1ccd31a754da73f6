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
  /// A tuple of a fixed length whose items are of different types.
  case record(Places)
  case mapping(key: Element, value: Element)
  /// A numpy array of numbers, of any element type.
  case array
  /// A numpy array of floats, which may be changed in place.
  case floatArray
  /// A numpy array of truth values.
  case boolArray
  /// A numpy array whose length may be another than that of the first: summed up or asked for its ends.
  case vector
  case unknown

  /// What a sequence holds.
  enum Element: UInt8, Hashable, Sendable {
    case bool, int, float, string, unknown
  }

  /// The types of a tuple's items, eight at most.
  struct Places: Hashable, Sendable {
    let count: Int
    private let items: SIMD8<UInt8>

    init?(_ elements: [Element]) {
      guard elements.count <= 8 else { return nil }
      var items = SIMD8<UInt8>()
      for (place, element) in elements.enumerated() { items[place] = element.rawValue }
      self.items = items
      count = elements.count
    }

    subscript(place: Int) -> Element { Element(rawValue: items[place]) ?? .unknown }
  }

  var isNumber: Bool { self == .int || self == .float || self == .bool }
  var isArray: Bool { self == .array || self == .floatArray || self == .boolArray }
  var isSequence: Bool { if case .sequence = self { true } else { false } }
  var isMapping: Bool { if case .mapping = self { true } else { false } }
  var isRecord: Bool { if case .record = self { true } else { false } }

  /// The type of one element.
  var element: ValueType? {
    switch self {
    case .sequence(let element): element.type
    case .string: .string
    case .array, .floatArray, .vector: .float
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

extension ValueType.Element {
  var type: ValueType {
    switch self {
    case .bool: .bool
    case .int: .int
    case .float: .float
    case .string: .string
    case .unknown: .unknown
    }
  }
}

extension ValueType {
  /// The type an annotation names, in the words of Python or numpy; unknown for anything else.
  init(annotation: Expression?) {
    self.init(text: annotation?.annotationText ?? "")
  }

  /// The type of a text such as `tuple[int, ...]`, `int | float` or `numpy.ndarray`.
  init(text: String) {
    let words = text.filter { !$0.isWhitespace }
    let choices = Self.parts(words, separator: "|")
    guard choices.count == 1 else {
      let types = choices.map { ValueType(text: $0) }
      if types.allSatisfy(\.isSequence) {
        let items = types.compactMap(\.element)
        self = .sequence(items.dropFirst().reduce(items.first ?? .unknown) { $0.joined($1) }.asElement)
        return
      }
      self = types.dropFirst().reduce(types.first ?? .unknown) { $0.joined($1) }
      return
    }
    let base = words.prefix { $0 != "[" }
    let arguments = Self.parts(String(words.dropFirst(base.count + 1).dropLast()), separator: ",")
    switch base.split(separator: ".").last.map({ $0.lowercased() }) {
    case "bool", "bool_": self = .bool
    case "int", "int64", "integer": self = .int
    case "float", "float64", "number", "real": self = .float
    case "str": self = .string
    case "ndarray", "array": self = arguments.first == "bool" ? .boolArray : .array
    case "tuple" where !arguments.contains("..."): self = Self.tuple(arguments)
    case "tuple", "list", "sequence": self = .sequence(Self.element(of: arguments))
    case "dict", "mapping":
      let types = arguments.map { Self.element(of: [$0]) }
      let known = types.count == 2
      self = .mapping(key: known ? types[0] : .unknown, value: known ? types[1] : .unknown)
    case "union":
      self = ValueType(text: arguments.joined(separator: "|"))
    default: self = .unknown
    }
  }

  /// What stands between separators outside brackets.
  private static func parts(_ text: String, separator: Character) -> [String] {
    var parts = [""]
    var depth = 0
    for character in text {
      if character == "[" { depth += 1 }
      if character == "]" { depth -= 1 }
      if character == separator, depth == 0 {
        parts.append("")
      } else {
        parts[parts.count - 1].append(character)
      }
    }
    return parts
  }

  /// A tuple of a fixed length: a sequence where its items are alike, or all numbers.
  private static func tuple(_ arguments: [String]) -> ValueType {
    let elements = arguments.map { element(of: [$0]) }
    let all = element(of: arguments)
    if all != .unknown || Set(elements).count == 1 { return .sequence(all) }
    return Places(elements).map { .record($0) } ?? .sequence(.unknown)
  }

  private static func element(of arguments: [String]) -> Element {
    let types = arguments.filter { $0 != "..." }.map { ValueType(text: $0) }
    return types.dropFirst().reduce(types.first ?? .unknown) { $0.joined($1) }.asElement
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
    case .binary(let left, .bitOr, let right):
      left.annotationText.flatMap { first in right.annotationText.map { "\(first)|\($0)" } }
    case .element(let value, let index):
      value.annotationText.flatMap { base in index.annotationText.map { "\(base)[\($0)]" } }
    case .tuple(let elements), .list(let elements):
      elements.map { $0.annotationText ?? "?" }.joined(separator: ",")
    default: nil
    }
  }
}
