import FunSearch
import Mutation
import PythonSyntax
import Testing

@testable import SandboxWorkers

extension ProcessTests {
  /// Programs that may run in the evaluator, run in a process of their own as well.
  @Suite("The two lanes")
  struct LaneAgreementTests {
    /// A problem whose children are looked at: its specification's text, and the function in it as a tree.
    struct Case {
      let source: String
      let function: FunctionDefinition
      let inputs: [String]
      /// How many children of it are made.
      let children: Int

      init(
        _ source: String,
        _ name: String,
        _ parameters: [(String, Expression)],
        returns: String,
        inputs: [String],
        children: Int
      ) {
        self.source = source
        self.inputs = inputs
        self.children = children
        function = FunctionDefinition(
          name: name,
          parameters: Parameters(positional: parameters.map { Parameter($0, annotation: $1) }),
          returns: .name(returns),
          body: [.returning(.constant(.float(0)))]
        )
      }

      var problem: Problem {
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
          inputs: inputs.map { EvaluationInput(json: $0) },
          aggregate: .mean,
          limits: EvaluationLimits(cpuSeconds: 2, wallSeconds: 60),
          trust: .split,
          hash: ""
        )
      }
    }

    private static let ints = Expression.element(
      of: .name("tuple"),
      at: .tuple([.name("int"), .constant(.ellipsis)])
    )

    /// Vectors, all at once.
    private static let vectors = Case(
      """
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
      """,
      "priority",
      [("el", ints), ("n", .name("int"))],
      returns: "float",
      inputs: ["2", "3"],
      children: 1_500
    )

    /// Single calls, with the ends of what a float can be.
    private static let numbers = Case(
      """
      import math

      import funsearch

      ENDS = [0.0, -0.0, 1.5, -3.0, 5e-324, 1.7e308, -1e-9, 7]

      @funsearch.run
      def evaluate(n):
          values = [weigh(ENDS[i], ENDS[i - 3], ENDS[i - n]) for i in range(len(ENDS))]
          return funsearch.Result(sum(map(float, values)), artifact=[repr(value) for value in values])

      @funsearch.evolve
      def weigh(x: float, y: float, z: float) -> float:
          return 0.0
      """,
      "weigh",
      [("x", .name("float")), ("y", .name("float")), ("z", .name("float"))],
      returns: "float",
      inputs: ["1", "2"],
      children: 1_000
    )

    /// Calls that depend on what the calls before them answered, and whose answer is a place.
    private static let places = Case(
      """
      import math

      import funsearch

      @funsearch.run
      def evaluate(n):
          room = [9] * n
          for item in (3, 4, 2, 7, 1):
              place = choose(item, tuple(room))
              room[place] -= item
          return funsearch.Result(min(room), artifact=room)

      @funsearch.evolve
      def choose(item: int, room: tuple[int, ...]) -> int:
          return 0
      """,
      "choose",
      [("item", .name("int")), ("room", ints)],
      returns: "int",
      inputs: ["3", "5"],
      children: 1_000
    )

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
      var counts: [String: Int] = [:]
      for item in [Self.vectors, Self.numbers, Self.places] {
        let written = item.function.name == "priority" ? try await Self.written() : []
        for (kind, count) in try await Self.compare(item, try Self.children(of: item) + written) {
          counts[kind, default: 0] += count
        }
      }
      // Programs of every kind were looked at, and few were not proven.
      #expect(counts.values.reduce(0, +) > 3_000, "\(counts)")
      #expect(counts["scored", default: 0] > 1_000 && counts["exception", default: 0] > 100, "\(counts)")
    }

    /// How often each outcome was found by both lanes.
    private static func compare(_ item: Case, _ jobs: [EvaluationJob]) async throws -> [String: Int] {
      let pool = try await SandboxPool(problem: item.problem, folder: nil, plan: Fixture.plan(), workers: 2)
      var counts: [String: Int] = [:]
      for batch in batches(jobs, size: 200) {
        let proven = batch.filter { pool.lane(for: $0.code) == .proven }
        async let first = pool.evaluate(proven)
        async let second = pool.evaluate(
          proven.map { job in
            let code = ProgramCode(function: job.code.function, support: [.opaque("pass")])
            return EvaluationJob(code: code, source: job.source)
          }
        )
        for (job, (one, other)) in zip(proven, zip(try await first, try await second)) {
          #expect(one.outcome == other.outcome, "\(job.source)")
          #expect(one.artifactDigests == other.artifactDigests, "\(job.source)")
          counts[one.failure?.kind.rawValue ?? "scored", default: 0] += 1
        }
      }
      await pool.stop()
      return counts
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
    private static func children(of item: Case) throws -> [EvaluationJob] {
      let proposer = MutationProposer(specification: item.problem.specification, seed: 11)
      var random = RandomStream(seed: 11, island: 0, step: 0, purpose: .tool)
      var kept = [program(item.function, 0)]
      return try (0..<item.children).map { step in
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
