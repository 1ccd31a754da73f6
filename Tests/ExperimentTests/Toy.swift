import FunSearch
import FunSearchTestSupport
import PythonSyntax

extension Problem {
  /// A problem that is never run.
  static var toy: Problem {
    Problem(
      name: "toy",
      title: "Toy",
      specification: .toy,
      inputs: [EvaluationInput(json: "3")],
      aggregate: .mean,
      hash: String(repeating: "0", count: 64)
    )
  }
}

extension Specification {
  /// Evolves `f(x)`, scored by `evaluate`, with a helper and a constant beside it.
  static var toy: Specification {
    Specification(
      path: "toy.py",
      source: "",
      evolve: .returning(0),
      decorators: ["cached"],
      evolveLines: 10...12,
      run: "evaluate",
      verify: "check",
      imports: [SpecificationImport(module: "funsearch", alias: "funsearch", line: 1)],
      module: [
        .importing([ImportAlias("funsearch")]), .toyConstant,
        .function(.named("helper", returning: 1)),
        .function(.named("evaluate", returning: 2, marker: "run")),
        .function(.named("check", returning: 3, marker: "verify")),
        .function(.named("f", returning: 0, marker: "evolve")),
      ],
      functionLines: [:]
    )
  }
}

extension Statement {
  /// `BASE = 3`.
  static var toyConstant: Statement { .assign([.name("BASE")], .constant(.int(3))) }
}

extension FunctionDefinition {
  /// `def NAME(x): return VALUE`, below `@funsearch.MARKER` where one is given.
  static func named(_ name: String, returning value: Int, marker: String? = nil) -> FunctionDefinition {
    var function = FunctionDefinition.returning(value)
    function.name = name
    if let marker { function.decorators = [.attribute(.name("funsearch"), marker)] }
    return function
  }
}
