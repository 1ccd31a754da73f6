/// Python text with its words coloured, line by line as it is.
///
/// It goes by letters, not by grammar: text that is no Python comes out as well, and nothing is lost or added.
package enum PythonSource {
  /// What a stretch of text is.
  enum Kind: String, Hashable, Sendable {
    case keyword = "k"
    case builtin = "b"
    case string = "s"
    case number = "n"
    case comment = "c"
    /// A name that is defined, or a decorator.
    case definition = "d"
    case plain = ""
  }

  /// The text inside `<pre>`, escaped, with a `<span class>` around words: `k` keyword, `b` builtin, `s` string,
  /// `n` number, `c` comment, `d` definition or decorator.
  package static func html(_ source: String) -> HTML {
    "<pre class=\"python\"><code>\(highlighted(source))</code></pre>"
  }

  /// The same without `<pre>`.
  package static func highlighted(_ source: String) -> HTML {
    var html = ""
    for (kind, text) in parts(source) {
      let escaped = ReportText.escaped(text)
      html += kind == .plain ? escaped : "<span class=\"\(kind.rawValue)\">\(escaped)</span>"
    }
    return HTML(markup: html)
  }

  /// The text in stretches; joined they are the text again.
  static func parts(_ source: String) -> [(kind: Kind, text: String)] {
    var scanner = Scanner(source)
    var parts: [(kind: Kind, text: String)] = []
    var afterDefinition = false
    while let (kind, text) = scanner.next() {
      var kind = kind
      if kind == .plain, afterDefinition, text.unicodeScalars.first.map(Scanner.isNameStart) == true {
        kind = .definition
      }
      if text.contains(where: { !$0.isWhitespace }) { afterDefinition = text == "def" || text == "class" }
      if let last = parts.last, last.kind == kind {
        parts[parts.count - 1].text += text
      } else {
        parts.append((kind, text))
      }
    }
    return parts
  }

  fileprivate static let keywords: Set<String> = [
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "case", "class", "continue",
    "def",
    "del", "elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is", "lambda",
    "match", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while", "with", "yield",
  ]
  fileprivate static let builtins: Set<String> = [
    "abs", "all", "any", "bool", "bytes", "dict", "divmod", "enumerate", "filter", "float", "frozenset",
    "int",
    "isinstance", "iter", "len", "list", "map", "max", "min", "next", "pow", "print", "range", "repr",
    "reversed",
    "round", "set", "sorted", "str", "sum", "tuple", "type", "zip",
  ]
}

/// Cuts Python text into stretches.
private struct Scanner {
  private let scalars: [Unicode.Scalar]
  private var place = 0

  init(_ source: String) {
    scalars = Array(source.unicodeScalars)
  }

  static func isNameStart(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "_" || scalar.properties.isXIDStart
  }

  private static func isName(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "_" || scalar.properties.isXIDContinue
  }

  mutating func next() -> (PythonSource.Kind, String)? {
    guard place < scalars.count else { return nil }
    let scalar = scalars[place]
    if scalar == "#" { return (.comment, take { $0 != "\n" }) }
    if scalar == "\"" || scalar == "'" { return (.string, string(from: place)) }
    if Self.isNameStart(scalar) { return name() }
    if ("0"..."9").contains(scalar) { return (.number, number()) }
    if scalar == "@", isFirstOfLine { return (.definition, take { $0 != "\n" && $0 != "(" && $0 != "#" }) }
    place += 1
    return (.plain, String(String.UnicodeScalarView([scalar])))
  }

  private var isFirstOfLine: Bool {
    var before = place - 1
    while before >= 0, scalars[before] == " " || scalars[before] == "\t" { before -= 1 }
    return before < 0 || scalars[before] == "\n"
  }

  private mutating func name() -> (PythonSource.Kind, String) {
    let start = place
    let word = take(while: Self.isName)
    if place < scalars.count, scalars[place] == "\"" || scalars[place] == "'", word.count <= 2,
      word.lowercased().allSatisfy({ "rbuft".contains($0) })
    {
      return (.string, string(from: start))
    }
    if PythonSource.keywords.contains(word) { return (.keyword, word) }
    return (PythonSource.builtins.contains(word) ? .builtin : .plain, word)
  }

  /// A number, its exponent's sign included.
  private mutating func number() -> String {
    let start = place
    while place < scalars.count {
      let scalar = scalars[place]
      let isExponent = place > start && (scalars[place - 1] == "e" || scalars[place - 1] == "E")
      guard Self.isName(scalar) || scalar == "." || (isExponent && (scalar == "+" || scalar == "-")) else {
        break
      }
      place += 1
    }
    return text(start)
  }

  /// A string whose quotes begin at ``place``, from `start` on, where its prefix is.
  private mutating func string(from start: Int) -> String {
    let quote = scalars[place]
    let isTriple = place + 2 < scalars.count && scalars[place + 1] == quote && scalars[place + 2] == quote
    place += isTriple ? 3 : 1
    while place < scalars.count {
      let scalar = scalars[place]
      if scalar == "\\" {
        place = min(place + 2, scalars.count)
        continue
      }
      if scalar == "\n", !isTriple { break }
      if scalar == quote {
        guard isTriple else {
          place += 1
          break
        }
        if place + 2 < scalars.count, scalars[place + 1] == quote, scalars[place + 2] == quote {
          place += 3
          break
        }
      }
      place += 1
    }
    return text(start)
  }

  private mutating func take(while condition: (Unicode.Scalar) -> Bool) -> String {
    let start = place
    while place < scalars.count, condition(scalars[place]) { place += 1 }
    return text(start)
  }

  private func text(_ start: Int) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars[start..<place])
    return String(view)
  }
}
