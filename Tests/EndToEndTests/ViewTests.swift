import PythonSyntax
import Testing

extension ProductCommandTests {
  @Suite("Reading runs")
  struct ViewTests {
    /// One run that all tests here read.
    private static let shared = Task {
      let folder = try Folder()
      let run = try await Product.run(
        "run",
        "cap-set",
        "--inputs",
        "4",
        "--islands",
        "4",
        "--steps",
        "100",
        "--seed",
        "2",
        // So that few programs are founded anew, and most have parents.
        "--set",
        "search.climb_share=0.1",
        "--json",
        in: folder
      )
      try #require(run.status == 0, "\(run)")
      return (folder: folder, best: try #require(try run.last["best"]))
    }

    @Test("lists what there is")
    func lists() async throws {
      let (folder, best) = try await Self.shared.value
      let list = try await Product.run("list", "--json", in: folder)
      let runs = try #require(try list.json.array)
      #expect(list.status == 0 && runs.count == 1)
      #expect(runs[0]["run"]?.string == "0001" && runs[0]["problem"]?.string == "cap-set")
      #expect(runs[0]["state"]?.string == "finished" && runs[0]["steps"]?.int == 100)
      #expect(runs[0]["best"]?.double == best["score"]?.double)
      #expect(runs[0]["seed"]?.int == 2 && runs[0]["islands"]?.int == 4)
      let text = try await Product.run("list", in: folder)
      #expect(text.status == 0 && text.output.contains("cap-set/0001  finished"), "\(text)")
      let empty = try Folder()
      #expect(try await Product.run("list", "--json", in: empty).output == "[]\n")
      #expect(try await Product.run("list", in: empty).status == 0)
    }

    @Test("passes over folders that are no runs, and shows a journal that cannot be read")
    func showsUnreadable() async throws {
      let folder = try Folder()
      try folder.write("no journal", to: "Results/cap-set/broken/run.sqlite")
      try folder.write("x", to: "Results/cap-set/broken/problem/specification.py")
      try folder.write("x", to: "Results/cap-set/notes/readme.txt")
      let list = try await Product.run("list", "--json", in: folder)
      let runs = try #require(try list.json.array)
      #expect(list.status == 0 && runs.count == 1 && runs[0]["state"]?.string == "unreadable", "\(list)")
      for verb in ["top", "verify", "resume", "prompt"] {
        let result = try await Product.run(verb, in: folder)
        #expect(result.status == 65 && result.errors.contains("run.sqlite"), "\(verb): \(result)")
      }
    }

    @Test("shows the best programs, best first")
    func showsTop() async throws {
      let (folder, best) = try await Self.shared.value
      let top = try await Product.run("top", "--json", "--limit", "3", in: folder)
      let programs = try #require(try top.json.array)
      #expect(top.status == 0 && programs.count == 3)
      let scores = programs.compactMap { $0["score"]?.double }
      #expect(scores == scores.sorted(by: >) && scores.first == best["score"]?.double)
      #expect(programs[0]["program"]?.int == best["program"]?.int)
      #expect(programs.allSatisfy { $0["source"]?.string?.hasPrefix("def priority(") == true })
      let text = try await Product.run("top", in: folder)
      #expect(
        text.status == 0 && text.output.hasPrefix("# program \(best["program"]?.int ?? -1): score"),
        "\(text)"
      )
    }

    @Test("shows one program and how it was made")
    func showsProgram() async throws {
      let (folder, best) = try await Self.shared.value
      let number = String(try #require(best["program"]?.int))
      let show = try await Product.run("show", number, "--json", in: folder)
      let program = try show.json
      #expect(
        show.status == 0 && program["program"] == best["program"] && program["outcome"]?.string == "scored"
      )
      #expect(program["verified"]?.bool == true && program["parents"]?.array != nil)
      // The best may be a random program, but not all are.
      let steps = try await Product.run("history", "--operator", "wrap", "--limit", "1", "--json", in: folder)
      let child = try #require(try steps.json.array?.first?["program"]?.int)
      let shown = try await Product.run("show", String(child), "--json", in: folder).json
      #expect(shown["parents"]?.array?.isEmpty == false, "\(child)")
      #expect(program["operators"]?.array?.isEmpty == false && program["registration"]?.string != nil)
      #expect(program["island"]?.int != nil && program["step"]?.int != nil && program["epoch"]?.int == 0)
      let text = try await Product.run("show", number, in: folder)
      #expect(text.status == 0 && text.output.contains("def priority("), "\(text)")
      let founder = try await Product.run("show", "0", "--json", in: folder)
      #expect(try founder.json["score"]?.double == 16, "\(founder)")
      let beyond = try await Product.run("show", "101", in: folder)
      #expect(beyond.status == 64 && beyond.errors.contains("0 to 100"), "\(beyond)")
      #expect(try await Product.run("show", "best", in: folder).status == 64)
    }

    @Test("shows the prompt of an island: two versions and the one asked for")
    func showsPrompt() async throws {
      let (folder, _) = try await Self.shared.value
      let prompt = try await Product.run("prompt", "--island", "3", in: folder)
      #expect(prompt.status == 0)
      for part in ["def priority_v0(", "def priority_v1(", "def priority_v2(", "import itertools"] {
        #expect(prompt.output.contains(part), "\(part) is missing\n\(prompt)")
      }
      #expect(!prompt.output.contains("priority_v3") && !prompt.output.contains("@funsearch"))
      #expect(prompt.output.contains("Improved version of `priority_v1`."))
      #expect(try await Product.run("prompt", "--island", "3", in: folder).output == prompt.output)
      for island in ["99", "4", "-1"] {
        let beyond = try await Product.run("prompt", "--island=\(island)", in: folder)
        #expect(beyond.status == 64 && beyond.errors.contains("islands 0 to 3"), "\(beyond)")
      }
    }

    @Test("examines problem, machine and settings")
    func examines() async throws {
      let folder = try Folder()
      let validate = try await Product.run("validate", "cap-set", "--inputs", "3", "--json", in: folder)
      #expect(validate.status == 0, "\(validate)")
      #expect(try validate.json["score"]?.double == 8, "\(validate)")
      let text = try await Product.run("validate", "cap-set", "--inputs", "3", in: folder)
      #expect(text.status == 0 && text.output.contains("verifier: verify"), "\(text)")
      let doctor = try await Product.run("doctor", "--json", in: folder)
      #expect(doctor.status == 0, "\(doctor)")
      #expect(try doctor.json["can_run"]?.bool == true, "\(doctor)")
      #expect(try (doctor.json["level"]?.int ?? 0) >= 2, "\(doctor)")
      let names = try doctor.json["findings"]?.array?.compactMap { $0["name"]?.string } ?? []
      #expect(Set(["Python", "isolation", "results"]).isSubset(of: names))
      #expect(try await Product.run("doctor", in: folder).output.contains("isolation: level"))
      let settings = try await Product.run("settings", "--json", in: folder)
      let keys = try settings.json.array?.compactMap { $0["key"]?.string } ?? []
      #expect(settings.status == 0 && keys.contains("search.lag") && keys.contains("run.steps"))
      #expect(try await Product.run("settings", in: folder).output.contains("search.lag"))
      for shell in ["bash", "zsh", "fish"] {
        let script = try await Product.run("completions", shell, in: folder)
        #expect(script.status == 0 && script.output.contains("funsearch"), "\(shell)")
      }
    }
  }
}
