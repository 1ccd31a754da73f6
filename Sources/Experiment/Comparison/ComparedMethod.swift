import FunSearch

/// One of the methods that an experiment compares: the search, under settings of its own.
package struct ComparedMethod: Hashable, Sendable {
  /// What it is called in tables, and in the names of its runs.
  package let name: String
  /// Settings by name, applied in this order after those of all methods.
  package let settings: [Assignment]

  /// A setting and its value.
  package struct Assignment: Hashable, Sendable {
    package let key: String
    package let value: String

    package init(_ key: String, _ value: String) {
      self.key = key
      self.value = value
    }
  }

  /// The methods there are, with what each is.
  package static let all: [(method: ComparedMethod, meaning: String)] = [
    (ComparedMethod(name: "offline", settings: []), "the default search"),
    (
      ComparedMethod(name: "random", settings: [Assignment("proposer.method", "random")]),
      "random programs of the grammar"
    ),
    (
      ComparedMethod(
        name: "hill-climb",
        settings: [
          Assignment("proposer.method", "hill-climb"), Assignment("search.islands", "1"),
          Assignment("search.lag", "1"), Assignment("search.climb_steps", "1000000000"),
          Assignment("search.climb_patience", "500"),
        ]
      ),
      "one current program, changed, and kept when not worse; begun anew after 500 steps without a gain"
    ),
    (
      ComparedMethod(name: "one-island", settings: [Assignment("search.islands", "1")]),
      "the default search on a single island"
    ),
    (
      ComparedMethod(name: "paper-random", settings: [Assignment("proposer.method", "paper-random")]),
      "the published random changes of the tree, in the default islands"
    ),
  ]

  /// The method with this name.
  /// - Throws: ``RunError`` that names the nearest.
  package static func named(_ name: String) throws(RunError) -> ComparedMethod {
    if let found = all.first(where: { $0.method.name == name }) { return found.method }
    let names = all.map(\.method.name)
    let hint = nearestName(to: name, in: names).map { "; did you mean \"\($0)\"?" } ?? ""
    throw RunError(
      "unknown method \"\(name)\"\(hint.isEmpty ? "; there are \(names.joined(separator: ", "))" : hint)",
      in: .usage
    )
  }
}
