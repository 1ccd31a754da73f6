import Foundation
import PythonSyntax
import Testing

extension ProductCommandTests {
  @Suite("The records")
  struct RecordTests {
    /// A run with its best program recorded, that all tests here copy.
    private static let shared = Task {
      let folder = try Folder()
      for (name, steps) in [("good", "600"), ("poor", "2")] {
        let run = try await Product.run(
          "run",
          "cap-set",
          "--inputs",
          "4",
          "--islands",
          "4",
          "--seed",
          "7",
          "--steps",
          steps,
          "--name",
          name,
          "--set",
          "search.lag=3",
          "--json",
          in: folder
        )
        try #require(run.status == 0, "\(run)")
      }
      let record = try await Product.run("record", "cap-set/good", "--json", in: folder)
      try #require(record.status == 0, "\(record)")
      return (folder: folder, record: try record.json)
    }

    private static func copy() async throws -> Folder {
      let folder = try Folder()
      let shared = try await shared.value.folder
      _ = try await Product.run(tool: "cp", "-r", shared.file("Results"), folder.path, in: folder)
      return folder
    }

    @Test("hold program, objects and certificate, and the command that finds the program again")
    func hold() async throws {
      let (folder, record) = try await Self.shared.value
      #expect(record["record"]?.string == "Results/records/cap-set/4")
      #expect(folder.names(in: "Results/records") == ["README.md", "cap-set"])
      #expect(
        folder.names(in: "Results/records/cap-set/4") == [
          "README.md", "artifact.json", "best.json", "best.py",
        ]
      )
      let score = try #require(record["score"]?.double)
      let program = try await Product.run(
        tool: "python3",
        "-I",
        "Results/records/cap-set/4/best.py",
        in: folder
      )
      #expect(program.output == "4 \(Int(score))\n", "\(program)")
      let command = try #require(record["command"]?.string)
      #expect(command.contains("--inputs 4") && command.contains("--set search.lag=3"), "\(command)")
      #expect(command.contains("--seed 7") && !command.contains("run.workers"))
      let words = command.split(separator: " ").map(String.init)
      let again = try await Product.run(words.dropFirst() + ["--json"], in: try Folder())
      #expect(again.status == 0, "\(again)")
      let best = try #require(try again.last["best"])
      #expect(best["score"]?.double == score && best["program"] == record["program"], "\(again)")
      let list = String(decoding: try folder.bytes(of: "Results/records/README.md"), as: UTF8.self)
      #expect(list.contains("| cap-set | `4` | \(Int(score)) | yes | 7 |"), "\(list)")
    }

    @Test("take a better program only, or any with --force")
    func takeBetter() async throws {
      let folder = try await Self.copy()
      let before = try folder.bytes(of: "Results/records/cap-set/4/best.json")
      for run in ["cap-set/good", "cap-set/poor"] {
        let refused = try await Product.run("record", run, in: folder)
        #expect(refused.status == 1 && refused.errors.contains("holds a program of score"), "\(refused)")
        #expect(try folder.bytes(of: "Results/records/cap-set/4/best.json") == before)
      }
      let forced = try await Product.run("record", "cap-set/poor", "--force", "--json", in: folder)
      #expect(forced.status == 0, "\(forced)")
      #expect(try folder.bytes(of: "Results/records/cap-set/4/best.json") != before)
      let better = try await Product.run("record", "cap-set/good", "--json", in: folder)
      #expect(better.status == 0, "\(better)")
      #expect(try better.json["former_score"] == forced.json["score"])
      #expect(try folder.bytes(of: "Results/records/cap-set/4/best.json") == before)
    }

    @Test("take nothing unverified, and nothing that does not hold, whatever is forced")
    func takeVerified() async throws {
      let folder = try await Self.copy()
      try folder.write(
        """
        import funsearch

        @funsearch.run
        def evaluate(limit):
          return float(guess())

        @funsearch.evolve
        def guess() -> float:
          return 0.0
        """,
        to: "toy/specification.py"
      )
      let run = try await Product.run("run", "toy", "--inputs", "1", "--steps", "5", "--json", in: folder)
      #expect(run.status == 0, "\(run)")
      let refused = try await Product.run("record", in: folder)
      #expect(refused.status == 1 && refused.errors.contains("not verified"), "\(refused)")
      #expect(!folder.holds("Results/records/toy"))
      #expect(try await Product.run("record", "--force", in: folder).status == 0)
      let change = """
        import sqlite3
        journal = sqlite3.connect("Results/cap-set/good/run.sqlite")
        journal.execute("UPDATE step SET total = total + 1 WHERE total IS NOT NULL")
        journal.commit()
        """
      #expect(try await Product.run(tool: "python3", "-c", change, in: folder).status == 0)
      let broken = try await Product.run("record", "cap-set/good", "--force", in: folder)
      #expect(broken.status == 65, "\(broken)")
    }

    @Test("hold when verified, all of them, by the problem as it is installed too")
    func verify() async throws {
      let folder = try await Self.shared.value.folder
      let verify = try await Product.run("verify", "Results/records", "--json", in: folder)
      #expect(verify.status == 0, "\(verify)")
      let object = try verify.json
      #expect(object["holds"]?.bool == true)
      let checks = object["records"]?.array?.first?["checks"]?.array?.compactMap { $0["name"]?.string }
      #expect(checks == ["program", "artifact", "artifact.json", "best.py", "problem"])
      let text = try await Product.run("verify", "Results/records", in: folder)
      #expect(text.status == 0 && text.output.contains("1 record checked, all hold"), "\(text)")
    }

    @Test(
      "do not hold when one of their files was changed, and say which",
      arguments: [
        ("best.py", "return", "return 1 +", "best.py"),
        ("best.py", "len(", "2 * len(", "best.py"),
        ("artifact.json", "[", "[ ", "artifact.json"),
        ("best.json", "@funsearch.verify", "@funsearch.verify ", "problem"),
        ("best.json", "\"score\": ", "\"score\": 1", "program"),
      ]
    )
    func fail(_ file: String, _ old: String, _ new: String, _ check: String) async throws {
      let folder = try await Self.copy()
      let path = "Results/records/cap-set/4/\(file)"
      let text = String(decoding: try folder.bytes(of: path), as: UTF8.self)
      let place = try #require(text.range(of: old))
      try folder.write(text.replacingCharacters(in: place, with: new), to: path)
      let verify = try await Product.run("verify", "Results/records", "--json", in: folder)
      if check == "problem" {
        // Another text of the specification: told, while the objects hold.
        #expect(verify.output.contains("has changed since"), "\(verify)")
        return
      }
      #expect(verify.status == 1, "\(verify)")
      let failed = (try verify.json["records"]?.array?.first?["checks"]?.array ?? []).filter {
        $0["holds"]?.bool == false
      }
      let names = failed.compactMap { $0["name"]?.string }
      #expect(names.contains(check), "\(verify)")
    }

    @Test("are what git keeps of the results")
    func git() async throws {
      var root = URL(fileURLWithPath: #filePath)
      for _ in 0..<3 { root.deleteLastPathComponent() }
      // The rules of the checkout, in a repository that holds nothing else.
      let folder = try Folder()
      try folder.write(
        try String(contentsOf: root.appendingPathComponent(".gitignore"), encoding: .utf8),
        to: ".gitignore"
      )
      #expect(try await Product.run(tool: "git", "init", "-q", in: folder).status == 0)
      func isIgnored(_ path: String) async throws -> Bool {
        try await Product.run(tool: "git", "check-ignore", "--no-index", "-q", path, in: folder).status == 0
      }
      for kept in [
        "records/cap-set/8/best.json", "records/cap-set/8/best.py", "records/README.md", "README.md",
      ] {
        #expect(try await !isIgnored("Results/\(kept)"), "\(kept)")
      }
      for other in ["cap-set/0001/best.json", "experiments/e/experiment.json", "other.txt"] {
        #expect(try await isIgnored("Results/\(other)"), "\(other)")
      }
    }
  }
}
