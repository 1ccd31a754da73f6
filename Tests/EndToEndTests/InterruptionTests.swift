import Foundation
import PythonSyntax
import Testing

extension ProductRunTests {
  @Suite("An interrupted run")
  struct InterruptionTests {
    /// A run that prints a line every few steps, so that it can be met at many moments.
    private static func arguments(_ name: String, steps: String = "400") -> [String] {
      [
        "run", "cap-set", "--inputs", "4", "--islands", "3", "--steps", steps, "--seed", "5", "--json",
        "--set", "search.epoch_steps=4", "--workers", "2", "--name", name,
      ]
    }

    /// The end of the same run when nothing comes between; it is the same for every test.
    private static let uninterrupted = Task {
      let folder = try Folder()
      return try await Product.run(arguments("whole"), in: folder).last
    }

    /// What must not depend on how often a run was interrupted.
    private static func history(_ last: JSONValue) -> [JSONValue?] {
      ["digest", "steps", "evaluations", "duplicates", "failures", "best"].map { last[$0] }
    }

    @Test("that was killed goes on to the end of the uninterrupted one")
    func survivesKill() async throws {
      let whole = try await Self.uninterrupted.value
      let folder = try Folder()
      for moment in [1, 2, 5, 12, 25] {
        let name = "killed-\(moment)"
        let running = try Product.start(Self.arguments(name), in: folder)
        running.read(lines: moment)
        running.kill(SIGKILL)
        #expect(try running.finish().status == 128 + SIGKILL)
        let resumed = try await Product.run("resume", "cap-set/\(name)", "--json", in: folder)
        #expect(resumed.status == 0, "killed after line \(moment): \(resumed)")
        #expect(try Self.history(resumed.last) == Self.history(whole), "killed after line \(moment)")
      }
    }

    @Test("that was killed again and again loses nothing")
    func survivesManyKills() async throws {
      let whole = try await Self.uninterrupted.value
      let folder = try Folder()
      let first = try Product.start(Self.arguments("unlucky"), in: folder)
      first.read(lines: 3)
      first.kill(SIGKILL)
      _ = try first.finish()
      for moment in [1, 4, 2, 6] {
        let running = try Product.start(["resume", "--json"], in: folder)
        running.read(lines: moment)
        running.kill(SIGKILL)
        _ = try running.finish()
      }
      let resumed = try await Product.run("resume", "--json", in: folder)
      #expect(try Self.history(resumed.last) == Self.history(whole), "\(resumed)")
      let verify = try await Product.run("verify", "--json", in: folder)
      #expect(verify.status == 0, "\(verify)")
    }

    @Test(
      "that was asked to end saves, names the command to go on, and goes on to the same end",
      arguments: [SIGINT, SIGTERM, SIGHUP]
    )
    func survivesSignal(_ signal: Int32) async throws {
      let whole = try await Self.uninterrupted.value
      let folder = try Folder()
      let running = try Product.start(Self.arguments("asked"), in: folder)
      running.read(lines: 6)
      running.kill(signal)
      let stopped = try running.finish()
      #expect(stopped.status == 130, "\(stopped)")
      #expect(stopped.errors.contains("funsearch resume Results/cap-set/asked"), "\(stopped)")
      let last = try stopped.last
      #expect(last["event"]?.string == "finished" && last["ending"]?.string == "interrupted")
      #expect(try #require(last["steps"]?.int) < 400)
      #expect(folder.holds("Results/cap-set/asked/best.json"))
      let resumed = try await Product.run("resume", "--json", in: folder)
      #expect(resumed.status == 0)
      #expect(try Self.history(resumed.last) == Self.history(whole), "\(resumed)")
    }

    @Test("says to people how to go on")
    func saysHowToGoOn() async throws {
      let folder = try Folder()
      let arguments = Self.arguments("asked", steps: "unlimited").filter { $0 != "--json" }
      let running = try Product.start(arguments, in: folder)
      // The name of the run is shown on standard error; its founder is scored when the journal is there.
      while !folder.holds("Results/cap-set/asked/run.sqlite") { await Task.yield() }
      running.kill(SIGINT)
      let stopped = try running.finish()
      #expect(stopped.status == 130, "\(stopped)")
      #expect(
        (stopped.output + stopped.errors).contains("funsearch resume Results/cap-set/asked"),
        "\(stopped)"
      )
    }

    #if os(Linux)
      @Test("goes on when a worker is killed, with the same history")
      func survivesWorkerLoss() async throws {
        let whole = try await Self.uninterrupted.value
        let folder = try Folder()
        for moment in [2, 10] {
          let running = try Product.start(Self.arguments("worker-\(moment)"), in: folder)
          running.read(lines: moment)
          let workers = descendants(of: running.identifier)
          #expect(!workers.isEmpty)
          if let outer = workers.first { kill(outer, SIGKILL) }
          running.read(lines: moment + 5)
          if let inner = descendants(of: running.identifier).last { kill(inner, SIGKILL) }
          let finished = try running.finish()
          #expect(finished.status == 0, "\(finished)")
          #expect(try Self.history(finished.last) == Self.history(whole), "\(finished)")
        }
      }

      @Test("leaves no process behind, however it ends", arguments: [SIGKILL, SIGTERM])
      func leavesNoProcess(_ signal: Int32) async throws {
        let folder = try Folder()
        let running = try Product.start(Self.arguments("gone", steps: "unlimited"), in: folder)
        running.read(lines: 3)
        let workers = descendants(of: running.identifier)
        #expect(workers.count >= 2)
        running.kill(signal)
        _ = try running.finish()
        // The system ends them with their parent; that takes it a moment.
        for worker in workers { while kill(worker, 0) == 0, !isZombie(worker) { await Task.yield() } }
      }
    #endif
  }

  @Suite("Going on with a run")
  struct ResumeTests {
    private static let run = [
      "run", "cap-set", "--inputs", "4", "--islands", "3", "--seed", "5", "--json", "--name", "a",
      "--set", "search.epoch_steps=4",
    ]

    @Test("that is finished says so and changes nothing")
    func changesNothing() async throws {
      let folder = try Folder()
      let run = try await Product.run(Self.run + ["--steps", "60"], in: folder)
      let files = ["run.sqlite", "best.py", "best.json"].map { "Results/cap-set/a/\($0)" }
      let before = try files.map(folder.bytes)
      let resumed = try await Product.run("resume", "--json", in: folder)
      #expect(resumed.status == 0, "\(resumed)")
      #expect(try resumed.digest == run.digest, "\(resumed)")
      let text = try await Product.run("resume", in: folder)
      #expect(text.status == 0 && (text.output + text.errors).contains("--steps"), "\(text)")
      #expect((text.output + text.errors).contains("finished"), "\(text)")
      #expect(try files.map(folder.bytes) == before)
    }

    @Test("to a larger budget gives the history of that budget")
    func takesLargerBudget() async throws {
      let folder = try Folder()
      let other = try Folder()
      _ = try await Product.run(Self.run + ["--steps", "50"], in: folder)
      let resumed = try await Product.run("resume", "--steps", "130", "--json", in: folder)
      let whole = try await Product.run(Self.run + ["--steps", "130"], in: other)
      #expect(resumed.status == 0, "\(resumed)")
      #expect(try resumed.digest == whole.digest, "\(resumed)")
      #expect(try resumed.last["steps"]?.int == 130)
      #expect(try await Product.run("verify", in: folder).status == 0)
    }

    @Test("knows again what it found before, so that sittings leave no trace", arguments: ["0", "1"])
    func leavesNoTrace(_ seed: String) async throws {
      let folder = try Folder()
      // So few programs fit that islands find each other's again, and take them as bests after a sitting.
      try folder.write("title: Toy\ninputs: {train: [6]}\n", to: "toy/problem.yaml")
      try folder.write(
        """
        import funsearch


        @funsearch.run
        def evaluate(n: int) -> funsearch.Result:
          found = [guess(i) for i in range(n)]
          score = sum(found[i] == i * i for i in range(n)) * 10 + sum(found) % 7
          return funsearch.Result(float(score), artifact=found)


        @funsearch.evolve
        def guess(i: int) -> int:
          return 0
        """,
        to: "toy/specification.py"
      )
      let run = [
        "run", "./toy", "--islands", "6", "--seed", seed, "--json", "--set", "search.epoch_steps=6", "--set",
        "mutation.max_nodes=10",
      ]
      let whole = try await Product.run(run + ["--steps", "240", "--name", "whole"], in: folder)
      _ = try await Product.run(run + ["--steps", "20", "--name", "sittings"], in: folder)
      var last = whole
      for steps in ["40", "60", "80", "110", "240"] {
        last = try await Product.run("resume", "toy/sittings", "--steps", steps, "--json", in: folder)
      }
      #expect(try last.last["failures"] == whole.last["failures"], "\(last)")
      #expect(try last.digest == whole.digest)
    }

    @Test(
      "refuses what would make another history, and leaves the journal alone",
      arguments: [
        "search.seed=6", "search.islands=4", "search.lag=2", "run.isolation=none", "mutation.max_nodes=50",
      ]
    )
    func refusesOtherHistory(_ setting: String) async throws {
      let folder = try Folder()
      _ = try await Product.run(Self.run + ["--steps", "20"], in: folder)
      let journal = try folder.bytes(of: "Results/cap-set/a/run.sqlite")
      let resumed = try await Product.run("resume", "--set", setting, "--json", in: folder)
      #expect(resumed.status == 64 && resumed.output == "", "\(resumed)")
      let parts = setting.split(separator: "=")
      #expect(resumed.errors.contains("\(parts[0]) is ") && resumed.errors.contains("become \(parts[1])"))
      #expect(try folder.bytes(of: "Results/cap-set/a/run.sqlite") == journal)
    }

    @Test("that has gone farther refuses a smaller budget, and names what to do")
    func refusesSmallerBudget() async throws {
      let folder = try Folder()
      _ = try await Product.run(Self.run + ["--steps", "50"], in: folder)
      let resumed = try await Product.run("resume", "--steps", "30", "--json", in: folder)
      #expect(resumed.status == 64 && resumed.output == "", "\(resumed)")
      #expect(
        resumed.errors.contains("has 50 steps already") && resumed.errors.contains("--at 30"),
        "\(resumed)"
      )
    }

    @Test("that has used its time says so, and goes on with more of it only")
    func hasUsedItsTime() async throws {
      let folder = try Folder()
      _ = try await Product.run(Self.run + ["--steps", "unlimited", "--max-time", "0.1"], in: folder)
      let journal = try folder.bytes(of: "Results/cap-set/a/run.sqlite")
      let resumed = try await Product.run("resume", in: folder)
      #expect(resumed.status == 0 && resumed.output.contains("--max-time"), "\(resumed)")
      let json = try await Product.run("resume", "--json", in: folder)
      #expect(try json.last["ending"]?.string == "time budget", "\(json)")
      let more = try await Product.run("resume", "--steps", "5000", in: folder)
      #expect(more.status == 64 && more.errors.contains("run.max_seconds=0.1: "), "\(more)")
      #expect(try folder.bytes(of: "Results/cap-set/a/run.sqlite") == journal)
      let steps = try #require(try json.last["steps"]?.int) + 3
      let unlimited = try await Product.run(
        "resume",
        "--max-time",
        "unlimited",
        "--steps",
        "\(steps)",
        "--json",
        in: folder
      )
      #expect(try unlimited.last["steps"]?.int == steps, "\(unlimited)")
    }

    @Test("records what was changed")
    func recordsChanges() async throws {
      let folder = try Folder()
      _ = try await Product.run(Self.run + ["--steps", "20", "--workers", "1"], in: folder)
      let resumed = try await Product.run("resume", "--steps", "40", "--workers", "2", in: folder)
      #expect(resumed.status == 0, "\(resumed)")
      let program = """
        import sqlite3
        with sqlite3.connect("Results/cap-set/a/run.sqlite") as journal:
            print(journal.execute("SELECT detail FROM event WHERE kind = 'resumed'").fetchone()[0])
        """
      let detail = try await Product.run(tool: "python3", "-c", program, in: folder)
      #expect(try detail.json == ["run.steps": ["20", "40"], "run.workers": ["1", "2"]], "\(detail)")
      let help = try await Product.run("resume", "--help", in: folder)
      #expect(!help.output.contains("10000") && !help.output.contains("one per core"), "\(help)")
    }

    @Test(
      "holds under fire: the short form of Scripts/torture",
      // Not `faults`: its server stalls, and on a busy machine answers that are good come too late as well.
      arguments: ["kills", "cuts", "paid"]
    )
    func holdsUnderFire(_ part: String) async throws {
      let folder = try Folder()
      let script = URL(fileURLWithPath: #filePath).appendingPathComponent("../../../Scripts/torture")
        .standardized
      let result = try await Product.run(
        tool: "env",
        "FUNSEARCH_BINARY=\(Product.path)",
        "python3",
        script.path,
        "--short",
        "--only",
        part,
        in: folder
      )
      #expect(result.status == 0, "\(result)")
    }

    @Test("that another process works on is refused, naming that process")
    func isRefusedWhileRunning() async throws {
      let folder = try Folder()
      let running = try Product.start(Self.run + ["--steps", "unlimited"], in: folder)
      running.read(lines: 1)
      let second = try await Product.run("resume", "--json", in: folder)
      #expect(second.status == 1 && second.output == "", "\(second)")
      #expect(second.errors.contains("process \(running.identifier) "), "\(second)")
      let list = try await Product.run("list", "--json", in: folder)
      #expect(try list.json.array?.first?["state"]?.string == "running")
      running.kill(SIGTERM)
      #expect(try running.finish().status == 130)
    }

    @Test("names the runs there are when there is no such run")
    func namesRuns() async throws {
      let folder = try Folder()
      let none = try await Product.run("resume", in: folder)
      #expect(none.status == 1 && none.errors.contains("Results holds no runs"), "\(none)")
      _ = try await Product.run(Self.run + ["--steps", "3"], in: folder)
      let other = try await Product.run("resume", "cap-set/b", in: folder)
      #expect(other.status == 1 && other.errors.contains("did you mean \"cap-set/a\""), "\(other)")
    }
  }
}
