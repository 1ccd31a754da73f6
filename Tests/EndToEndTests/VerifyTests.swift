import PythonSyntax
import Testing

extension ProductRunTests {
  @Suite("Verification")
  struct VerifyTests {
    private static func run(in folder: Folder) async throws {
      let run = try await Product.run(
        "run",
        "cap-set",
        "--inputs",
        "4",
        "--islands",
        "4",
        "--steps",
        "60",
        "--name",
        "a",
        "--json",
        in: folder
      )
      try #require(run.status == 0, "\(run)")
    }

    @Test("holds for a run: journal, digest, program and artifact")
    func holdsForRun() async throws {
      let folder = try Folder()
      try await Self.run(in: folder)
      let verify = try await Product.run("verify", "--json", in: folder)
      #expect(verify.status == 0, "\(verify)")
      let object = try verify.json
      #expect(object["holds"]?.bool == true && object["verified"]?.bool == true)
      let names = object["checks"]?.array?.compactMap { $0["name"]?.string }
      #expect(names == ["journal", "digest", "best.json", "program", "artifact", "curve"])
      let text = try await Product.run("verify", "cap-set/a", in: folder)
      #expect(text.status == 0 && text.output.contains("ok     artifact"), "\(text)")
    }

    @Test("of a certificate needs nothing but the file, from any folder")
    func needsCertificateOnly() async throws {
      let folder = try Folder()
      let elsewhere = try Folder()
      try await Self.run(in: folder)
      try folder.move("Results/cap-set/a/best.json", to: elsewhere.file("claim.json"))
      try folder.remove("Results")
      let verify = try await Product.run("verify", "claim.json", "--json", in: elsewhere)
      #expect(verify.status == 0, "\(verify)")
      #expect(try verify.json["verified"]?.bool == true)
    }

    @Test("fails for a certificate that was tampered with, and says which check")
    func failsForTampered() async throws {
      let folder = try Folder()
      try await Self.run(in: folder)
      let claim = try #require(try folder.json(of: "Results/cap-set/a/best.json").object)
      let score = try #require(claim["score"]?.double)
      func check(_ changes: [String: JSONValue], fails names: Set<String>) async throws {
        let changed = JSONValue.object(claim.merging(changes) { $1 })
        try folder.write(String(decoding: changed.serialized, as: UTF8.self), to: "changed.json")
        let verify = try await Product.run("verify", "changed.json", "--json", in: folder)
        #expect(verify.status == 1, "\(changes.keys.sorted()): \(verify)")
        let object = try verify.json
        #expect(object["holds"]?.bool == false)
        let failed = (object["checks"]?.array ?? []).filter { $0["holds"]?.bool == false }
        #expect(names.isSubset(of: failed.compactMap { $0["name"]?.string }), "\(changes.keys): \(verify)")
      }
      try await check(
        ["score": .double(score + 1), "scores": [.double(score + 1)]],
        fails: ["program", "artifact"]
      )
      try await check(["program": "def priority(el, n):\n  return 0.0\n"], fails: ["program"])
      try await check(["program": "def priority(el, n):\n  return"], fails: ["program"])
      let artifact = try #require(claim["artifacts"]?.array?.first?.array)
      try await check(["artifacts": [.array(artifact.dropLast())]], fails: ["artifact"])
      try await check(["artifacts": [.array(artifact + [artifact[0]])]], fails: ["artifact"])
      try await check(["artifacts": ["not a cap set"]], fails: ["artifact"])
    }

    @Test("fails for a certificate that is none")
    func failsForOther() async throws {
      let folder = try Folder()
      for text in ["", "{", "[]", "{}", "{\"format\": 2}", "\u{FEFF}nonsense"] {
        try folder.write(text, to: "claim.json")
        let verify = try await Product.run("verify", "claim.json", "--json", in: folder)
        #expect(verify.status == 65 && verify.output == "", "\(text): \(verify)")
        #expect(verify.errors.contains("claim.json"), "\(text): \(verify)")
      }
    }

    @Test("fails for a journal whose history was changed")
    func failsForChangedHistory() async throws {
      let folder = try Folder()
      try await Self.run(in: folder)
      let change = """
        import sqlite3
        journal = sqlite3.connect("Results/cap-set/a/run.sqlite")
        journal.execute("UPDATE step SET redraws = redraws + 1 WHERE program = 5")
        journal.commit()
        """
      #expect(try await Product.run(tool: "python3", "-c", change, in: folder).status == 0)
      let verify = try await Product.run("verify", "--json", in: folder)
      #expect(verify.status == 1, "\(verify)")
      let failed = (try verify.json["checks"]?.array ?? []).filter { $0["holds"]?.bool == false }
      #expect(failed.compactMap { $0["name"]?.string } == ["digest", "best.json"])
    }

    @Test("refuses a run whose frozen problem was changed")
    func refusesChangedProblem() async throws {
      let folder = try Folder()
      try await Self.run(in: folder)
      let file = "Results/cap-set/a/problem/specification.py"
      let text = String(decoding: try folder.bytes(of: file), as: UTF8.self)
      try folder.write(text + "\n# changed\n", to: file)
      for verb in ["verify", "resume", "prompt"] {
        let result = try await Product.run(verb, in: folder)
        #expect(
          result.status == 65 && result.errors.contains("changed after the run began")
            && result.errors.contains("\n+# changed"),
          "\(verb): \(result)"
        )
      }
    }
  }
}
