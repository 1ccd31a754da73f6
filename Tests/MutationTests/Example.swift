import FunSearch
import PythonSyntax

@testable import Mutation

/// Programs and prompts for the tests.
enum Example {
  /// A specification with one function of these parameters, as in `el: tuple[int, ...]`.
  static func specification(
    _ parameters: [(String, Expression?)] = [("el", tupleOfInts), ("n", .name("int"))],
    returns: Expression? = .name("float"),
    body: [Statement] = [.returning(.real(0))],
    imports: [SpecificationImport] = []
  ) -> Specification {
    let function = FunctionDefinition(
      name: "priority",
      parameters: Parameters(positional: parameters.map { Parameter($0.0, annotation: $0.1) }),
      returns: returns,
      body: body
    )
    return Specification(
      path: "specification.py",
      source: "",
      evolve: function,
      evolveLines: 1...2,
      run: "evaluate",
      verify: nil,
      imports: imports,
      module: [.assign([.name("MODULI")], .tuple([.whole(3), .whole(7)])), .function(function)],
      functionLines: [:]
    )
  }

  static let tupleOfInts = Expression.element(
    of: .name("tuple"),
    at: .tuple([.name("int"), .constant(.ellipsis)])
  )
  static let array = Expression.attribute(.name("np"), "ndarray")
  static let length = Expression.call("len", .name("el"))
  static let nextElement = Expression.element(
    of: .name("el"),
    at: .binary(.binary(.name("i"), .add, .whole(1)), .modulo, length)
  )

  /// A loop with a test, a term after it, and an auxiliary variable.
  static let body: [Statement] = [
    .assign([.name("score")], .real(0)),
    .forLoop(
      .name("i"),
      in: .call("range", length),
      body: [
        .conditional(
          .compare(.element(of: .name("el"), at: .name("i")), .equal, .whole(2)),
          then: [.augmented(.name("score"), .add, .binary(.whole(3), .multiply, nextElement))],
          otherwise: []
        )
      ],
      otherwise: []
    ),
    .assign([.name("a")], .binary(.call(.name("el"), "count", [.whole(1)]), .multiply, .whole(2))),
    .augmented(.name("score"), .subtract, .binary(.name("a"), .modulo, .whole(5))),
    .returning(.name("score")),
  ]

  /// Another program, to cross with.
  static let other: [Statement] = [
    .assign([.name("score")], .real(1.5)),
    .forLoop(
      .name("j"),
      in: .call("range", length),
      body: [.augmented(.name("score"), .multiply, .binary(.name("j"), .add, .real(0.25)))],
      otherwise: []
    ),
    .augmented(.name("score"), .add, .binary(.call("sum", .name("el")), .modulo, .real(1.75))),
    .returning(.name("score")),
  ]

  static func program(_ body: [Statement], number: Int = 1, of specification: Specification) -> Program {
    var function = specification.evolve
    function.body = body
    return Program(
      id: ProgramID(number),
      encodedFunction: function.encoded(),
      encodedSupport: [Statement]().encoded(),
      length: 1,
      scores: Scores(perInput: [0], total: 0)
    )
  }

  static func prompt(_ bodies: [[Statement]], step: Int, of specification: Specification) -> Prompt {
    Prompt(
      step: StepID(island: IslandID(0), step: step),
      epoch: 0,
      versions: bodies.enumerated().map { program($1, number: $0 + 1, of: specification) }
    )
  }

  /// Children of ``body`` by one operator alone; those that fell back to a random program are left out.
  static func children(by name: String, count: Int = 150) throws -> [Candidate] {
    var weights = Dictionary(uniqueKeysWithValues: MutationSettings.operatorNames.map { ($0, 0.0) })
    weights[name] = 1
    let settings = MutationSettings(weights: weights, randomPrograms: 0, furtherOperator: 0)
    let specification = specification()
    let proposer = MutationProposer(specification: specification, settings: settings, seed: 1)
    return try (0..<count).map {
      try proposer.propose(prompt([other, body], step: $0, of: specification), attempt: 0)
    }.filter { $0.operators == [name] }
  }

  /// What the mutator doubts about a body of the usual signature.
  static func doubts(_ body: [Statement]) -> Doubts {
    let specification = specification()
    let vocabulary = Vocabulary(specification, observed: [:])
    return Inspector.inspect(body, vocabulary.scope(of: specification.evolve), vocabulary).doubts
  }
}

extension Candidate {
  var body: [Statement] { code.function.body }
}

extension [Statement] {
  /// Number of statements, those inside others included.
  var statementCount: Int { reduce(0) { $0 + 1 + $1.blocks.reduce(0) { $0 + $1.statementCount } } }

  /// The body with every expression replaced by `0`.
  var skeleton: [Statement] {
    map { statement in
      let plain = statement.with(part: .whole(0))
      let blocks = plain.blocks
      return blocks.count == 2 ? plain.with(blocks[0].skeleton, blocks[1].skeleton) : plain
    }
  }
}
