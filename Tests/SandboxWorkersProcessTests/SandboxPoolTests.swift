import FunSearch
import PythonSyntax
import Testing

@testable import SandboxWorkers

extension ProcessTests {
  @Suite("A pool of workers")
  struct SandboxPoolTests {
    @Test("scores a good candidate in both lanes")
    func scores() async throws {
      let pool = try await Fixture.pool()
      #expect(pool.lane(for: ToyProblem.product(3).code) == .proven)
      #expect(pool.lane(for: ToyProblem.job("return 1").code) == .split)
      let evaluations = try await pool.evaluate([ToyProblem.job("return 2.5 * x"), ToyProblem.product(3)])
      #expect(evaluations.map(\.scores) == [[2.5, 5], [3, 6]])
      #expect(evaluations.map(\.artifactDigests.count) == [2, 2])
      await pool.stop()
    }

    @Test("goes on with the worker that read the specification, as its verifier")
    func takesOverReader() async throws {
      let plan = try await Fixture.plan()
      let reader = try SourceReader(plan: plan)
      _ = try await reader.greeting()
      let pool = try SandboxPool(
        problem: ToyProblem.problem(),
        folder: nil,
        plan: plan,
        workers: 1,
        reader: reader
      )
      #expect(try await pool.trace().isEmpty == false)
      #expect(await pool.starts() == 1)
      #expect(try await pool.evaluate(ToyProblem.product(3)).scores == [3, 6])
      #expect(await pool.starts() == 2)
      await pool.stop()
    }

    @Test(
      "gives each failure its kind, message and line",
      arguments: [
        ("return (", FailureKind.syntax, "SyntaxError", Optional(2)),
        ("y = 1\nreturn y / 0", .exception, "ZeroDivisionError", 3),
        ("while True:\n    pass", .timeout, "", nil),
        ("return [0] * (1 << 40)", .memory, "", nil),
        ("import os\nos.abort()", .crash, "", nil),
        ("import os\nos._exit(3)", .crash, "", nil),
        ("import socket\nreturn socket.socket()", .forbidden, "PermissionError", 3),
        ("return 'high'", .exception, "", nil),
        ("return float('nan')", .invalidScore, "", nil),
      ] as [(String, FailureKind, String, Int?)]
    )
    func failures(body: String, kind: FailureKind, message: String, line: Int?) async throws {
      let limits = EvaluationLimits(cpuSeconds: 1, wallSeconds: 2, memoryBytes: 256 << 20)
      let pool = try await Fixture.pool(ToyProblem.problem(limits: limits))
      let evaluations = try await pool.evaluate([ToyProblem.job(body), ToyProblem.product(2)])
      let failure = try #require(evaluations[0].failure)
      #expect(failure.kind == kind, "\(failure)")
      #expect(failure.message.contains(message))
      if let line { #expect(failure.line == line) }
      #expect(evaluations[1].scores == [2, 4])
      await pool.stop()
    }

    @Test("tells the specification's own errors apart from a candidate's")
    func specificationErrors() async throws {
      let pool = try await Fixture.pool(
        ToyProblem.problem(source: "import funsearch\nimport no_such_module\n")
      )
      let error = await #expect(throws: SandboxError.self) { try await pool.prepare() }
      #expect("\(try #require(error))".contains("toy/specification.py"))
      #expect("\(try #require(error))".contains("no_such_module"))
      await pool.stop()
    }

    @Test("says how it is isolated")
    func greeting() async throws {
      let pool = try await Fixture.pool()
      let greeting = try await pool.prepare()
      #expect(greeting.level >= 2)
      #expect(greeting.layers.contains("seccomp"))
      await pool.stop()
    }

    @Test("confirms a claim in another process, and has its artifact verified")
    func confirms() async throws {
      let pool = try await Fixture.pool()
      let job = ToyProblem.product(3)
      let first = try #require(try await pool.evaluate([job]).first)
      guard case .confirmed(let claim) = try await pool.confirm(job, first: first) else {
        Issue.record("not confirmed")
        return
      }
      #expect(claim.verified)
      #expect(claim.artifacts.count == 2)
      await pool.stop()
    }

    @Test("leaves a claim unverified where there is no verifier")
    func unverified() async throws {
      let pool = try await Fixture.pool(ToyProblem.problem(verify: nil))
      let job = ToyProblem.product(3)
      let first = try #require(try await pool.evaluate([job]).first)
      guard case .confirmed(let claim) = try await pool.confirm(job, first: first) else {
        Issue.record("not confirmed")
        return
      }
      #expect(!claim.verified)
      await pool.stop()
    }

    @Test("refutes a candidate that scores by chance")
    func nondeterministic() async throws {
      let pool = try await Fixture.pool()
      let job = ToyProblem.job("return hash('text') % 1000003 * x")
      let first = try #require(try await pool.evaluate([job]).first)
      guard case .refuted(let failure) = try await pool.confirm(job, first: first) else {
        Issue.record("not refuted")
        return
      }
      #expect(failure.kind == .nondeterministic)
      #expect(failure.input == 0)
      await pool.stop()
    }

    @Test("refutes a forged score in the shared lane")
    func forged() async throws {
      let pool = try await Fixture.pool(ToyProblem.problem(trust: .shared))
      let job = ToyProblem.job(
        "return float(x)",
        before: "import builtins\nbuiltins.round = lambda *a: 4242.0\n"
      )
      let first = try #require(try await pool.evaluate([job]).first)
      #expect(first.scores == [4242, 4242])
      guard case .refuted(let failure) = try await pool.confirm(job, first: first) else {
        Issue.record("not refuted")
        return
      }
      #expect(failure.kind == .forged)
      #expect(failure.message.contains("4242") && failure.message.contains("1.0"))
      await pool.stop()
    }

    @Test("reads source through Python")
    func reads() async throws {
      let reader = try SourceReader(plan: try await Fixture.plan())
      let description = try await reader.describe(path: "toy/specification.py", source: ToyProblem.source)
      #expect(description.functions.map(\.name) == ["evaluate", "check", "f"])
      #expect(description.functions.map(\.markers) == [["run"], ["verify"], ["evolve"]])
      #expect(try await reader.parse("x = 1") == .success([.assign([.name("x")], .constant(.int(1)))]))
      guard case .failure(let failure) = try await reader.parse("x = (\n") else {
        Issue.record("it parsed")
        return
      }
      #expect(failure.kind == .syntax && failure.line == 1)
      await reader.stop()
    }
  }
}
