/// Tuples, lists, sets, dictionaries and their comprehensions.
extension SourcePrinter {
  mutating func printDisplay(_ expression: Expression) {
    switch expression {
    case .tuple(let items) where items.isEmpty: put("()")
    case .tuple(let items): printItems(items, oneEndsInComma: true)
    case .list(let items):
      put(UInt8(ascii: "["))
      printItems(items)
      put(UInt8(ascii: "]"))
    case .set(let items): printSet(items)
    case .dictionary(let entries): printDictionary(entries)
    case .listComprehension(let element, let generators): printComprehension("[", element, generators, "]")
    case .setComprehension(let element, let generators): printComprehension("{", element, generators, "}")
    case .generator(let element, let generators): printComprehension("(", element, generators, ")")
    case .dictionaryComprehension(let key, let value, let generators):
      put(UInt8(ascii: "{"))
      print(key, atLeast: .test)
      put(": ")
      print(value, atLeast: .test)
      print(generators)
      put(UInt8(ascii: "}"))
    default:
      preconditionFailure("not a display")
    }
  }

  /// Prints items between commas; `oneEndsInComma` for what makes a tuple of a single item.
  mutating func printItems(_ items: [Expression], oneEndsInComma: Bool = false) {
    putList(items) { printer, item in printer.print(item, atLeast: .test) }
    if oneEndsInComma, items.count == 1 { put(UInt8(ascii: ",")) }
  }

  mutating func printComprehension(
    _ open: String,
    _ element: Expression,
    _ generators: [Generator],
    _ close: String
  ) {
    put(open)
    print(element, atLeast: .test)
    print(generators)
    put(close)
  }

  private mutating func print(_ generators: [Generator]) {
    for generator in generators {
      put(" for ")
      printTarget(generator.target)
      put(" in ")
      print(generator.source, atLeast: .or)
      for condition in generator.conditions {
        put(" if ")
        print(condition, atLeast: .or)
      }
    }
  }

  /// Prints what is assigned to; a tuple needs no parentheses.
  mutating func printTarget(_ target: Expression) {
    print(target, atLeast: .tuple)
  }

  /// Python has no display of an empty set, but unpacks one from an empty tuple.
  private mutating func printSet(_ items: [Expression]) {
    guard !items.isEmpty else { return put("{*()}") }
    put(UInt8(ascii: "{"))
    printItems(items)
    put(UInt8(ascii: "}"))
  }

  private mutating func printDictionary(_ entries: [DictionaryEntry]) {
    put(UInt8(ascii: "{"))
    putList(entries) { printer, entry in
      switch entry {
      case .pair(let key, let value):
        printer.print(key, atLeast: .test)
        printer.put(": ")
        printer.print(value, atLeast: .test)
      case .unpacked(let value):
        printer.put("**")
        printer.print(value, atLeast: .bitOr)
      }
    }
    put(UInt8(ascii: "}"))
  }
}
