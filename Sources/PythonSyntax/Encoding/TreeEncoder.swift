/// Writes trees in the binary form, version 1.
///
/// **Form.** A version byte (1), a kind byte (`F` function, `S` statements), then one function, or a
/// counted list of statements. Numbers are unsigned LEB128 varints. A *list* is its count and its items; an
/// *optional* is a byte 0, or 1 and the item; *text* and *bytes* are a length and that many bytes.
///
/// A *name* is a varint: 0 and text for one not seen before in this encoding, which gets the next number
/// from 0; else its number plus one.
///
/// An *expression* is a tag byte of ``ExpressionTag`` and the fields in the order of the enum's case, with
/// two short forms: `0x40 + n` is the name numbered n < 64, `0x80 + i` the integer i < 128. Operators are one
/// byte, their place in the declaration of their enum; a unary, binary or boolean operator is added to the tag.
/// Floats are the 8 bytes of their IEEE bit pattern, little end first.
///
/// A *statement* is a tag byte of ``StatementTag`` and its fields in the order of the enum's case. A function
/// is name, parameters, optional result annotation, list of decorators, list of statements. Parameters are
/// the list of positional-only, of positional, the optional variadic, the list of keyword-only, the optional
/// keywords; one parameter is a name and a byte, 1 if an annotation follows plus 2 if a default follows.
struct TreeEncoder {
  static let version: UInt8 = 1
  static let functionKind = UInt8(ascii: "F")
  static let statementsKind = UInt8(ascii: "S")

  private(set) var bytes: [UInt8]
  private var names: [String] = []
  /// The numbers of ``names``, used once there are too many to search.
  private var numbers: [String: Int] = [:]
  private static let searched = 24

  init(kind: UInt8) {
    bytes = [Self.version, kind]
    bytes.reserveCapacity(512)
  }

  mutating func put(_ byte: UInt8) {
    bytes.append(byte)
  }

  mutating func put(_ tag: ExpressionTag) {
    bytes.append(tag.rawValue)
  }

  mutating func put(tag: StatementTag) {
    bytes.append(tag.rawValue)
  }

  mutating func put(count: Int) {
    var rest = UInt(count)
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(truncatingIfNeeded: rest))
  }

  mutating func put(text: String) {
    put(count: text.utf8.count)
    bytes.append(contentsOf: text.utf8)
  }

  mutating func put(name: String) {
    if let number = number(of: name) { return put(count: number + 1) }
    names.append(name)
    if names.count > Self.searched {
      if numbers.isEmpty {
        for (number, name) in names.enumerated() { numbers[name] = number }
      }
      numbers[name] = names.count - 1
    }
    put(0)
    put(text: name)
  }

  private func number(of name: String) -> Int? {
    names.count > Self.searched ? numbers[name] : names.firstIndex(of: name)
  }

  /// A name that stands as an expression of its own.
  mutating func put(nameExpression name: String) {
    if let number = number(of: name), number < 64 { return put(0x40 + UInt8(number)) }
    put(ExpressionTag.name)
    put(name: name)
  }

  mutating func put<Item>(list items: [Item], _ putItem: (inout TreeEncoder, Item) -> Void) {
    put(count: items.count)
    for item in items { putItem(&self, item) }
  }

  mutating func put<Item>(optional item: Item?, _ putItem: (inout TreeEncoder, Item) -> Void) {
    guard let item else { return put(0) }
    put(1)
    putItem(&self, item)
  }

  mutating func put(float value: Double) {
    var pattern = value.bitPattern
    for _ in 0..<8 {
      bytes.append(UInt8(truncatingIfNeeded: pattern))
      pattern >>= 8
    }
  }
}

/// Tags of expressions in the binary form; the operators' numbers are added to the last three.
enum ExpressionTag: UInt8 {
  case none = 0, ellipsis, `false`, `true`, int, negativeInt, bigInt, float, imaginary, string, bytes
  case name, attribute, element, slice, starred, call, comparison, conditional, lambda
  case tuple, list, set, dictionary
  case listComprehension, setComprehension, generator, dictionaryComprehension
  case assignment, opaque
  /// 4 operators.
  case unary = 0x20
  /// 2 operators.
  case boolean = 0x28
  /// 13 operators.
  case binary = 0x30
}

/// Tags of statements in the binary form.
enum StatementTag: UInt8 {
  case expression = 0, assign, augmented, annotated, conditional, forLoop, whileLoop, with
  case tryBlock, function, returning, raising, assertion, importing, importingFrom, delete
  case global, nonlocal, pass, breakLoop, continueLoop, opaque
}

extension FunctionDefinition {
  /// The function in the compact binary form; ``TreeEncoder`` defines it.
  package func encoded() -> [UInt8] {
    var encoder = TreeEncoder(kind: TreeEncoder.functionKind)
    encoder.put(self)
    return encoder.bytes
  }
}

extension [Statement] {
  /// The statements in the compact binary form; ``TreeEncoder`` defines it.
  package func encoded() -> [UInt8] {
    var encoder = TreeEncoder(kind: TreeEncoder.statementsKind)
    encoder.put(self)
    return encoder.bytes
  }
}
