package import PythonSyntax

/// What a problem gives the offline mutator to build from, beside the function's signature and the literals of
/// its specification.
package struct ProblemVocabulary: Hashable, Sendable {
  /// Whole and other numbers that literals are drawn from, in the order given.
  package var wholes: [Int] = []
  package var reals: [Double] = []
  /// Right sides of `%`, each 2 or more.
  package var moduli: [Int] = []
  package var fragments: [VocabularyFragment] = []

  package init() {}

  /// All of it as lines of text, empty for an empty one: two of one text give the same programs.
  package var text: String {
    let numbers =
      wholes.map { "constant \($0)" } + reals.map { "constant \($0)" } + moduli.map { "modulus \($0)" }
    let texts = fragments.map { "\($0.kind.rawValue) \($0.declaredType ?? "-") \($0.text)" }
    return (numbers + texts).joined(separator: "\n")
  }
}

/// One expression or statement of a vocabulary, with holes such as `{int}` in it.
package struct VocabularyFragment: Hashable, Sendable {
  /// What it is used as.
  package enum Kind: String, Sendable, CaseIterable {
    case expression = "expressions"
    /// An expression of a whole number or a truth value: a property of the input.
    case feature = "features"
    case statement = "statements"
  }

  package let kind: Kind
  /// The type that its author vouches for; nil where the mutator finds it out, and that it cannot fail.
  package let declaredType: String?
  /// As written.
  package let text: String
  /// The file and 1-based line it stands in.
  package let path: String
  package let line: Int
  /// What Python reads in ``source``; empty until it was asked.
  package var tree: [Statement] = []

  package init(kind: Kind, declaredType: String? = nil, text: String, path: String, line: Int) {
    self.kind = kind
    self.declaredType = declaredType
    self.text = text
    self.path = path
    self.line = line
  }

  /// The text with a name of its own for each hole, so that it is Python.
  package var source: String {
    var number = -1
    return text.replacing(Self.hole) { _ in
      number += 1
      return Self.name(ofHole: number)
    }
  }

  /// What the holes ask for, in order; a hole's name in ``source`` tells its place here.
  package var holes: [String] { text.matches(of: Self.hole).map { String($0.output.1) } }

  /// The name that stands for the hole with this number.
  package static func name(ofHole number: Int) -> String { "hole_\(number)__" }

  /// The number of the hole that a name stands for; nil for other names.
  package static func number(ofHole name: String) -> Int? {
    guard name.hasPrefix("hole_"), name.hasSuffix("__") else { return nil }
    return Int(name.dropFirst(5).dropLast(2))
  }

  private static var hole: Regex<(Substring, Substring)> { /\{([A-Za-z_]+(?: [A-Za-z_][A-Za-z_0-9]*)?)\}/ }
}
