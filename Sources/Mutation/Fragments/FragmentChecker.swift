import FunSearch
import PythonSyntax

/// Makes a fragment of what a problem's vocabulary says, or tells what is wrong with it.
struct FragmentChecker {
  let source: VocabularyFragment
  let vocabulary: Vocabulary
  /// Names that a candidate may not use: entry point and verifier.
  let hidden: Set<String>
  private let kinds: [HoleKind]
  /// What every target is called while the fragment is looked at.
  private static let target = "hole_target__"

  init(
    _ source: VocabularyFragment,
    _ vocabulary: Vocabulary,
    hidden: Set<String>
  ) throws(VocabularyError) {
    self.source = source
    self.vocabulary = vocabulary
    self.hidden = hidden
    var kinds: [HoleKind] = []
    for word in source.holes {
      guard let kind = HoleKind(word), kind != .target || source.kind == .statement else {
        let hint = nearestName(to: word, in: HoleKind.words).map { "did you mean {\($0)}?" }
        let others = HoleKind.words.map { "{\($0)}" }.joined(separator: ", ")
        let advice =
          word == "target" ? "only a statement changes a variable" : hint ?? "there are \(others)"
        throw Self.invalid(source, "{\(word)} is no hole of \(source.kind.rawValue): \(advice)")
      }
      kinds.append(kind)
    }
    self.kinds = kinds
  }

  /// The fragment, checked.
  func fragment() throws(VocabularyError) -> Fragment {
    try checkIndexHoles()
    let statement = try statement()
    try checkNames(statement)
    let inspection = inspected(statement, withExamples: false)
    let type = try type(of: statement)
    let start = self.start(withExamples: false)
    let loops = Self.loops(in: statement)
    return Fragment(
      shape: shape(statement, type),
      holes: try holes(inspection, statement, loops),
      bound: loops,
      parameters: vocabulary.parameters.filter { parameter in statement.namesInside.contains(parameter.name)
      },
      depth: (inspection.scopes.map(\.depth).max() ?? 0) - start.depth,
      isTrusted: source.declaredType != nil
    )
  }

  // MARK: The tree

  /// The one statement that the fragment is, every target under one name.
  private func statement() throws(VocabularyError) -> Statement {
    guard source.tree.count == 1, let statement = source.tree.first else {
      throw invalid("it must be one \(source.kind == .statement ? "statement" : "expression")")
    }
    if source.kind != .statement {
      guard case .expression = statement else { throw invalid("it is a statement; write an expression") }
      return statement
    }
    let targets = kinds.indices.filter { kinds[$0] == .target }
    guard !targets.isEmpty else {
      throw invalid("it changes nothing; write {target} for the variable that it changes")
    }
    let names = targets.map { (VocabularyFragment.name(ofHole: $0), Self.target) }
    let renamed = statement.renamed(Dictionary(names) { first, _ in first })
    let assigned = Set([renamed].assignedNames).subtracting(Self.loops(in: renamed))
    guard assigned == [Self.target] else {
      let names = assigned.subtracting([Self.target]).sorted().joined(separator: ", ")
      throw invalid(
        names.isEmpty ? "it does not change {target}" : "it assigns \(names); only {target} may change"
      )
    }
    return renamed
  }

  private func shape(_ statement: Statement, _ type: ValueType) -> Fragment.Shape {
    if source.kind != .statement, case .expression(let value) = statement { return .expression(value, type) }
    return .statement(statement)
  }

  /// Loop variables of a fragment, each once.
  private static func loops(in statement: Statement) -> [String] {
    var names: [String] = []
    func visit(_ expression: Expression) {
      if case .generator(_, let generators) = expression { names += generators.flatMap(\.target.boundNames) }
      if case .listComprehension(_, let generators) = expression {
        names += generators.flatMap(\.target.boundNames)
      }
      expression.forEachPart(visit)
    }
    func visit(_ statement: Statement) {
      if case .forLoop(let target, _, _, _) = statement { names += target.boundNames }
      statement.part.map(visit)
      statement.forEachBlock { $0.forEach(visit) }
    }
    visit(statement)
    return names.reduce(into: []) { kept, name in if !kept.contains(name) { kept.append(name) } }
  }

  // MARK: Names

  private func checkIndexHoles() throws(VocabularyError) {
    for case .index(let name) in kinds {
      let parameter = vocabulary.parameters.first { $0.name == name }
      guard let parameter else { throw invalid("{index \(name)}: the function has no parameter \(name)") }
      guard parameter.type.isSequence else {
        throw invalid("{index \(name)}: the parameter \(name) is no tuple or list")
      }
    }
  }

  private func checkNames(_ statement: Statement) throws(VocabularyError) {
    let loops = Self.loops(in: statement)
    let own = vocabulary.parameters.map(\.name)
    for name in statement.namesInside.sorted() {
      if VocabularyFragment.number(ofHole: name) != nil || name == Self.target || loops.contains(name) {
        continue
      }
      if hidden.contains(name) { throw invalid("\(name) is hidden from programs: it scores them") }
      guard !own.contains(name), !vocabulary.globals.contains(name) else { continue }
      let near = nearestName(to: name, in: own + vocabulary.globals.sorted())
      throw invalid(
        "unknown name \(name)"
          + (near.map { "; did you mean \($0)?" } ?? "; the function has \(own.joined(separator: ", "))")
      )
    }
  }

  // MARK: Types

  /// What has a value inside the fragment; with examples, holes that are literals then are left out.
  private func start(withExamples: Bool) -> Scope {
    var scope = Scope(variables: vocabulary.parameters)
    for (number, kind) in kinds.enumerated() {
      guard let type = kind.type, !withExamples || kind.example == nil else { continue }
      scope.define(VocabularyFragment.name(ofHole: number), type, .parameter)
    }
    return scope
  }

  private func inspected(_ statement: Statement, withExamples: Bool) -> Inspection {
    let filled =
      !withExamples
      ? statement
      : statement.mapped { expression in
        guard case .name(let name) = expression, let number = VocabularyFragment.number(ofHole: name),
          let example = kinds[number].example
        else { return expression }
        return example
      }
    let start = start(withExamples: withExamples)
    if source.kind == .statement {
      let array = vocabulary.returns.isArray ? vocabulary.parameters.first(where: \.type.isArray) : nil
      let first = array.map { Expression.binary(.name($0.name), .multiply, .real(0.5)) } ?? .real(0)
      let target = Expression.name(Self.target)
      return Inspector.inspect([.assign([target], first), filled, .returning(target)], start, vocabulary)
    }
    guard case .expression(let value) = filled else { return Inspection() }
    return Inspector.inspect([.returning(value)], start, vocabulary)
  }

  /// The type of the expression, once nothing in the fragment may fail.
  private func type(of statement: Statement) throws(VocabularyError) -> ValueType {
    let found: ValueType
    if let declared = source.declaredType.flatMap({ HoleKind($0)?.type }) {
      found = declared
    } else {
      let inspection = inspected(statement, withExamples: true)
      if let reason = Self.reason(inspection.doubts) { throw invalid(reason) }
      found = inspection.result
    }
    if source.kind == .feature, found != .int, found != .bool {
      throw invalid("a feature is a whole number or a truth value; write this one under \"expressions\"")
    }
    guard source.kind == .statement || found != .unknown else {
      throw invalid(
        "its type is not known; say it, as in `float: \(source.text)`, and vouch that it cannot fail"
      )
    }
    return found
  }

  /// Why what was inspected may fail; nil when it cannot.
  private static func reason(_ doubts: Doubts) -> String? {
    let reasons: [(Doubts.Kind, String)] = [
      (.name, "a name in it may have no value"),
      (.type, "an operation in it does not fit the types of its operands"),
      (
        .index,
        "an index in it may lie outside its sequence; write {index NAME}, or take it modulo the length"
      ),
      (
        .divisor,
        "a divisor in it may be zero; write {divisor} or {modulus}, or add 1 to an absolute value"
      ),
      (.growth, "a value in it may outgrow every number"),
      (.array, "it may change an array that is not the program's own, or join arrays of different lengths"),
      (
        .foreign,
        "it holds what the mutator does not know, so its type must be said, as in `float: helper(el)`; "
          + "that vouches for the type, and that it cannot fail"
      ),
    ]
    return reasons.first { doubts[$0.0] > 0 }?.1
  }

  // MARK: Holes

  private func holes(
    _ inspection: Inspection,
    _ statement: Statement,
    _ loops: [String]
  ) throws(VocabularyError) -> [Fragment.Hole] {
    var holes: [Fragment.Hole] = []
    for (number, kind) in kinds.enumerated() where kind != .target {
      let name = VocabularyFragment.name(ofHole: number)
      let site = inspection.expressions.first { $0.expression == .name(name) }
      guard site != nil || source.declaredType != nil && statement.mentions(name) else {
        throw invalid("{\(source.holes[number])} stands where nothing can be filled in")
      }
      let scope = site.map { inspection.scopes[$0.scope] }
      let inner = scope?.variables.filter { loops.contains($0.name) } ?? []
      holes.append(Fragment.Hole(name: name, kind: kind, inner: inner))
    }
    if source.kind == .statement { holes.append(Fragment.Hole(name: Self.target, kind: .target, inner: [])) }
    return holes
  }

  private func invalid(_ detail: String) -> VocabularyError { Self.invalid(source, detail) }

  private static func invalid(_ source: VocabularyFragment, _ detail: String) -> VocabularyError {
    .invalid(path: source.path, line: source.line, detail: "`\(source.text)`: \(detail)")
  }
}
