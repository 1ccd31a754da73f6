import Foundation
import FunSearch
import PythonSyntax
import Testing

@testable import Mutation

/// Features and tables, as Swift counts them and as Python runs them.
@Suite("Features in Python")
struct FeatureTests {
  private static let inputs: [(values: Int, length: Int)] = [(3, 4), (2, 5), (11, 2), (7, 3)]

  /// All sequences of so many entries.
  private static func rows(_ values: Int, _ length: Int) -> [[Int]] {
    (0..<length).reduce([[]]) { rows, _ in rows.flatMap { row in (0..<values).map { row + [$0] } } }
  }

  private static func observed(_ values: Int, _ length: Int) throws -> ObservedRows {
    try #require(ObservedRows(parameter: "el", rows: rows(values, length)))
  }

  @Test("have the value of their expression", arguments: inputs)
  func values(values: Int, length: Int) throws {
    let family = FeatureFamily(try Self.observed(values, length))
    let rows = Self.rows(values, length)
    let texts = family.features.map { feature in
      FunctionDefinition(
        name: "f",
        parameters: Parameters(positional: [Parameter("el"), Parameter("n")]),
        body: [.returning(feature.expression(.name("el"), .name("n")))]
      ).source()
    }
    let found = try Self.run(texts, rows)
    for (feature, values) in zip(family.features, found) {
      #expect(values == rows.map { Double(feature.value(of: $0)) }, "\(feature)")
    }
  }

  @Test("stay the same when the sequence is turned, where they say so, and only there", arguments: inputs)
  func turning(values: Int, length: Int) throws {
    let family = FeatureFamily(try Self.observed(values, length))
    let rows = Self.rows(values, length)
    for feature in family.turned {
      for row in rows {
        #expect(feature.value(of: row) == feature.value(of: row.suffix(1) + row.dropLast()), "\(feature)")
      }
    }
    #expect(family.turned.contains(.equal(distance: 1)))
    #expect(!family.turned.contains(.entry(0)))
  }

  @Test("are chosen by the scores of the tables they were in")
  func choice() throws {
    let family = FeatureFamily(try Self.observed(3, 4))
    let features = family.features
    // One feature was in good tables, all others in bad ones, each as often.
    let good = features[7]
    let results = features.flatMap { feature in
      (0..<6).map { (features: [feature], score: Double($0 % 2) + (feature == good ? 100 : 0)) }
    }
    var random = RandomStream(seed: 1, island: 0, step: 0, purpose: .mutation)
    func drawn(_ choice: FeatureChoice) -> Int {
      (0..<4000).count { _ in choice.feature(of: features, &random) == good }
    }
    let uniform = 4000 / Double(features.count)
    // Four times of five the best of three, else any: 0.8 × 3 + 0.2 = 2.6 times as often, hardly less for repeats.
    let ratio = Double(drawn(FeatureChoice(results))) / uniform
    #expect((1.8...3.4).contains(ratio), "\(ratio)")
    #expect((0.5...1.6).contains(Double(drawn(FeatureChoice([]))) / uniform))
    // What was never tried comes before all else.
    let known = features.filter { $0 != good }.map { (features: [$0], score: 1.0) }
    #expect((1.8...3.4).contains(Double(drawn(FeatureChoice(known))) / uniform))
  }

  @Test("make tables that rank sequences in their order, are read back, and may run inside the evaluator")
  func tables() throws {
    let specification = Self.specification
    let rows = try Self.observed(3, 4)
    let proposer = MutationProposer(
      specification: specification,
      observedTypes: ["el": "tuple[int, ...]", "n": "len(el)"],
      observedRows: rows,
      seed: 3
    )
    let grammar = Grammar(Vocabulary(specification, observed: ["el": "tuple[int, ...]", "n": "len(el)"]))
    let family = FeatureFamily(rows)
    let cache = ParentCache(grammar.vocabulary, tables: TableMaker(rows, grammar))
    let lane = ProvenLane(specification)
    var parents = [Self.program(specification.evolve, 0)]
    var functions: [FunctionDefinition] = []
    var expected: [[Double]] = []
    for step in 0..<80 {
      let isFounding = step % 4 == 0
      let prompt = Prompt(
        step: StepID(island: IslandID(0), step: step),
        epoch: 0,
        versions: isFounding ? Array(parents.suffix(2)) : [parents[parents.count - 1]],
        kind: isFounding ? .founding(after: Array(parents.dropFirst())) : .climbing
      )
      let candidate = try proposer.propose(prompt, attempt: 0)
      #expect(candidate.operators[0].hasPrefix(isFounding ? "found-" : "climb-"))
      #expect(lane.refusal(of: candidate.code) == nil)
      let program = Self.program(candidate.code.function, step + 1)
      let table = try #require(try cache.parent(program).table)
      let ranks = rows.rows.map { row in
        let cell = table.features.reduce(0) { $0 * family.column($1).range + $1.value(of: row) }
        return Double(table.order.count - 1 - (table.order.firstIndex(of: cell) ?? -1))
      }
      parents.append(program)
      functions.append(candidate.code.function)
      expected.append(ranks)
    }
    #expect(try Self.run(functions.map { $0.source() }, rows.rows) == expected)
  }

  @Test("have children by the usual operators that run")
  func children() throws {
    let proposer = MutationProposer(
      specification: Self.specification,
      observedTypes: ["el": "tuple[int, ...]", "n": "len(el)"],
      observedRows: try Self.observed(3, 4),
      settings: MutationSettings(randomPrograms: 0),
      seed: 5
    )
    func step(_ number: Int) -> StepID { StepID(island: IslandID(0), step: number) }
    var children: [String] = []
    for number in 0..<300 {
      let founded = try (0..<2).map { place in
        let seed = Self.program(Self.specification.evolve, 0)
        let prompt = Prompt(
          step: step(2 * number + place),
          epoch: 0,
          versions: [seed],
          kind: .founding(after: [])
        )
        return Self.program(try proposer.propose(prompt, attempt: 0).code.function, 2 * number + place + 1)
      }
      let prompt = Prompt(step: step(number), epoch: 0, versions: founded)
      children.append(try proposer.propose(prompt, attempt: 1).code.function.source())
    }
    // A child that raises ends the script, and then nothing can be read.
    #expect(try Self.run(children, Self.rows(3, 4)).count == 300)
  }

  private static let specification = Specification(
    path: "specification.py",
    source: "",
    evolve: FunctionDefinition(
      name: "f",
      parameters: Parameters(positional: [Parameter("el"), Parameter("n")]),
      body: [.returning(.constant(.float(0)))]
    ),
    evolveLines: 1...2,
    run: "evaluate",
    verify: nil,
    imports: [],
    module: [],
    functionLines: [:]
  )

  private static func program(_ function: FunctionDefinition, _ number: Int) -> Program {
    Program(
      id: ProgramID(number),
      encodedFunction: function.encoded(),
      encodedSupport: [],
      length: 1,
      scores: Scores(perInput: [0], total: 0)
    )
  }

  /// What functions `f(el, n)` return for each row.
  private static func run(_ sources: [String], _ rows: [[Int]]) throws -> [[Double]] {
    let script = """
      import json, sys
      given = json.load(sys.stdin)
      values = []
      for source in given["sources"]:
        space = {}
        exec(source, space)
        try:
          values.append([space["f"](tuple(row), len(row)) for row in given["rows"]])
        except Exception as error:
          sys.exit(repr(error) + chr(10) + source)
      print(json.dumps(values))
      """
    struct Given: Encodable {
      let sources: [String]
      let rows: [[Int]]
    }
    let input = FileManager.default.temporaryDirectory.appending(path: "features-\(UUID().uuidString)")
    try JSONEncoder().encode(Given(sources: sources, rows: rows)).write(to: input)
    defer { try? FileManager.default.removeItem(at: input) }
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3", "-c", script]
    process.standardInput = try FileHandle(forReadingFrom: input)
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return try JSONDecoder().decode([[Double]].self, from: data)
  }
}
