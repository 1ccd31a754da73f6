import PythonSyntax
import Testing

extension ProductCommandTests {
  @Suite("Usage")
  struct UsageTests {
    @Test("explains itself")
    func explains() async throws {
      let folder = try Folder()
      let help = try await Product.run("--help", in: folder)
      #expect(help.status == 0 && help.errors == "")
      for verb in [
        "run", "resume", "list", "top", "show", "verify", "prompt", "evaluate", "validate", "doctor",
        "settings",
        "completions",
      ] {
        #expect(help.output.contains(verb), "\(verb)")
        let own = try await Product.run(verb, "--help", in: folder)
        #expect(own.status == 0 && own.output.contains("OVERVIEW: "), "\(own)")
      }
      #expect(try await Product.run("--version", in: folder).output.contains(/^\d+\.\d+\.\d+\n$/))
    }

    @Test(
      "refuses what it does not know with exit code 64, the word and the nearest one",
      arguments: [
        (["run", "cap-set", "--step", "5"], "--steps"),
        (["run", "cap-set", "--steps"], "--steps"),
        (["run"], "problem"),
        (["rnu", "cap-set"], "rnu: there is no such command; did you mean run?"),
        (["reprot", "--json"], "report"),
        (["zzz"], "--help"),
        (["run", "cap-set", "--inputs", "nope"], "--inputs nope"),
        (["run", "cap-set", "--inputs", ""], "--inputs"),
        (["run", "cap-set", "--inputs", "4,,5"], "--inputs 4,,5"),
        (["run", "cap-set", "--steps", "many"], "run.steps"),
        (["run", "cap-set", "--steps=-5"], "run.steps"),
        (["run", "cap-set", "--islands", "0"], "search.islands"),
        (["run", "cap-set", "--islands", "3.5"], "search.islands"),
        (["run", "cap-set", "--seed=-1"], "search.seed"),
        (["run", "cap-set", "--workers", "0"], "run.workers"),
        (["run", "cap-set", "--target", "nan"], "run.target"),
        (["run", "cap-set", "--max-time", "soon"], "--max-time soon"),
        (["run", "cap-set", "--max-time=-3s"], "--max-time -3s"),
        (["run", "cap-set", "--set", "search.lga=3"], "search.lag"),
        (["run", "cap-set", "--set", "lag"], "--set lag"),
        (["run", "cap-set", "--set", "search.lag="], "search.lag"),
        (["run", "cap-set", "--set", "search.preset=papper"], "paper"),
        (["run", "cap-set", "--set", "mutation.weights.nothing=1"], "mutation.weights"),
        (["run", "cap-set", "--isolation", "some"], "isolation"),
        (["run", "cap-set", "--name", "../up", "--inputs", "3"], "--name ../up"),
        (["evaluate", "cap-set"], "file"),
        (["top", "--limit", "0"], "--limit 0"),
        (["completions", "tcsh"], "tcsh"),
      ]
    )
    func refuses(_ arguments: [String], _ word: String) async throws {
      let folder = try Folder()
      let result = try await Product.run(arguments, in: folder)
      #expect(result.status == 64, "\(arguments) \(result)")
      #expect(result.output == "" && result.errors.contains(word), "\(arguments) \(result)")
      #expect(!folder.holds("Results"), "\(arguments)")
    }

    @Test("refuses inputs that the problem cannot score, before a run folder is made")
    func refusesInputs() async throws {
      let folder = try Folder()
      for inputs in ["2", "\"four\"", "4,99", "null", "[4]"] {
        let result = try await Product.run("run", "cap-set", "--inputs", inputs, "--json", in: folder)
        #expect(result.status == 65 && result.output == "", "\(inputs): \(result)")
        #expect(!folder.holds("Results"), "\(inputs)")
      }
    }

    @Test("refuses a folder of results that cannot be used")
    func refusesResults() async throws {
      let folder = try Folder()
      try folder.write("a file", to: "taken")
      let result = try await Product.run(
        "run",
        "cap-set",
        "--inputs",
        "3",
        "--steps",
        "5",
        "--results",
        "taken",
        in: folder
      )
      #expect(result.status == 1 && result.errors.contains("taken/cap-set cannot be made"), "\(result)")
    }
  }
}
