import FunSearch
import PythonSyntax

/// Founds and climbs tables over features of a sequence parameter.
struct TableMaker: Sendable {
  /// Fewer cells decide nothing, more make programs that nobody reads.
  private static let cells = 4...400
  private static let largestTable = 900

  let family: FeatureFamily
  private let grammar: Grammar
  private let known = FeatureCache()

  init(_ rows: ObservedRows, _ grammar: Grammar) {
    family = FeatureFamily(rows)
    self.grammar = grammar
  }

  /// What the results of climbs tell about features.
  ///
  /// - Throws: `TreeError` for a program that cannot be decoded.
  func choice(after results: [Program]) throws -> FeatureChoice {
    FeatureChoice(
      try results.map { program in
        let features = try known.features(of: program) {
          let code = try ProgramCode(program)
          return table(of: code, grammar.vocabulary.scope(of: code.function))?.features ?? []
        }
        return (features, program.scores.total)
      }
    )
  }

  /// The table of a program; nil when it is none.
  func table(of code: ProgramCode, _ start: Scope) -> FeatureTable? {
    let words = words(of: code.function, start)
    return words.flatMap {
      FeatureTable(code.function.body, family, $0.el, $0.n, avoiding: $0.taken)
    }
  }

  /// The function with this table as its body.
  func function(_ table: FeatureTable, like parent: ParentCache.Parent) -> FunctionDefinition? {
    guard let words = words(of: parent.code.function, parent.start) else { return nil }
    var function = parent.code.function
    function.body =
      function.body.docstring + table.body(family, words.el, words.n, avoiding: words.taken)
    return function
  }

  /// A table in random order, over features chosen by `choice` or over those of good tables with one changed.
  ///
  /// - Returns: the table, the name of the operator, and how many of `parents` gave features; nil when no features
  ///   were found that tell enough rows apart.
  func founded(
    on parents: [FeatureTable],
    _ choice: FeatureChoice,
    _ random: inout RandomStream
  ) -> (FeatureTable, String, Int)? {
    for _ in 0..<60 {
      var features = random.chance(0.6) ? [] : parents.first?.features ?? []
      var used = features.isEmpty ? 0 : 1
      let name: String
      if features.isEmpty {
        // Features of one symmetry make a table with few cells, and an object with that symmetry.
        let isTurned = random.chance(0.5)
        name = isTurned ? "found-turned" : "found-random"
        let count = 2 + random.index(weights: [4, 4, 1])
        for _ in 0..<20 where features.count < count {
          add(&features, of: isTurned ? family.turned : family.features, choice, &random)
        }
        guard features.count > 1 else { continue }
      } else {
        name = breed(&features, parents, &used, choice, &random)
      }
      guard family.size(features) <= Self.largestTable else { continue }
      let cells = family.cells(features)
      guard Self.cells.contains(cells.count) else { continue }
      return (FeatureTable(features: features, order: random.shuffled(cells)), name, used)
    }
    return nil
  }

  /// Changes one feature; the name of what was done.
  private func breed(
    _ features: inout [Feature],
    _ parents: [FeatureTable],
    _ used: inout Int,
    _ choice: FeatureChoice,
    _ random: inout RandomStream
  ) -> String {
    let place = random.integer(below: features.count)
    switch random.index(weights: [3, 1, features.count > 2 ? 1 : 0, parents.count > 1 ? 2 : 0, 1]) {
    case 0:
      features.remove(at: place)
      add(&features, of: family.features, choice, &random)
      return "found-swap"
    case 1:
      add(&features, of: family.features, choice, &random)
      return "found-add"
    case 2:
      features.remove(at: place)
      return "found-drop"
    case 3:
      let given = random.element(of: parents[1].features)
      if !features.contains(given) { features[place] = given }
      used = 2
      return "found-borrow"
    default:
      return "found-again"
    }
  }

  private func add(
    _ features: inout [Feature],
    of candidates: [Feature],
    _ choice: FeatureChoice,
    _ random: inout RandomStream
  ) {
    let feature = choice.feature(of: candidates, &random)
    if !features.contains(feature), family.column(feature).range > 1 { features.append(feature) }
  }

  /// The sequence, its length, and the names that are taken; nil for a function without such a parameter.
  private func words(
    of function: FunctionDefinition,
    _ start: Scope
  ) -> (el: Expression, n: Expression, taken: [String])? {
    let parameters = grammar.vocabulary.parameters
    guard let place = parameters.firstIndex(where: { $0.name == family.parameter }) else { return nil }
    let names = function.parameters.named.map(\.name)
    guard names.indices.contains(place) else { return nil }
    let el = names[place]
    return (.name(el), grammar.length(el, start), names + ["i"])
  }
}
