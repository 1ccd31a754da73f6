import Experiment
import FunSearch
import FunSearchTestSupport
import PythonSyntax
import Testing

@Suite("A candidate's file")
struct CandidateFileTests {
  private static func candidate(_ module: [Statement]) throws(RunError) -> ProgramCode {
    try CandidateFile.candidate(module, specification: .toy, file: "mine.py")
  }

  @Test("may hold the function alone, under its own name or any other")
  func holdsFunctionAlone() throws {
    #expect(
      try Self.candidate([.function(.named("f", returning: 5))]) == ProgramCode(function: .returning(5))
    )
    #expect(
      try Self.candidate([.function(.named("idea", returning: 5))]) == ProgramCode(function: .returning(5))
    )
  }

  @Test("keeps imports, helpers and constants of its own, in order")
  func keepsSupport() throws {
    let support: [Statement] = [
      .importing([ImportAlias("math")]), .assign([.name("TABLE")], .list([])),
      .function(.named("own", returning: 7)),
    ]
    let code = try Self.candidate(support + [.function(.named("f", returning: 5))])
    #expect(code == ProgramCode(function: .returning(5), support: support))
  }

  @Test("as a whole program leaves the specification's own parts to the specification")
  func leavesSpecification() throws {
    let module =
      Specification.toy.module.dropLast() + [.function(.named("f", returning: 5, marker: "evolve"))]
    #expect(try Self.candidate(Array(module)) == ProgramCode(function: .returning(5)))
  }

  @Test("cannot bring its own entry point or verifier")
  func cannotScoreItself() throws {
    let code = try Self.candidate([
      .function(.named("evaluate", returning: 99)), .function(.named("other", returning: 99, marker: "run")),
      .function(.named("check", returning: 99)),
      .function(.named("another", returning: 99, marker: "verify")),
      .function(.named("f", returning: 5)),
    ])
    #expect(code == ProgramCode(function: .returning(5)))
  }

  @Test("keeps what it changed of the specification's helpers and constants")
  func keepsChanged() throws {
    let changed: [Statement] = [
      .assign([.name("BASE")], .constant(.int(4))), .function(.named("helper", returning: 8)),
    ]
    let code = try Self.candidate(
      [.importing([ImportAlias("funsearch")])] + changed + [.function(.returning(5))]
    )
    #expect(code.support == changed)
  }

  @Test("means the marked function, else that of the name, the last where there are several")
  func meansMarked() throws {
    let marked = try Self.candidate([
      .function(.named("idea", returning: 1, marker: "evolve")), .function(.named("f", returning: 2)),
    ])
    #expect(marked.function == .returning(1))
    let last = try Self.candidate([.function(.returning(1)), .function(.returning(2))])
    #expect(last.function == .returning(2))
  }

  @Test("renames calls of the function to itself")
  func renamesCalls() throws {
    var recursive = FunctionDefinition.named("idea", returning: 0)
    recursive.body = [.returning(.call(.name("idea"), []))]
    let code = try Self.candidate([.function(recursive)])
    #expect(code.function.name == "f" && code.function.body == [.returning(.call(.name("f"), []))])
  }

  @Test("loses markers, the specification's decorators, docstrings and what runs as a script")
  func losesRest() throws {
    var function = FunctionDefinition.returning(5)
    function.decorators = [.attribute(.name("funsearch"), "evolve"), .name("cached"), .name("own")]
    function.body.insert(.expression(.constant(.string("What it does."))), at: 0)
    let isScript = Expression.comparison(
      .name("__name__"),
      [Comparison(.equal, .constant(.string("__main__")))]
    )
    let code = try Self.candidate([
      .expression(.constant(.string("A module."))), .function(function),
      .conditional(isScript, then: [.pass], otherwise: []),
    ])
    var expected = FunctionDefinition.returning(5)
    expected.decorators = [.name("own")]
    #expect(code == ProgramCode(function: expected))
  }

  @Test("without the function says what it has instead")
  func saysWhatItHas() {
    let none = #expect(throws: RunError.self) { try Self.candidate([.pass]) }
    #expect(none?.description.hasPrefix("mine.py defines no function f; ") == true)
    let two = #expect(throws: RunError.self) {
      try Self.candidate([.function(.named("a", returning: 1)), .function(.named("b", returning: 1))])
    }
    #expect(two?.description.hasPrefix("mine.py defines no function f (it has a, b); ") == true)
  }
}
