import Foundation
import FunSearch
import PythonSyntax
import Testing

@testable import Mutation

/// Ten thousand children of all kinds of signatures, run by Python on real arguments.
@Suite("Children in Python")
struct ChildrenRunTests {
  /// A function to evolve, and Python text of the arguments it is called with.
  private struct Case {
    let name: String
    let parameters: [(String, String?)]
    var observed: [String: String] = [:]
    var returns = "float"
    var body: [Statement] = [.returning(.constant(.float(0)))]
    var numpy = false
    var children = 1200
    let arguments: String
  }

  private static let tuples = "[(t, len(t)) for t in TUPLES]"
  private static let cases: [Case] = [
    Case(
      name: "tuple and length",
      parameters: [("el", "tuple[int, ...]"), ("n", "int")],
      children: 2500,
      arguments: tuples
    ),
    Case(
      name: "known length",
      parameters: [("el", nil), ("n", nil)],
      observed: ["el": "tuple[int, ...]", "n": "len(el)"],
      arguments: tuples
    ),
    Case(
      name: "tuple alone",
      parameters: [("el", "tuple[int, ...]")],
      arguments: "[(t,) for t in TUPLES] + [((40, -7, 9, 0),), ((5,),)]"
    ),
    Case(
      name: "list of floats",
      parameters: [("values", "list[float]"), ("k", "int")],
      arguments: "[([0.5, -2.0, 3.25], 2), ([0.0], 0), ([1e3, 2.0] * 4, -5)]"
    ),
    Case(
      name: "numbers",
      parameters: [("x", "int"), ("y", "float")],
      arguments: "[(0, 0.0), (3, -2.5), (-40, 100.0), (7, 1e-3), (1, 1)]"
    ),
    Case(
      name: "no hints",
      parameters: [("x", nil), ("y", nil)],
      arguments: "[(0, 0.5), (-3, 2), (10.0, 10)]"
    ),
    Case(
      name: "text and mapping",
      parameters: [("word", "str"), ("table", "dict[str, int]"), ("k", "int")],
      arguments: "[('abc', {'a': 1}, 2), ('', {}, 0)]"
    ),
    Case(
      name: "a user's own",
      parameters: [("el", "tuple[int, ...]"), ("n", "int")],
      body: userBody,
      arguments: tuples
    ),
    Case(
      name: "array",
      parameters: [("item", "float"), ("bins", "np.ndarray")],
      returns: "np.ndarray",
      body: [.returning(.unary(.minus, .binary(.name("bins"), .subtract, .name("item"))))],
      numpy: true,
      children: 1500,
      arguments: "[(3, np.array([3, 10, 7])), (2.5, np.array([2.5, 100.0])), (40, np.array([100] * 6))]"
    ),
  ]

  /// One case for each kind of type hint, and the same kinds as a traced call tells of them.
  private static let kinds: [Case] = [
    Case(
      name: "truth values",
      parameters: [("flag", "bool"), ("x", "float")],
      arguments: "[(True, 0.5), (False, -3.0)]"
    ),
    Case(
      name: "texts",
      parameters: [("word", "str"), ("words", "list[str]"), ("k", "int")],
      arguments: "[('abc', ['a', 'bc'], 2), ('', ['x'], 0), ('eae', ['', 'a_0', 'a'], -4)]"
    ),
    Case(
      name: "tuple of floats",
      parameters: [("row", "tuple[float, ...]")],
      arguments: "[((0.5, -2.0, 3.25),), ((0.0,),), ((1e3, 2.0, 5.5, 7.25, 0.1),)]"
    ),
    Case(
      name: "list of truth values",
      parameters: [("bits", "List[bool]"), ("n", "int")],
      arguments: "[([True, False, True], 3), ([False], 1), ([True] * 9, 9)]"
    ),
    Case(
      name: "tuple of several types",
      parameters: [("job", "tuple[int, str, float, bool]"), ("now", "float")],
      arguments: "[((3, 'a', 0.5, True), 2.0), ((0, '', -1.0, False), 0.0)]"
    ),
    Case(
      name: "mapping of numbers",
      parameters: [("table", "dict[str, float]"), ("name", "str"), ("k", "int")],
      arguments: "[({'a': 1.5, 'b': -2.0}, 'a', 1), ({}, 'zz', 0), ({'e': 0.0}, '', 7)]"
    ),
    Case(
      name: "mapping of whole numbers",
      parameters: [("degree", "Dict[int, int]"), ("node", "int")],
      returns: "int",
      body: [.returning(.constant(.int(0)))],
      arguments: "[({1: 2, 3: 4}, 1), ({}, 0), ({i: i * i for i in range(9)}, 8)]"
    ),
    Case(
      name: "array to number",
      parameters: [("load", "np.ndarray"), ("size", "float")],
      body: [.returning(.constant(.float(0)))],
      numpy: true,
      arguments: "[(np.array([3.5, 10, 7]), 3), (np.array([2]), 2.5), (np.array([0.0] * 6), 0)]"
    ),
    Case(
      name: "arrays of two lengths",
      parameters: [("item", "float"), ("bins", "np.ndarray"), ("queue", "np.ndarray")],
      returns: "np.ndarray",
      body: [.returning(.binary(.name("bins"), .subtract, .name("item")))],
      numpy: true,
      arguments: "[(3, np.array([3, 10, 7]), np.array([1.5])), (2.5, np.array([2.5]), np.array([4, 5]))]"
    ),
    Case(
      name: "arrays of one length, seen",
      parameters: [("item", nil), ("bins", nil), ("cost", nil), ("full", nil)],
      observed: [
        "item": "float | int", "bins": "numpy.ndarray[float64, 1]",
        "cost": "numpy.ndarray[int64, 1] like bins",
        "full": "numpy.ndarray[bool, 1] like bins",
      ],
      returns: "np.ndarray",
      body: [.returning(.binary(.name("bins"), .subtract, .name("item")))],
      numpy: true,
      arguments:
        "[(3, np.array([3, 10.5]), np.array([1, 2]), np.array([True, False])), (0.5, *[np.ones(1)] * 2, np.array([True]))]"
    ),
    Case(
      name: "no hints, all seen",
      parameters: [("word", nil), ("flag", nil), ("table", nil), ("pair", nil), ("mix", nil), ("x", nil)],
      observed: [
        "word": "str", "flag": "bool", "table": "dict[str, int]", "pair": "tuple[int, str]",
        "mix": "list[float | int]", "x": "float | int",
      ],
      arguments: "[('ab', True, {'a': 1}, (3, 'x'), [1, 2.5], 4), ('', False, {}, (0, ''), [0.0], 0.5)]"
    ),
    Case(
      name: "what cannot be read",
      parameters: [("thing", nil), ("nested", "list[list[int]]"), ("x", "int")],
      observed: ["thing": "specification.Graph"],
      arguments: "[(object(), [[1], []], 3), (None, [[2, 3]], -1)]"
    ),
  ]

  @Test("read every parameter of every kind that can be read, and fail at none")
  func kindsOfHints() throws {
    var groups: [Group] = []
    for item in Self.kinds {
      let sources = try Self.children(of: item)
      groups.append(Group(name: item.name, arguments: item.arguments, numpy: item.numpy, sources: sources))
      for (name, _) in item.parameters where name != "thing" {
        // The signature is a line of its own.
        let reading = sources.count { source in
          source.split(separator: "\n").dropFirst().contains { $0.contains(name) }
        }
        #expect(
          reading * 20 >= sources.count,
          "\(item.name): \(name) is read by \(reading) of \(sources.count)"
        )
      }
    }
    try Self.check(groups)
  }

  /// A body as a user may write it: a loop over elements, a `while`, a list display.
  private static let userBody: [Statement] = [
    .assign([.name("total")], .constant(.int(0))),
    .forLoop(
      .tuple([.name("i"), .name("x")]),
      in: .call(.name("enumerate"), [.positional(.name("el"))]),
      body: [
        .conditional(
          .comparison(.name("x"), [Comparison(.equal, .constant(.int(2)))]),
          then: [.augmented(.name("total"), .add, .name("i"))],
          otherwise: []
        )
      ],
      otherwise: []
    ),
    .assign([.name("w")], .call(.name("sorted"), [.positional(.name("el"))])),
    .whileLoop(
      .comparison(.name("total"), [Comparison(.greater, .constant(.int(10)))]),
      body: [.augmented(.name("total"), .subtract, .constant(.int(3)))],
      otherwise: []
    ),
    .returning(
      .binary(
        .name("total"),
        .divide,
        .binary(.constant(.int(1)), .add, .element(of: .name("w"), at: .constant(.int(0))))
      )
    ),
  ]

  @Test("fail for no reason that the grammar could have known", .timeLimit(.minutes(30)))
  func run() throws {
    let groups = try Self.cases.map { item in
      Group(
        name: item.name,
        arguments: item.arguments,
        numpy: item.numpy,
        sources: try Self.children(of: item)
      )
    }
    let children = try Self.check(groups)
    #expect(children >= 10_000)
  }

  /// Runs all children, and expects that none fails but for what Python's floats cannot hold; gives their number.
  @discardableResult
  private static func check(_ groups: [Group]) throws -> Int {
    let table = try Python.run(groups)
    print(table.map(\.line).joined(separator: "\n"))
    for row in table where !row.skipped {
      // Only what Python's floats cannot hold may go wrong, and that seldom.
      let failures = row.failures.filter { $0.key != "non-finite" && $0.key != "OverflowError" }
      #expect(failures.isEmpty, "\(row.line)\n\(row.examples.joined(separator: "\n"))")
      let unbounded = (row.failures["non-finite"] ?? 0) + (row.failures["OverflowError"] ?? 0)
      #expect(Double(unbounded) <= 0.005 * Double(row.children), "\(row.line)")
    }
    return table.reduce(0) { $0 + $1.children }
  }

  /// Sources of children, each made from two random ones before it.
  private static func children(of item: Case) throws -> [String] {
    let function = FunctionDefinition(
      name: "priority",
      parameters: Parameters(
        positional: item.parameters.map { name, hint in
          Parameter(name, annotation: hint.map { .constant(.string($0)) })
        }
      ),
      returns: .constant(.string(item.returns)),
      body: item.body
    )
    let specification = Specification(
      path: "specification.py",
      source: "",
      evolve: function,
      evolveLines: 1...2,
      run: "evaluate",
      verify: nil,
      imports: item.numpy ? [SpecificationImport(module: "numpy", alias: "np", line: 1)] : [],
      module: [.function(function)],
      functionLines: [:]
    )
    let proposer = MutationProposer(specification: specification, observedTypes: item.observed, seed: 7)
    var random = RandomStream(seed: 7, island: 0, step: 0, purpose: .tool)
    var kept = [program(function, 0)]
    var sources: [String] = []
    for step in 0..<item.children {
      let versions = [random.element(of: kept), random.element(of: kept)]
      let prompt = Prompt(step: StepID(island: IslandID(0), step: step), epoch: 0, versions: versions)
      let child = try proposer.propose(prompt, attempt: 0).code.function
      sources.append(child.source())
      let place = random.integer(below: 60)
      if place < kept.count {
        kept[place] = program(child, step + 1)
      } else {
        kept.append(program(child, step + 1))
      }
    }
    return sources
  }

  private static func program(_ function: FunctionDefinition, _ number: Int) -> Program {
    Program(
      id: ProgramID(number),
      encodedFunction: function.encoded(),
      encodedSupport: [Statement]().encoded(),
      length: 1,
      scores: Scores(perInput: [0], total: 0)
    )
  }
}
