import FunSearch
import Mutation
import PythonSyntax
import Testing

@testable import SandboxWorkers

extension ProcessTests {
  /// Programs that may run in the evaluator, run in a process of their own as well.
  @Suite("The two lanes")
  struct LaneAgreementTests {
    private static let source = """
      import itertools
      import math

      import funsearch

      @funsearch.run
      def evaluate(n):
          rows = list(itertools.product(range(3), repeat=n))
          values = [float(value) for value in funsearch.map(priority, rows, n)]
          best = max(range(len(rows)), key=lambda i: values[i])
          return funsearch.Result(float(values[best]), artifact=[rows[best], values[:5]], behaviour=values)

      @funsearch.evolve
      def priority(el: tuple[int, ...], n: int) -> float:
          return 0.0
      """

    private static let function = FunctionDefinition(
      name: "priority",
      parameters: Parameters(positional: [
        Parameter(
          "el",
          annotation: .element(of: .name("tuple"), at: .tuple([.name("int"), .constant(.ellipsis)]))
        ), Parameter("n", annotation: .name("int")),
      ]),
      returns: .name("float"),
      body: [.returning(.constant(.float(0)))]
    )

    private static var problem: Problem {
      let specification = Specification(
        path: "specification.py",
        source: source,
        evolve: function,
        evolveLines: 14...16,
        run: "evaluate",
        verify: nil,
        imports: [SpecificationImport(module: "math", alias: "math", line: 2)],
        module: [],
        functionLines: [:]
      )
      return Problem(
        name: "lanes",
        title: "Lanes",
        specification: specification,
        inputs: [EvaluationInput(json: "2"), EvaluationInput(json: "3")],
        aggregate: .mean,
        limits: EvaluationLimits(cpuSeconds: 2, wallSeconds: 20),
        trust: .split,
        hash: ""
      )
    }

    /// Bodies that end in every way a proven candidate can.
    private static let bodies = [
      "return sum(el) * 2.5", "return el[7]", "return 1 / el[0]", "return el", "return None", "return 'text'",
      "return 10.0 ** 308 * 10", "return 0.0 * (1e308 * 10)", "return math.sqrt(-n)",
      "return math.log(el[0])",
      "return n ** 64 * n ** 64", "return [v for v in el]", "return True", "return -0.0",
      "x = 1\nreturn x + y",
      "for i in range(n):\n    y = i\nreturn y", "return max(el, key=lambda v: -v)", "return math.pi * n",
      "x = []\nfor v in el:\n    x.append(v * v)\nreturn sum(x)", "return len({v: 1 for v in el})",
      "return sorted(el)[0]", "return el[0:2]", "return {1: 2}", "return sum(v for v in el if v)",
      "return 'a' * n",
      "return 1 << 60", "return int(2.5) // 0", "return el.index(5)", "return el.count(1)",
      "return divmod(n, 2)",
    ]

    @Test("say the same of a program", .timeLimit(.minutes(10)))
    func agree() async throws {
      let pool = try await SandboxPool(problem: Self.problem, folder: nil, plan: Fixture.plan(), workers: 1)
      let proposed = try Self.children(count: 1_000)
      let written = try await Self.written()
      var admitted = 0
      for batch in Self.batches(proposed + written, size: 100) {
        let proven = batch.filter { pool.lane(for: $0.code) == .proven }
        admitted += proven.count
        let first = try await pool.evaluate(proven)
        let second = try await pool.evaluate(
          proven.map { job in
            let code = ProgramCode(function: job.code.function, support: [.opaque("pass")])
            return EvaluationJob(code: code, source: job.source)
          }
        )
        for (job, (one, other)) in zip(proven, zip(first, second)) {
          #expect(one.outcome == other.outcome, "\(job.source)")
          #expect(one.artifactDigests == other.artifactDigests, "\(job.source)")
        }
      }
      #expect(admitted > 900, "\(admitted) of \(proposed.count + written.count) were admitted")
      await pool.stop()
    }

    private static func batches(_ jobs: [EvaluationJob], size: Int) -> [[EvaluationJob]] {
      stride(from: 0, to: jobs.count, by: size).map { Array(jobs[$0..<min(jobs.count, $0 + size)]) }
    }

    private static func written() async throws -> [EvaluationJob] {
      let reader = try SourceReader(plan: try await Fixture.plan())
      var jobs: [EvaluationJob] = []
      for body in bodies {
        let source = "def priority(el, n):\n" + body.split(separator: "\n").map { "    \($0)\n" }.joined()
        if case .success(let module) = try await reader.parse(source),
          case .function(let function)? = module.first
        {
          jobs.append(EvaluationJob(code: ProgramCode(function: function), source: source))
        }
      }
      await reader.stop()
      #expect(jobs.count == bodies.count)
      return jobs
    }

    /// What the mutator makes, each from two before it.
    private static func children(count: Int) throws -> [EvaluationJob] {
      let proposer = MutationProposer(specification: problem.specification, seed: 11)
      var random = RandomStream(seed: 11, island: 0, step: 0, purpose: .tool)
      var kept = [program(function, 0)]
      return try (0..<count).map { step in
        let versions = [random.element(of: kept), random.element(of: kept)]
        let prompt = Prompt(step: StepID(island: IslandID(0), step: step), epoch: 0, versions: versions)
        let child = try proposer.propose(prompt, attempt: 0).code.function
        kept.append(program(child, step + 1))
        return EvaluationJob(code: ProgramCode(function: child), source: child.source())
      }
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
}
