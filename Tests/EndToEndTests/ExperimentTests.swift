import Foundation
import PythonSyntax
import Testing

extension ProductCommandTests {
  @Suite("An experiment")
  struct ExperimentTests {
    private static let methods = ["offline", "random", "hill-climb", "one-island", "paper-random"]

    private static func arguments(_ more: String...) -> [String] {
      [
        "experiment", "--problem", "cap-set", "--inputs", "3", "--methods", methods.joined(separator: ","),
        "--seeds", "2-3", "--steps", "60", "--target", "9", "--islands", "3", "--name", "e", "--json",
      ] + more
    }

    /// One finished experiment that all tests here read.
    private static let shared = Task {
      let folder = try Folder()
      let run = try await Product.run(arguments(), in: folder)
      try #require(run.status == 0, "\(run)")
      return (folder: folder, report: try run.last)
    }

    /// What must not depend on how often it was interrupted, by run.
    private static func histories(_ report: JSONValue) -> [JSONValue] {
      (report["runs"]?.array ?? []).map { run in
        var members = run.object ?? [:]
        members["cpu_seconds"] = nil
        members["wall_seconds"] = nil
        return .object(members)
      }
    }

    @Test("runs every method with every seed and says what came of them")
    func says() async throws {
      let (folder, report) = try await Self.shared.value
      #expect(report["state"]?.string == "finished" && report["folder"]?.string == "Results/experiments/e")
      #expect(report["event"]?.string == "finished")
      let runs = try #require(report["runs"]?.array)
      #expect(
        runs.compactMap { $0["method"]?.string } == Self.methods + Self.methods
          && runs.compactMap { $0["seed"]?.int } == [2, 2, 2, 2, 2, 3, 3, 3, 3, 3]
      )
      for run in runs {
        let score = try #require(run["score"]?.double)
        let steps = try #require(run["steps"]?.int)
        let evaluations = try #require(run["evaluations"]?.int)
        let isReached = score >= 9
        #expect(evaluations <= steps && (isReached ? steps <= 60 : steps == 60), "\(run)")
        #expect(run["verified"]?.bool == true)
        #expect(run["evaluations_to_target"]?.int == (isReached ? evaluations : nil), "\(run)")
        #expect(run["steps_to_target"]?.int == (isReached ? steps : nil), "\(run)")
        #expect(folder.holds((run["run"]?.string ?? "") + "/best.json"))
      }
      let methods = try #require(report["methods"]?.array)
      #expect(methods.compactMap { $0["method"]?.string } == Self.methods)
      for method in methods {
        let scores = runs.filter { $0["method"] == method["method"] }.compactMap { $0["score"]?.double }
        #expect(method["score"]?["median"]?.double == (scores[0] + scores[1]) / 2)
        #expect(method["score"]?["best"]?.double == scores.max())
        let reached = scores.count { $0 >= 9 }
        #expect(method["success"]?["reached"]?.int == reached)
        #expect(method["success"]?["rate"]?.double == Double(reached) / 2)
      }
    }

    @Test("writes tables that other programs read")
    func tables() async throws {
      let (folder, report) = try await Self.shared.value
      var object = try #require(report.object)
      #expect(object.removeValue(forKey: "event") == "finished")
      #expect(try folder.json(of: "Results/experiments/e/experiment.json") == .object(object))
      let program = """
        import csv
        runs = list(csv.DictReader(open("Results/experiments/e/runs.csv", newline="")))
        methods = list(csv.DictReader(open("Results/experiments/e/methods.csv", newline="")))
        assert len(runs) == 10 and len(methods) == 5, (runs, methods)
        for method in methods:
            scores = [float(run["score"]) for run in runs if run["method"] == method["method"]]
            assert float(method["score_median"]) == sum(scores) / 2, method
            assert float(method["best"]) == max(scores), method
            assert None not in method and all(value is not None for value in method.values())
        print(sum(int(run["steps"]) for run in runs))
        """
      let read = try await Product.run(tool: "python3", "-c", program, in: folder)
      let steps = (report["runs"]?.array ?? []).compactMap { $0["steps"]?.int }.reduce(0, +)
      #expect(read.status == 0 && read.output == "\(steps)\n", "\(read)")
    }

    @Test("has runs that are ordinary ones: made again equal, verified, resumed", arguments: methods)
    func ordinaryRuns(_ method: String) async throws {
      let folder = try await Self.shared.value.folder
      let run = "Results/experiments/e/cap-set/\(method)-2"
      let replay = try await Product.run("replay", run, "--json", in: folder)
      #expect(replay.status == 0, "\(replay)")
      let verify = try await Product.run("verify", run, "--json", in: folder)
      #expect(verify.status == 0, "\(verify)")
      #expect(
        try await Product.run("list", "--results", "Results", in: folder).output.contains("cap-set") == false
      )
    }

    @Test("that was killed goes on to the same end, and leaves finished runs as they are")
    func survivesKills() async throws {
      let whole = try await Self.shared.value.report
      let folder = try Folder()
      for moment in [2, 5, 6] {
        let running = try Product.start(Self.arguments("--jobs", "2", "--workers", "2"), in: folder)
        running.read(lines: moment)
        running.kill(SIGKILL)
        #expect(try running.finish().status == 128 + SIGKILL)
      }
      let again = try await Product.run(Self.arguments("--jobs", "3"), in: folder)
      #expect(again.status == 0, "\(again)")
      #expect(try Self.histories(again.last) == Self.histories(whole))
      let journal = try folder.bytes(of: "Results/experiments/e/cap-set/random-3/run.sqlite")
      let once = try await Product.run(Self.arguments(), in: folder)
      #expect(try Self.histories(once.last) == Self.histories(whole))
      #expect(try folder.bytes(of: "Results/experiments/e/cap-set/random-3/run.sqlite") == journal)
    }

    @Test("asked for with more steps, seeds and methods adds to what is there")
    func grows() async throws {
      let folder = try Folder()
      func run(_ more: [String]) async throws -> Finished {
        try await Product.run(
          ["experiment", "--problem", "cap-set", "--inputs", "4", "--islands", "2", "--json"] + more,
          in: folder
        )
      }
      let small = try await run(["--methods", "random", "--seeds", "1", "--steps", "10"])
      #expect(small.status == 0, "\(small)")
      let large = try await run(["--methods", "random,offline", "--seeds", "2", "--steps", "20"])
      #expect(large.status == 0, "\(large)")
      let runs = try #require(try large.last["runs"]?.array)
      #expect(runs.count == 4 && runs.allSatisfy { $0["steps"]?.int == 20 }, "\(large)")
      #expect(try small.last["folder"] == large.last["folder"])
      // Fewer steps than are there cannot be had.
      let less = try await run(["--methods", "random", "--seeds", "1", "--steps", "5"])
      #expect(less.status == 64 && less.errors.contains("has 20 steps already"), "\(less)")
    }

    @Test("refuses a folder with other runs, and names what differs")
    func refusesOthers() async throws {
      let folder = try Folder()
      func run(_ more: String...) async throws -> Finished {
        try await Product.run(
          [
            "experiment", "--problem", "cap-set", "--methods", "random", "--seeds", "1", "--steps", "5",
            "--name", "x",
          ]
            + more,
          in: folder
        )
      }
      #expect(try await run("--inputs", "3").status == 0)
      let inputs = try await run("--inputs", "4")
      #expect(inputs.status == 64 && inputs.errors.contains("a run on other inputs"), "\(inputs)")
      let setting = try await run("--inputs", "3", "--set", "search.lag=7")
      #expect(setting.status == 64 && setting.errors.contains("search.lag is 4 in this run"), "\(setting)")
    }

    @Test("of a file scores the best programs on held-out inputs, and tells of a wrong key")
    func heldOut() async throws {
      let folder = try Folder()
      try folder.write(
        """
        import funsearch

        @funsearch.run
        def evaluate(limit):
          if limit > 50 and guess() > 8:
            raise ValueError("too large")
          return -abs(float(guess()) - limit / 10.0)

        @funsearch.evolve
        def guess() -> float:
          return 0.0
        """,
        to: "toy/specification.py"
      )
      try folder.write(
        "title: T\ninputs: {train: [30], test: [40], validation: [35]}\nscore_unit: 1\n",
        to: "toy/problem.yaml"
      )
      let yaml = "problem: toy\nseeds: 2\nsteps: 40\nmethods: [random, {name: mine, method: offline}]\n"
      try folder.write(yaml, to: "compare.yaml")
      let run = try await Product.run("experiment", "compare.yaml", "--json", in: folder)
      #expect(run.status == 0, "\(run)")
      #expect(try run.last["folder"]?.string == "Results/experiments/compare")
      for run in try #require(try run.last["runs"]?.array) {
        let held = try #require(run["held_out"]?.object)
        #expect(Set(held.keys) == ["test", "validation"])
        // The program is a number x, scored by its distance from 3, 4 and 3.5.
        let (train, test) = (try #require(run["score"]?.double), try #require(held["test"]?.double))
        #expect(abs(abs(test) - abs(train)) <= 1 + 1e-9, "\(run)")
      }
      #expect(folder.holds("Results/experiments/compare/toy/mine-2/held-out.json"))
      let text = try await Product.run("experiment", "compare.yaml", "--quiet", in: folder)
      #expect(text.status == 0 && text.errors == "", "\(text)")
      #expect(text.output.contains("validation") && text.output.contains("mine"), "\(text)")
      try folder.write(yaml + "sedes: 3\n", to: "compare.yaml")
      let wrong = try await Product.run("experiment", "compare.yaml", in: folder)
      #expect(
        wrong.status == 65 && wrong.errors.contains("compare.yaml:5: unknown key \"sedes\""),
        "\(wrong)"
      )
    }

    @Test("is nothing without a problem or with an unknown method")
    func usage() async throws {
      let folder = try Folder()
      let nothing = try await Product.run("experiment", in: folder)
      #expect(nothing.status == 64 && nothing.errors.contains("--problem"), "\(nothing)")
      let method = try await Product.run(
        "experiment",
        "--problem",
        "cap-set",
        "--methods",
        "hill-clim",
        in: folder
      )
      #expect(method.status == 64 && method.errors.contains("did you mean \"hill-climb\"?"), "\(method)")
    }
  }
}
