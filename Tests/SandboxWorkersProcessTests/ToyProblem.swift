import FunSearch
import PythonSyntax

@testable import SandboxWorkers

/// A small problem: the score of input n is the function's value for it, cut to three digits; the artifact is
/// the values for 0…n.
enum ToyProblem {
  static let source = """
    import funsearch

    @funsearch.run
    def evaluate(n):
        values = [float(f(i)) for i in range(n + 1)]
        return funsearch.Result(round(values[-1], 3), artifact=values)

    @funsearch.verify
    def check(n, artifact):
        return round(float(artifact[-1]), 3)

    @funsearch.evolve
    def f(x: int) -> float:
        return 0.0
    """

  static func problem(
    source: String = source,
    inputs: [String] = ["1", "2"],
    verify: String? = "check",
    limits: EvaluationLimits = EvaluationLimits(cpuSeconds: 2, wallSeconds: 4),
    trust: Trust = .split
  ) -> Problem {
    let function = FunctionDefinition(
      name: "f",
      parameters: Parameters(positional: [Parameter("x", annotation: .name("int"))]),
      returns: .name("float"),
      body: [.returning(.constant(.float(0)))]
    )
    let specification = Specification(
      path: "toy/specification.py",
      source: source,
      evolve: function,
      evolveLines: 14...16,
      run: "evaluate",
      verify: verify,
      imports: [],
      module: [],
      functionLines: [:]
    )
    return Problem(
      name: "toy",
      title: "Toy",
      specification: specification,
      inputs: inputs.map { EvaluationInput(json: $0) },
      aggregate: .sum,
      limits: limits,
      trust: trust,
      hash: ""
    )
  }

  /// A candidate whose body is one line; in the split lane unless `body` is a tree.
  static func job(_ body: String, before: String = "", tree: [Statement]? = nil) -> EvaluationJob {
    let function = FunctionDefinition(
      name: "f",
      parameters: Parameters(positional: [Parameter("x", annotation: .name("int"))]),
      returns: .name("float"),
      body: tree ?? [.opaque(body)]
    )
    let source = before + "def f(x):\n" + body.split(separator: "\n").map { "    \($0)\n" }.joined()
    return EvaluationJob(code: ProgramCode(function: function), source: source)
  }

  /// A candidate of the proven lane: `return x * factor`.
  static func product(_ factor: Int) -> EvaluationJob {
    job("return x * \(factor)", tree: [.returning(.binary(.name("x"), .multiply, .constant(.int(factor))))])
  }
}
