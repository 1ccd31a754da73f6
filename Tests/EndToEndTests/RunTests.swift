import PythonSyntax
import Testing

extension ProductRunTests {
  @Suite("A run")
  struct RunTests {
    @Test("ends with the line that programs read, and with files that stand alone")
    func endsWithLineAndFiles() async throws {
      let folder = try Folder()
      let run = try await Product.run(
        "run",
        "cap-set",
        "--islands",
        "8",
        "--inputs",
        "4",
        "--steps",
        "200",
        "--seed",
        "7",
        "--json",
        in: folder
      )
      #expect(run.status == 0, "\(run)")
      let lines = try run.lines
      #expect(lines.first?["event"]?.string == "started")
      #expect(
        lines.dropFirst().dropLast().allSatisfy { ["improved", "reset"].contains($0["event"]?.string) }
      )
      let last = try run.last
      #expect(last["event"]?.string == "finished")
      #expect(last["run"]?.string == "0001")
      #expect(last["problem"]?.string == "cap-set")
      #expect(last["seed"]?.int == 7)
      #expect(last["steps"]?.int == 200)
      #expect(last["reached_target"]?.bool == false)
      let evaluations = try #require(last["evaluations"]?.int)
      #expect((1...200).contains(evaluations))
      #expect(last["duplicates"]?.int != nil)
      #expect(last["failures"]?.object?.values.allSatisfy { $0.int != nil } == true)
      #expect(try #require(last["wall_seconds"]?.double) > 0)
      #expect(try #require(last["cpu_seconds"]?["engine"]?.double) > 0)
      #expect(try #require(last["cpu_seconds"]?["workers"]?.double) > 0)
      #expect(try run.digest.wholeMatch(of: /[0-9a-f]{64}/) != nil)
      let best = try #require(last["best"])
      let score = try #require(best["score"]?.double)
      #expect(best["verified"]?.bool == true)
      #expect(try #require(best["program"]?.int) > 0)
      #expect(score > 8, "the search found nothing")

      let directory = try #require(last["directory"]?.string)
      #expect(directory == "Results/cap-set/0001")
      for name in ["run.sqlite", "best.py", "best.json", "problem/specification.py", "problem/problem.yaml"] {
        #expect(folder.holds("\(directory)/\(name)"), "\(name) is missing")
      }
      let elsewhere = try Folder()
      let program = try await Product.run(
        tool: "python3",
        "-I",
        folder.file("\(directory)/best.py"),
        in: elsewhere
      )
      #expect(program.status == 0 && program.output == "4 \(Int(score))\n", "\(program)")
    }

    @Test("tells people the same on standard error and the result on standard output")
    func speaksToPeople() async throws {
      let folder = try Folder()
      let run = try await Product.run(
        "run",
        "cap-set",
        "--inputs",
        "3",
        "--steps",
        "30",
        "--islands",
        "2",
        in: folder
      )
      #expect(run.status == 0)
      #expect(run.output.contains("verified) after 30 steps"), "\(run)")
      #expect(run.output.contains(/digest [0-9a-f]{64}\n/))
      #expect(run.errors.contains("2 islands, 30 steps, seed 0"))
      let quiet = try await Product.run(
        "run",
        "cap-set",
        "--inputs",
        "3",
        "--steps",
        "30",
        "--islands",
        "2",
        "--quiet",
        in: folder
      )
      #expect(quiet.status == 0 && quiet.errors == "", "\(quiet)")
    }

    @Test("has one history with any number of workers, and another with another seed")
    func hasOneHistory() async throws {
      let folder = try Folder()
      var digests: [String] = []
      for workers in ["1", "2", "3", "8"] {
        let run = try await Product.run(
          "run",
          "cap-set",
          "--inputs",
          "4",
          "--islands",
          "4",
          "--steps",
          "150",
          "--seed",
          "3",
          "--workers",
          workers,
          "--set",
          "search.epoch_steps=8",
          "--json",
          in: folder
        )
        #expect(run.status == 0, "\(run)")
        digests.append(try run.digest)
      }
      #expect(Set(digests).count == 1, "1, 2, 3 and 8 workers: \(digests)")
      let other = try await Product.run(
        "run",
        "cap-set",
        "--inputs",
        "4",
        "--islands",
        "4",
        "--steps",
        "150",
        "--seed",
        "4",
        "--set",
        "search.epoch_steps=8",
        "--json",
        in: folder
      )
      #expect(try other.digest != digests[0])
    }

    @Test("ends at the target, at the same place with any number of workers")
    func endsAtTarget() async throws {
      let folder = try Folder()
      var ends: [JSONValue] = []
      for workers in ["1", "3"] {
        let run = try await Product.run(
          "run",
          "cap-set",
          "--inputs",
          "3",
          "--islands",
          "4",
          "--steps",
          "5000",
          "--target",
          "9",
          "--workers",
          workers,
          "--json",
          in: folder
        )
        #expect(run.status == 0, "\(run)")
        let last = try run.last
        #expect(last["reached_target"]?.bool == true)
        #expect(last["best"]?["score"]?.double == 9)
        ends.append([
          "digest": last["digest"] ?? nil, "steps": last["steps"] ?? nil, "best": last["best"] ?? nil,
          "evaluations": last["evaluations"] ?? nil, "duplicates": last["duplicates"] ?? nil,
        ])
      }
      #expect(ends[0] == ends[1])
    }

    @Test("is named by the next number or by its user, and never replaces another")
    func isNamed() async throws {
      let folder = try Folder()
      let small = ["run", "cap-set", "--inputs", "3", "--islands", "1", "--steps", "5", "--json"]
      for _ in 0..<2 { _ = try await Product.run(small, in: folder) }
      let named = try await Product.run(small + ["--name", "mine", "--results", "deep/er"], in: folder)
      #expect(try named.last["directory"]?.string == "deep/er/cap-set/mine")
      #expect(folder.names(in: "Results/cap-set") == ["0001", "0002"])
      let journal = try folder.bytes(of: "deep/er/cap-set/mine/run.sqlite")
      let again = try await Product.run(small + ["--name", "mine", "--results", "deep/er"], in: folder)
      #expect(again.status == 1 && again.errors.contains("there is a run at deep/er/cap-set/mine already"))
      #expect(again.output == "")
      #expect(try folder.bytes(of: "deep/er/cap-set/mine/run.sqlite") == journal)
    }
  }
}
