package import FunSearch
import PythonSyntax

/// Proposes changed versions of a prompt's programs, without a language model.
///
/// A child is the best version, or another, after one or more operators; each result is inspected, and kept only
/// if it fails for no reason that the types, names and literals of the program tell.
package struct MutationProposer: ProgramMaker {
  private let grammar: Grammar
  private let settings: MutationSettings
  private let weights: [Double]
  private let seed: UInt64
  private let parents: ParentCache
  private let tables: TableMaker?

  /// Makes a proposer for a specification's evolved function.
  ///
  /// `observedTypes` holds types of parameters without a type hint, by name, such as `tuple[int, ...]` or
  /// `numpy.ndarray`; `len(NAME)` for a whole-number parameter that always equals the length of NAME. With
  /// `observedRows`, what a sequence parameter was given, the proposer can climb. `vocabulary` is what the problem
  /// adds to the specification's own. `seed` is the run's.
  package init(
    specification: Specification,
    observedTypes: [String: String] = [:],
    observedRows: ObservedRows? = nil,
    vocabulary: CheckedVocabulary = CheckedVocabulary(),
    settings: MutationSettings = MutationSettings(),
    seed: UInt64
  ) {
    grammar = Grammar(Vocabulary(specification, observed: observedTypes, problem: vocabulary))
    tables = observedRows.map { [grammar] in TableMaker($0, grammar) }
    parents = ParentCache(grammar.vocabulary, tables: tables)
    self.settings = settings
    weights = MutationOperators.all.map { settings.weights[$0.name] ?? 0 }
    self.seed = seed
  }

  /// A child of the prompt's versions; a function of (seed, island, step, attempt) and the versions alone.
  package func propose(_ prompt: Prompt, attempt: Int) throws -> Candidate {
    var random = RandomStream(
      seed: seed,
      island: prompt.step.island.number,
      step: prompt.step.step,
      attempt: attempt,
      purpose: .mutation
    )
    if let candidate = try tabled(prompt, &random) { return candidate }
    let versions = prompt.versions
    let best = versions.count - 1
    let main = random.chance(settings.bestParent) ? best : random.integer(below: versions.count)
    let parent = try parents.parent(versions[main])
    let others = versions.indices.filter { $0 != main }
    let donors = others.map { Donor(program: versions[$0], receiver: parent.code, parents: parents) }
    let child = child(of: parent, donors: donors, &random)
    let contributors = (child.donors.map { others[$0] } + (child.isRandom ? [] : [main])).sorted(by: >)
    return Candidate(
      code: ProgramCode(function: child.function, support: parent.code.support),
      parents: contributors.map { versions[$0].id },
      operators: child.operators
    )
  }
}

extension MutationProposer {
  /// A table founded on the prompt's results, or a neighbour of the table climbed to; nil where there are no tables,
  /// and for best-shot prompts.
  private func tabled(_ prompt: Prompt, _ random: inout RandomStream) throws -> Candidate? {
    let results: [Program]
    switch prompt.kind {
    case .bestShot: return nil
    case .founding(let after): results = after
    case .climbing: results = []
    }
    guard let tables, !prompt.versions.isEmpty else { return nil }
    let versions = try prompt.versions.map { try parents.parent($0) }
    let first = versions[0]
    let known = versions.map(\.table)
    let made: (table: FeatureTable, name: String, parents: Int)?
    if case .climbing = prompt.kind, let table = first.table {
      made = (table.reordered(&random), "climb-reorder", 1)
    } else {
      let choice = try tables.choice(after: results)
      made = tables.founded(on: known.contains(nil) ? [] : known.compactMap(\.self), choice, &random)
    }
    guard let made, let function = tables.function(made.table, like: first) else { return nil }
    return Candidate(
      code: ProgramCode(function: function),
      parents: prompt.versions.prefix(made.parents).map(\.id),
      operators: [made.name]
    )
  }
}

/// A child and what made it.
struct Child {
  var function: FunctionDefinition
  var operators: [String] = []
  /// Indices of the donors that gave something.
  var donors: [Int] = []
  var isRandom = false
}

extension MutationProposer {
  /// A changed version of the function.
  func child(
    of parent: ParentCache.Parent,
    donors: [Donor],
    _ random: inout RandomStream
  ) -> Child {
    let vocabulary = grammar.vocabulary
    let (function, start) = (parent.code.function, parent.start)
    if random.chance(settings.randomPrograms) { return fresh(function, start, &random) }
    let inspection = parent.inspection
    let first = Draft(
      grammar: grammar,
      body: function.body,
      inspection: inspection,
      donors: donors,
      start: start
    )
    var child = Child(function: function)
    var draft = first
    var wanted = 1 + random.geometric(settings.furtherOperator, limit: 8)
    let isPure = inspection.doubts[.foreign] == 0
    let limit = max(settings.maxNodes, function.body.nodeCount)
    for _ in 0..<(8 * wanted + 16) where wanted > 0 {
      let op = MutationOperators.all[random.index(weights: weights)]
      guard let change = op.apply(to: draft, &random) else { continue }
      let body = isPure ? change.body.tidied : change.body
      guard body != draft.body, body.nodeCount <= limit else { continue }
      let inspection = Inspector.inspect(body, start, vocabulary)
      guard inspection.doubts.isWithin(first.inspection.doubts) else { continue }
      draft = Draft(
        grammar: grammar,
        body: body,
        inspection: inspection,
        donors: first.donors,
        start: start
      )
      child.operators.append(op.name)
      if let donor = change.donor, !child.donors.contains(donor) { child.donors.append(donor) }
      wanted -= 1
    }
    child.function.body = draft.returning(vocabulary.returns)
    guard !child.operators.isEmpty, child.function.body != function.body else {
      return fresh(function, start, &random)
    }
    return child
  }

  /// A random program.
  private func fresh(_ function: FunctionDefinition, _ start: Scope, _ random: inout RandomStream) -> Child {
    let restart = RestartOperator()
    let draft = Draft(
      grammar: grammar,
      body: function.body,
      inspection: Inspection(),
      donors: [],
      start: start
    )
    var child = Child(function: function, operators: [restart.name], isRandom: true)
    for _ in 0..<20 {
      guard let body = restart.apply(to: draft, &random)?.body.tidied, body != function.body else { continue }
      guard body.nodeCount <= settings.maxNodes else { continue }
      let inspection = Inspector.inspect(body, start, grammar.vocabulary)
      guard inspection.doubts.isEmpty else { continue }
      let changed = Draft(
        grammar: grammar,
        body: body,
        inspection: inspection,
        donors: [],
        start: start
      )
      child.function.body = changed.returning(grammar.vocabulary.returns)
      return child
    }
    child.function.body = function.body.docstring + [grammar.trivial(start, &random)]
    return child
  }
}

extension Draft {
  /// The body, with the result made the number that is wanted where it may be another, or a truth value.
  func returning(_ wanted: ValueType) -> [Statement] {
    guard case .returning(let value?)? = body.last else { return body }
    let mayBeTruth = inspection.result == .bool || inspection.mixesTruth && grammar.vocabulary.readsTruth
    let converted: Expression
    switch (wanted, inspection.result) {
    case (.float, .int), (.float, .bool),
      (.float, .float) where mayBeTruth || inspection.result != .float:
      converted = value.wholeLiteral.map { Expression.real(Double($0)) } ?? value.converted(by: "float")
    case (.int, .int) where mayBeTruth, (.int, .bool): converted = value.converted(by: "int")
    default: return body
    }
    return body.dropLast() + [.returning(converted)]
  }
}

extension Expression {
  /// A call of a type with this, unless it is one already, or a float.
  fileprivate func converted(by type: String) -> Expression {
    if case .call(.name(type), _) = self { return self }
    return isFloatLiteral && type == "float" ? self : .call(type, self)
  }
}

extension FunctionDefinition {
  /// The body, under the parameter names of another definition of the same function.
  func body(named other: Parameters) -> [Statement] {
    let names = zip(parameters.named.map(\.name), other.named.map(\.name)).filter { $0 != $1 }
    guard !names.isEmpty else { return body }
    let renaming = Dictionary(names) { first, _ in first }
    return body.map { $0.renamed(renaming) }
  }
}
