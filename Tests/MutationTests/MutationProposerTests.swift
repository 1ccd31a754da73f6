import FunSearch
import PythonSyntax
import Testing

@testable import Mutation

@Suite("The mutation proposer")
struct MutationProposerTests {
  private let specification = Example.specification()

  @Test("gives the same child for the same key, and others for other keys")
  func keys() throws {
    func children(seed: UInt64, attempt: Int) throws -> [[Statement]] {
      let proposer = MutationProposer(specification: specification, seed: seed)
      return try (0..<60).map {
        try proposer.propose(
          Example.prompt([Example.other, Example.body], step: $0, of: specification),
          attempt: attempt
        ).body
      }
    }
    let first = try children(seed: 3, attempt: 0)
    #expect(try children(seed: 3, attempt: 0) == first)
    let others = try [children(seed: 4, attempt: 0), children(seed: 3, attempt: 1)]
    for other in others { #expect(zip(first, other).count { $0 != $1 } > 50) }
  }

  @Test("makes children that differ, are harmless, and stay within the size limit")
  func chain() throws {
    let settings = MutationSettings(maxNodes: 60)
    for seed in 0..<5 {
      let proposer = MutationProposer(specification: specification, settings: settings, seed: UInt64(seed))
      var versions = [specification.evolve.body, specification.evolve.body]
      for step in 0..<150 {
        let child = try proposer.propose(
          Example.prompt(versions, step: step, of: specification),
          attempt: 0
        )
        let source = child.code.function.source()
        #expect(child.body != versions[1], "seed \(seed)")
        #expect(Example.doubts(child.body).isEmpty, "seed \(seed)\n\(source)")
        #expect(child.body.nodeCount <= 60 + 4, "seed \(seed)\n\(source)")
        #expect(child.code.support.isEmpty)
        versions = [versions[1], child.body]
      }
    }
  }

  @Test("numbers expressions as it replaces them")
  func numbering() throws {
    let proposer = MutationProposer(specification: specification, seed: 11)
    let vocabulary = Vocabulary(specification, observed: [:])
    var body = Example.body
    for step in 0..<80 {
      body = try proposer.propose(Example.prompt([body], step: step, of: specification), attempt: 0).body
      let found = Inspector.inspect(body, vocabulary.scope(of: specification.evolve), vocabulary)
      for site in found.expressions {
        var target = site.number
        var replaced: Expression?
        let same = body.replacing(&target) { expression in
          replaced = expression
          return expression
        }
        #expect(same == body)
        #expect(replaced == site.expression)
      }
      for block in found.blocks {
        var target = block.number
        #expect(body.replacingBlock(&target) { $0 == block.statements ? $0 : [] } == body)
      }
    }
  }

  @Test("leaves alone what it does not understand")
  func foreign() throws {
    let loop = Statement.whileLoop(
      .compare(.name("a"), .greater, .whole(3)),
      body: [.assign([.name("a")], .call("helper", .name("a")))],
      otherwise: []
    )
    let body: [Statement] = [
      .expression(.constant(.string("What it does."))), .assign([.name("a")], .call("len", .name("el"))),
      loop,
      .opaque("b = a"), .returning(.binary(.name("a"), .divide, .whole(2))),
    ]
    let proposer = MutationProposer(specification: specification, seed: 2)
    let before = Example.doubts(body)
    for step in 0..<200 {
      let child = try proposer.propose(Example.prompt([body], step: step, of: specification), attempt: 0)
      #expect(Example.doubts(child.body).isWithin(before), "\(child.code.function.source())")
      #expect(child.body.first == body.first)
    }
  }

  @Test("keeps the parameter names of the version it changes")
  func renamedParameters() throws {
    var function = specification.evolve
    function.parameters.positional = [Parameter("v"), Parameter("size")]
    function.body = Example.body.map { $0.renamed(["el": "v", "n": "size"]) }
    let program = Program(
      id: ProgramID(9),
      encodedFunction: function.encoded(),
      encodedSupport: [Statement]().encoded(),
      length: 1,
      scores: Scores(perInput: [0], total: 0)
    )
    let proposer = MutationProposer(specification: specification, seed: 2)
    for step in 0..<150 {
      let versions = [Example.program(Example.other, of: specification), program]
      let prompt = Prompt(step: StepID(island: IslandID(1), step: step), epoch: 0, versions: versions)
      let child = try proposer.propose(prompt, attempt: 0)
      let names = child.code.function.freeNames.subtracting([
        "int", "float", "tuple", "len", "range", "sum", "abs",
      ])
      #expect(names.subtracting(["min", "max"]).isEmpty, "\(child.code.function.source())")
    }
  }
}
