import FunSearch
import PythonSyntax
import Testing

@testable import Mutation

@Suite("The published random changes")
struct PaperRandomProposerTests {
  /// `b = n + 2`, and a return of `b * 3`.
  private static let body: [Statement] = [
    .assign([.name("b")], .binary(.name("n"), .add, .whole(2))),
    .returning(.binary(.name("b"), .multiply, .whole(3))),
  ]

  private func children(
    _ count: Int,
    of body: [Statement] = body,
    imports: [SpecificationImport] = []
  ) throws -> [Candidate] {
    let specification = Example.specification(body: body, imports: imports)
    let proposer = PaperRandomProposer(
      Vocabulary(specification, observed: [:]),
      maxNodes: 150,
      seed: 5
    )
    return try (0..<count).map {
      try proposer.propose(Example.prompt([body], step: $0, of: specification), attempt: 0)
    }
  }

  @Test("insert one assignment at every place, before the return")
  func insertion() throws {
    var places: [Int: Int] = [:]
    for child in try children(400) {
      #expect(child.body.count == 3 && child.operators.first == "paper-insert")
      #expect(child.parents == [ProgramID(1)])
      let place = child.body.firstIndex { statement in
        if case .assign([.name("v0")], _) = statement { true } else { false }
      }
      places[try #require(place), default: 0] += 1
    }
    // Before b, and behind it.
    #expect(places.count == 2 && places.values.allSatisfy { $0 > 140 }, "\(places)")
  }

  @Test("delete with probability 0.1 and replace with 0.2 and 0.2 of what is left")
  func probabilities() throws {
    var counts: [String: Int] = [:]
    let children = try children(4000)
    for child in children {
      let old = child.body.compactMap { statement -> Expression? in
        if case .assign([.name("b")], let value) = statement { value } else { nil }
      }
      let value = try #require(old.first)
      switch value {
      case .binary(.name("n"), .add, .constant(.int(2))): counts["same", default: 0] += 1
      case .binary(.name("n"), _, .constant(.int(2))): counts["operator", default: 0] += 1
      case .binary(_, .add, _): counts["argument", default: 0] += 1
      case .name("n"), .constant(.int(2)): counts["deleted", default: 0] += 1
      default: counts["other", default: 0] += 1
      }
    }
    func share(_ name: String) -> Double { Double(counts[name] ?? 0) / Double(children.count) }
    #expect(counts["other"] == nil, "\(counts)")
    // Powers that may outgrow are drawn again, so operators come a little less often.
    #expect(abs(share("deleted") - 0.1) < 0.02, "\(counts)")
    #expect(abs(share("operator") - 0.18) < 0.03, "\(counts)")
    #expect(abs(share("argument") - 0.144) < 0.03, "\(counts)")
  }

  @Test("read a variable only behind its assignment")
  func variables() throws {
    let deep: [Statement] = [
      .forLoop(
        .name("i"),
        in: .call("range", .name("n")),
        body: [.assign([.name("c")], .binary(.name("i"), .multiply, .whole(2)))],
        otherwise: []
      ),
      .returning(.binary(.name("n"), .add, .whole(1))),
    ]
    for child in try children(500, of: deep) {
      var known: Set = ["el", "n", "range", "sum", "max", "min", "abs"]
      try Self.check(child.body, &known)
    }
  }

  private static func check(_ block: [Statement], _ known: inout Set<String>) throws {
    for statement in block {
      for case .name(let name) in statement.part?.subexpressions ?? [] {
        #expect(known.contains(name), "\(name) in\n\(block.source())")
      }
      if case .assign(let targets, _) = statement {
        for case .name(let name) in targets { known.insert(name) }
      }
      if case .forLoop(.name(let name), _, let body, _) = statement {
        var inner = known.union([name])
        try check(body, &inner)
      }
    }
  }

  @Test("use numpy's functions where the specification imports it, and only there")
  func functions() throws {
    func functions(_ children: [Candidate]) -> Set<String> {
      Set(
        children.flatMap(\.code.function.subexpressions).compactMap { expression in
          guard case .call(let function, _) = expression else { return nil }
          return function.subexpressions.count > 1 ? "np" : "plain"
        }
      )
    }
    #expect(functions(try children(200)) == ["plain"])
    let numpy = [SpecificationImport(module: "numpy", alias: "np", line: 1)]
    #expect(functions(try children(200, imports: numpy)) == ["np"])
  }

  @Test("stay within the size limit and bounded over long chains")
  func chain() throws {
    let specification = Example.specification()
    let proposer = PaperRandomProposer(Vocabulary(specification, observed: [:]), maxNodes: 60, seed: 1)
    var body = specification.evolve.body
    for step in 0..<300 {
      let child = try proposer.propose(Example.prompt([body], step: step, of: specification), attempt: 0)
      #expect(child.body.nodeCount <= 60)
      #expect(Example.doubts(child.body)[.growth] == 0)
      body = child.body
    }
  }
}
