/// Reads trees in the binary form that ``TreeEncoder`` defines; any bytes give a tree or an error.
struct TreeDecoder {
  private let bytes: [UInt8]
  private(set) var index = 0
  private var names: [String] = []
  private var depth = 0
  /// Deeper trees are refused, so that hostile bytes cannot exhaust the stack.
  private static let depthLimit = 1000

  init(_ bytes: [UInt8], kind: UInt8) throws(TreeError) {
    self.bytes = bytes
    names.reserveCapacity(32)
    guard bytes.count > 2 else { throw failure("the bytes end too soon") }
    guard bytes[0] == TreeEncoder.version else {
      throw failure("version \(bytes[0]) where \(TreeEncoder.version) is known")
    }
    guard bytes[1] == kind else {
      throw failure("holds \(Self.describe(bytes[1])), expected \(Self.describe(kind))")
    }
    index = 2
  }

  private static func describe(_ kind: UInt8) -> String {
    switch kind {
    case TreeEncoder.functionKind: "a function"
    case TreeEncoder.statementsKind: "statements"
    default: "an unknown kind \(kind)"
    }
  }

  func expectEnd() throws(TreeError) {
    guard index == bytes.count else { throw failure("more bytes behind the tree") }
  }

  func failure(_ message: String) -> TreeError {
    .encoding(offset: index, message)
  }

  mutating func byte() throws(TreeError) -> UInt8 {
    guard index < bytes.count else { throw failure("the bytes end too soon") }
    index += 1
    return bytes[index - 1]
  }

  mutating func flag() throws(TreeError) -> Bool {
    switch try byte() {
    case 0: false
    case 1: true
    default: throw failure("expected 0 or 1")
    }
  }

  mutating func number() throws(TreeError) -> Int {
    let first = try byte()
    guard first >= 0x80 else { return Int(first) }
    var result = UInt64(first & 0x7F)
    var shift: UInt64 = 7
    while true {
      let next = try byte()
      guard shift < 63 else { throw failure("a number is too large") }
      result |= UInt64(next & 0x7F) << shift
      shift += 7
      if next < 0x80 { break }
    }
    guard let number = Int(exactly: result) else { throw failure("a number is too large") }
    return number
  }

  /// A number of items that each take a byte or more.
  mutating func count(atLeast minimum: Int = 0) throws(TreeError) -> Int {
    let count = try number()
    guard count <= bytes.count - index else { throw failure("a list of \(count) goes beyond the end") }
    guard count >= minimum else { throw failure("a list of \(count) where \(minimum) is the least") }
    return count
  }

  mutating func text() throws(TreeError) -> String {
    let count = try count()
    guard let text = String(validating: bytes[index..<index + count], as: UTF8.self) else {
      throw failure("text is not valid UTF-8")
    }
    index += count
    return text
  }

  mutating func rawBytes() throws(TreeError) -> [UInt8] {
    let count = try count()
    index += count
    return Array(bytes[index - count..<index])
  }

  mutating func name() throws(TreeError) -> String {
    let number = try number()
    guard number == 0 else { return try name(numbered: number - 1) }
    let name = try text()
    names.append(name)
    return name
  }

  func name(numbered number: Int) throws(TreeError) -> String {
    guard number < names.count else { throw failure("name number \(number) of \(names.count)") }
    return names[number]
  }

  mutating func float() throws(TreeError) -> Double {
    guard bytes.count - index >= 8 else { throw failure("the bytes end too soon") }
    var pattern: UInt64 = 0
    for offset in 0..<8 { pattern |= UInt64(bytes[index + offset]) << UInt64(8 * offset) }
    index += 8
    return Double(bitPattern: pattern)
  }

  mutating func list<Item>(
    atLeast minimum: Int = 0,
    _ read: (inout TreeDecoder) throws(TreeError) -> Item
  ) throws(TreeError) -> [Item] {
    let count = try count(atLeast: minimum)
    guard count > 0 else { return [] }
    var items: [Item] = []
    items.reserveCapacity(min(count, 64))
    for _ in 0..<count { items.append(try read(&self)) }
    return items
  }

  mutating func optional<Item>(
    _ read: (inout TreeDecoder) throws(TreeError) -> Item
  ) throws(TreeError) -> Item? {
    try flag() ? try read(&self) : nil
  }

  /// Counts one level of nesting while `read` runs.
  mutating func nested<Item>(
    _ read: (inout TreeDecoder) throws(TreeError) -> Item
  ) throws(TreeError) -> Item {
    guard depth < Self.depthLimit else { throw failure("nested more than \(Self.depthLimit) levels deep") }
    depth += 1
    let item = try read(&self)
    depth -= 1
    return item
  }
}

extension FunctionDefinition {
  /// Reads what ``encoded()`` wrote.
  package init(encoded bytes: [UInt8]) throws(TreeError) {
    var decoder = try TreeDecoder(bytes, kind: TreeEncoder.functionKind)
    self = try decoder.function()
    try decoder.expectEnd()
  }
}

extension [Statement] {
  /// Reads what ``encoded()`` wrote.
  package init(encoded bytes: [UInt8]) throws(TreeError) {
    var decoder = try TreeDecoder(bytes, kind: TreeEncoder.statementsKind)
    self = try decoder.list { decoder throws(TreeError) in try decoder.statement() }
    try decoder.expectEnd()
  }
}
