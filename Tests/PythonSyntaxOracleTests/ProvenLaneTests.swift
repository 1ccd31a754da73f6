import FunSearch
import PythonSyntax
import Testing

@Suite("The white-list of the proven lane")
struct ProvenLaneOracleTests {
  /// A specification of `f(el: hint, n: int)` that imports math and numpy.
  private static func lane(_ hint: Expression?) -> ProvenLane {
    let function = FunctionDefinition(
      name: "f",
      parameters: Parameters(positional: [
        Parameter("el", annotation: hint), Parameter("n", annotation: .name("int")),
      ]),
      body: [.pass]
    )
    return ProvenLane(
      Specification(
        path: "specification.py",
        source: "",
        evolve: function,
        evolveLines: 1...2,
        run: "evaluate",
        verify: nil,
        imports: [
          SpecificationImport(module: "math", alias: "math", line: 1),
          SpecificationImport(module: "numpy", alias: "np", line: 2),
        ],
        module: [.assign([.name("TABLE")], .list([.constant(.int(1))]))],
        functionLines: ["f": 4...5, "helper": 6...7]
      )
    )
  }

  /// The hints that lane.py asks for, as trees.
  private static let hints: [String: Expression] = {
    func of(_ name: String, _ items: Expression...) -> Expression {
      .element(of: .name(name), at: items.count == 1 ? items[0] : .tuple(items))
    }
    return [
      "int": .name("int"), "float": .name("float"),
      "tuple[int, ...]": of("tuple", .name("int"), .constant(.ellipsis)),
      "list[int]": of("list", .name("int")), "list[list[int]]": of("list", of("list", .name("int"))),
      "list[str]": of("list", .name("str")), "dict[str, int]": of("dict", .name("str"), .name("int")),
      "np.ndarray": .attribute(.name("np"), "ndarray"),
    ]
  }()

  @Test(
    "lets nothing in that reaches out, changes what it was given, or cannot be stopped",
    arguments: [1, 2]
  )
  func temptation(seed: Int) throws {
    let python = try PythonProcess(script: "lane.py", ["\(seed)", "1800"])
    var result: JSONValue?
    while let line = try python.readLine() {
      let message = try JSONValue(parsing: line)
      guard let code = message["code"] else {
        result = message
        break
      }
      var isAdmitted = false
      if case .function(let function)? = try [Statement](json: code).first {
        let hint = message["hint"]?.string
        isAdmitted =
          Self.lane(hint.flatMap { Self.hints[$0] }).refusal(of: ProgramCode(function: function)) == nil
      }
      try python.write(Array("\(isAdmitted)".utf8))
    }
    #expect(try python.finish() == 0)
    let violations = try #require(result?["violations"]?.array).compactMap(\.string)
    #expect(violations.isEmpty, "\(violations.prefix(5).joined(separator: "\n\n"))")
    let (programs, admitted) = (result?["programs"]?.int ?? 0, result?["admitted"]?.int ?? 0)
    print("seed \(seed): \(admitted) of \(programs) programs admitted")
    #expect(programs > 1_800 && admitted > 200, "\(programs) programs, \(admitted) admitted")
  }
}
