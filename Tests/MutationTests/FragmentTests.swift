import FunSearch
import PythonSyntax
import Testing

@testable import Mutation

@Suite("A problem's vocabulary")
struct FragmentTests {
  private typealias Kind = VocabularyFragment.Kind

  private static let count = Expression.call(.name("el"), "count", [.name("hole_0__")])
  private static let helper = Expression.call("helper", .name("el"), .name("hole_0__"))

  /// A fragment as Python would have read it.
  private static func fragment(
    _ kind: Kind,
    _ text: String,
    _ tree: Statement,
    type: String? = nil
  ) -> VocabularyFragment {
    var fragment = VocabularyFragment(kind: kind, declaredType: type, text: text, path: "p.yaml", line: 7)
    fragment.tree = [tree]
    return fragment
  }

  private static func checked(
    _ fragments: [VocabularyFragment],
    of specification: Specification = Example.specification()
  ) throws(VocabularyError) -> CheckedVocabulary {
    var vocabulary = ProblemVocabulary()
    vocabulary.fragments = fragments
    return try CheckedVocabulary(vocabulary, specification: specification)
  }

  private static func message(_ fragment: VocabularyFragment) -> String {
    do {
      _ = try checked([fragment])
      return "nothing was thrown"
    } catch {
      return error.description
    }
  }

  private static func children(_ vocabulary: CheckedVocabulary, count: Int = 400) throws -> [Candidate] {
    let specification = Example.specification()
    let proposer = MutationProposer(specification: specification, vocabulary: vocabulary, seed: 5)
    return try (0..<count).map {
      try proposer.propose(
        Example.prompt([Example.other, Example.body], step: $0, of: specification),
        attempt: 0
      )
    }
  }

  @Test("is built from, and what is built is harmless")
  func isUsed() throws {
    let loop = Expression.generator(
      .binary(.name("hole_0__"), .multiply, .element(of: .name("el"), at: .name("i"))),
      [Generator(.name("i"), in: .call("range", .call("len", .name("el"))))]
    )
    let vocabulary = try Self.checked([
      Self.fragment(
        .expression,
        "pow(2, el.count({int}) % 3)",
        .expression(.binary(.whole(2), .power, .binary(Self.count, .modulo, .whole(3))))
      ),
      Self.fragment(.feature, "sum({int} * el[i] for i in range(len(el)))", .expression(.call("sum", loop))),
      Self.fragment(
        .statement,
        "{target} -= 7.25 * {float}",
        .augmented(.name("hole_0__"), .subtract, .binary(.real(7.25), .multiply, .name("hole_1__")))
      ),
    ])
    let known = Vocabulary(Example.specification(), observed: [:], problem: vocabulary)
    var found: Set<String> = []
    for child in try Self.children(vocabulary) {
      let source = child.code.function.source()
      let doubts = Inspector.inspect(child.body, known.scope(of: child.code.function), known).doubts
      #expect(doubts.isEmpty, "\(source)")
      #expect(!source.contains("hole_"), "\(source)")
      for text in ["2 ** (el.count(", "* el[", "-= 7.25 *"] where source.contains(text) { found.insert(text) }
    }
    #expect(found.count == 3, "\(found)")
  }

  @Test("gives numbers to literals and right sides of %")
  func numbers() throws {
    var vocabulary = ProblemVocabulary()
    vocabulary.wholes = [777]
    vocabulary.reals = [0.123]
    vocabulary.moduli = [61]
    let sources = try Self.children(try CheckedVocabulary(vocabulary, specification: Example.specification()))
      .map { $0.code.function.source() }
    for text in ["777", "0.123", "% 61"] { #expect(sources.contains { $0.contains(text) }, "\(text)") }
  }

  @Test("changes nothing when it is empty")
  func empty() throws {
    let specification = Example.specification()
    let plain = MutationProposer(specification: specification, seed: 5)
    for (step, child) in try Self.children(try Self.checked([]), count: 50).enumerated() {
      let prompt = Example.prompt([Example.other, Example.body], step: step, of: specification)
      #expect(try plain.propose(prompt, attempt: 0).body == child.body)
    }
  }

  @Test("takes the word of its author for a type it does not know, and only for that very expression")
  func trusted() throws {
    let vocabulary = try Self.checked(
      [
        Self.fragment(.expression, "helper(el, {int})", .expression(Self.helper), type: "float")
      ],
      of: Self.withHelper
    )
    let known = Vocabulary(Self.withHelper, observed: [:], problem: vocabulary)
    func doubts(_ second: Expression) -> Doubts {
      let value = Expression.binary(.whole(2), .multiply, .call("helper", .name("el"), second))
      return Inspector.inspect([.returning(value)], known.scope(of: Self.withHelper.evolve), known).doubts
    }
    #expect(doubts(.whole(3)).isEmpty)
    #expect(doubts(.element(of: .name("el"), at: .whole(0))).isEmpty)
    #expect(!doubts(.real(0.5)).isEmpty)
    #expect(!doubts(.element(of: .name("el"), at: .whole(5))).isEmpty)
    let other = Expression.call("helper", .name("n"), .whole(3))
    #expect(
      !Inspector.inspect([.returning(other)], known.scope(of: Self.withHelper.evolve), known).doubts.isEmpty
    )
    let proposer = MutationProposer(specification: Self.withHelper, vocabulary: vocabulary, seed: 5)
    let children = try (0..<300).map {
      try proposer.propose(
        Example.prompt([Example.other, Example.body], step: $0, of: Self.withHelper),
        attempt: 0
      )
    }
    for child in children {
      let found = Inspector.inspect(child.body, known.scope(of: child.code.function), known)
      #expect(found.doubts.isEmpty, "\(child.code.function.source())")
      // Expressions are numbered as they are replaced.
      for site in found.expressions {
        var target = site.number
        var replaced: Expression?
        _ = child.body.replacing(&target) { expression in
          replaced = expression
          return expression
        }
        #expect(replaced == site.expression)
      }
    }
    #expect(children.contains { $0.code.function.source().contains("helper(el, ") })
  }

  private static var withHelper: Specification {
    let plain = Example.specification()
    let helper = FunctionDefinition(name: "helper", parameters: Parameters(), body: [.pass])
    return Specification(
      path: plain.path,
      source: "",
      evolve: plain.evolve,
      evolveLines: 1...2,
      run: "evaluate",
      verify: nil,
      imports: [],
      module: plain.module + [.function(helper)],
      functionLines: [:]
    )
  }

  @Test("says what is wrong with a fragment, where, and what to do")
  func errors() {
    func expression(_ text: String, _ value: Expression, type: String? = nil) -> VocabularyFragment {
      Self.fragment(.expression, text, .expression(value), type: type)
    }
    let cases: [(VocabularyFragment, String)] = [
      (
        expression("elm[0]", .element(of: .name("elm"), at: .whole(0))),
        "p.yaml:7: `elm[0]`: unknown name elm; did you mean el?"
      ),
      (
        expression("{itn}", .name("hole_0__")),
        "p.yaml:7: `{itn}`: {itn} is no hole of expressions: did you mean {int}?"
      ),
      (
        expression("{target}", .name("hole_0__")),
        "p.yaml:7: `{target}`: {target} is no hole of expressions: only a statement changes a variable"
      ),
      (
        expression("el[{index m}]", .element(of: .name("el"), at: .name("hole_0__"))),
        "p.yaml:7: `el[{index m}]`: {index m}: the function has no parameter m"
      ),
      (
        expression("n[{index n}]", .element(of: .name("n"), at: .name("hole_0__"))),
        "p.yaml:7: `n[{index n}]`: {index n}: the parameter n is no tuple or list"
      ),
      (
        expression("el + 1", .binary(.name("el"), .add, .whole(1))),
        "p.yaml:7: `el + 1`: an operation in it does not fit the types of its operands"
      ),
      (
        expression("1 / n", .binary(.whole(1), .divide, .name("n"))),
        "p.yaml:7: `1 / n`: a divisor in it may be zero; write {divisor} or {modulus}, or add 1 to an absolute value"
      ),
      (
        expression("el[3]", .element(of: .name("el"), at: .whole(3))),
        "p.yaml:7: `el[3]`: an index in it may lie outside its sequence; write {index NAME}, or take it modulo the length"
      ),
      (
        expression("evaluate(n)", .call("evaluate", .name("n"))),
        "p.yaml:7: `evaluate(n)`: evaluate is hidden from programs: it scores them"
      ),
      (
        expression("hash(n)", .call("hash", .name("n"))),
        """
        p.yaml:7: `hash(n)`: it holds what the mutator does not know, so its type must be said, as in \
        `float: helper(el)`; that vouches for the type, and that it cannot fail
        """
      ),
      (
        expression("range({int})", .call("range", .name("hole_0__"))),
        "p.yaml:7: `range({int})`: it holds what the mutator does not know"
      ),
      (
        Self.fragment(.feature, "n / 2", .expression(.binary(.name("n"), .divide, .whole(2)))),
        "p.yaml:7: `n / 2`: a feature is a whole number or a truth value; write this one under \"expressions\""
      ),
      (
        Self.fragment(.expression, "x = 1", .assign([.name("x")], .whole(1))),
        "p.yaml:7: `x = 1`: it is a statement; write an expression"
      ),
      (
        Self.fragment(.statement, "score += 1", .augmented(.name("score"), .add, .whole(1))),
        "p.yaml:7: `score += 1`: it changes nothing; write {target} for the variable that it changes"
      ),
      (
        Self.fragment(
          .statement,
          "if n: {target} += 1; x = 2",
          .conditional(
            .name("n"),
            then: [.augmented(.name("hole_0__"), .add, .whole(1)), .assign([.name("x")], .whole(2))],
            otherwise: []
          )
        ),
        "p.yaml:7: `if n: {target} += 1; x = 2`: it assigns x; only {target} may change"
      ),
    ]
    for (fragment, wanted) in cases {
      let found = Self.message(fragment)
      #expect(found.hasPrefix(wanted), "\(found)")
    }
  }
}
