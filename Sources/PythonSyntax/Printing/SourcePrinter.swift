/// Python source under construction, as UTF-8.
struct SourcePrinter {
  private(set) var bytes: [UInt8] = []
  /// Spaces per level.
  let indentation: Int
  /// The level of the statement being printed.
  var level: Int

  init(indentation: Int = 2, level: Int = 0) {
    precondition(indentation > 0 && level >= 0, "Python needs a positive indentation")
    self.indentation = indentation
    self.level = level
    bytes.reserveCapacity(512)
  }

  var text: String { String(decoding: bytes, as: UTF8.self) }

  mutating func put(_ text: String) {
    bytes.append(contentsOf: text.utf8)
  }

  mutating func put(_ byte: UInt8) {
    bytes.append(byte)
  }

  mutating func put(_ other: some Sequence<UInt8>) {
    bytes.append(contentsOf: other)
  }

  mutating func putIndentation() {
    bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: indentation * level))
  }

  /// Prints each item with `print`, `, ` between them.
  mutating func putList<Item>(
    _ items: some Collection<Item>,
    _ print: (inout SourcePrinter, Item) -> Void
  ) {
    var first = true
    for item in items {
      if !first { put(", ") }
      first = false
      print(&self, item)
    }
  }
}

extension Expression {
  /// The expression as Python source on one line (unless it holds opaque text of several).
  public var source: String {
    var printer = SourcePrinter()
    printer.print(self, atLeast: .tuple)
    return printer.text
  }
}

extension Statement {
  /// The statement as Python source, ended by a newline.
  public func source(indentation: Int = 2, level: Int = 0) -> String {
    var printer = SourcePrinter(indentation: indentation, level: level)
    printer.print(self)
    return printer.text
  }
}

extension [Statement] {
  /// The statements as Python source, each ended by a newline; empty for no statement.
  public func source(indentation: Int = 2, level: Int = 0) -> String {
    var printer = SourcePrinter(indentation: indentation, level: level)
    for statement in self { printer.print(statement) }
    return printer.text
  }
}

extension FunctionDefinition {
  /// The function as Python source, decorators first, ended by a newline.
  public func source(indentation: Int = 2, level: Int = 0) -> String {
    var printer = SourcePrinter(indentation: indentation, level: level)
    printer.print(self)
    return printer.text
  }
}
