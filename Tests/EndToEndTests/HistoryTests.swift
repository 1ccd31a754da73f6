import PythonSyntax
import Testing

extension ProductRunTests {
  @Suite("A run's history")
  struct HistoryTests {
    /// One finished run that all tests here read or copy.
    private static let shared = Task {
      let folder = try Folder()
      let run = try await Product.run(
        [
          "run", "cap-set", "--inputs", "4", "--islands", "3", "--steps", "120", "--seed", "5", "--json",
          "--set", "search.epoch_steps=10", "--name", "a",
        ],
        in: folder
      )
      try #require(run.status == 0, "\(run)")
      return (folder: folder, last: try run.last)
    }

    /// A copy of that run, to be changed.
    private static func copy() async throws -> Folder {
      let folder = try Folder()
      let shared = try await shared.value.folder
      _ = try await Product.run(tool: "cp", "-r", shared.file("Results"), folder.path, in: folder)
      return folder
    }

    private static func change(_ statement: String, in folder: Folder) async throws {
      let program = """
        import sqlite3, sys
        with sqlite3.connect("Results/cap-set/a/run.sqlite") as journal:
            journal.execute(sys.argv[1])
        """
      let changed = try await Product.run(tool: "python3", "-c", program, statement, in: folder)
      try #require(changed.status == 0, "\(changed)")
    }

    @Test("is made again equal, from the journal and by evaluating", arguments: [[], ["--evaluate"]])
    func isMadeAgain(_ flags: [String]) async throws {
      let (folder, last) = try await Self.shared.value
      let replay = try await Product.run(["replay", "--json"] + flags, in: folder)
      #expect(replay.status == 0, "\(replay)")
      let object = try replay.json
      #expect(object["equal"]?.bool == true && object["programs"]?.int == 120)
      #expect(object["digest"] == last["digest"])
      let text = try await Product.run(["replay"] + flags, in: folder)
      #expect(text.status == 0 && text.output.hasPrefix("equal: 120 programs"), "\(text)")
    }

    @Test(
      "that was changed is told by a replay, with the place and both sides",
      arguments: [
        ("UPDATE step SET registration = 'duplicate' WHERE program = 47", "registration"),
        ("UPDATE step SET parents = '[1,2,3]' WHERE program = 47", "parents"),
        ("UPDATE step SET operators = '[\"other\"]' WHERE program = 47", "operators"),
        ("UPDATE step SET body = 1 + (body = 1) WHERE program = 47", "program"),
        ("UPDATE step SET redraws = redraws + 1 WHERE program = 47", "redraws"),
      ]
    )
    func tellsDifference(_ statement: String, _ field: String) async throws {
      let folder = try await Self.copy()
      try await Self.change(statement, in: folder)
      let replay = try await Product.run("replay", "--json", in: folder)
      #expect(replay.status == 1, "\(replay)")
      let difference = try #require(try replay.json["difference"])
      #expect(difference["program"]?.int == 47, "\(replay)")
      #expect(difference["island"]?.int == 46 % 3 && difference["step"]?.int == 46 / 3)
      let fields = difference["fields"]?.array ?? []
      #expect(fields.contains { $0["name"]?.string == field }, "\(replay)")
      #expect(fields.allSatisfy { $0["was"] != $0["is"] })
      let text = try await Product.run("replay", in: folder)
      #expect(text.status == 1 && text.output.contains("differs first in program 47"), "\(text)")
    }

    @Test("with a score that does not hold is told by evaluating again; a time-out is taken as it was")
    func tellsScore() async throws {
      let folder = try await Self.copy()
      try await Self.change("UPDATE founder SET total = 15.0, scores = '[15.0]'", in: folder)
      let replay = try await Product.run("replay", "--evaluate", "--json", in: folder)
      #expect(replay.status == 1, "\(replay)")
      #expect(try replay.json["difference"]?["program"]?.int == 0, "\(replay)")
    }

    @Test("goes on elsewhere in a fork, which names where it came from and is a run like any other")
    func goesOnInFork() async throws {
      let folder = try await Self.copy()
      let run = ["fork", "cap-set/a", "--at", "70", "--seed", "9", "--json"]
      let fork = try await Product.run(run + ["--name", "b"], in: folder)
      #expect(fork.status == 0, "\(fork)")
      #expect(try fork.last["steps"]?.int == 120)
      let whole = try await Self.shared.value.last
      #expect(try fork.digest != whole["digest"]?.string)
      // The same in two sittings, and with other workers.
      let half = try await Product.run(run + ["--name", "c", "--steps", "90", "--workers", "1"], in: folder)
      #expect(half.status == 0, "\(half)")
      let rest = try await Product.run(
        "resume",
        "cap-set/c",
        "--steps",
        "120",
        "--workers",
        "3",
        "--json",
        in: folder
      )
      #expect(try rest.digest == fork.digest, "\(rest)")
      for name in ["b", "c"] {
        #expect(try await Product.run("replay", "cap-set/\(name)", in: folder).status == 0)
        #expect(try await Product.run("verify", "cap-set/\(name)", in: folder).status == 0)
      }
      let list = try await Product.run("list", "--json", in: folder)
      let origins = try list.json.array?.compactMap { $0["origin"] } ?? []
      #expect(
        origins.count == 2 && origins.allSatisfy { $0["run"]?.string == "cap-set/a" && $0["at"]?.int == 70 }
      )
      let certificate = try folder.json(of: "Results/cap-set/b/best.json")
      #expect(certificate["origin"]?["at"]?.int == 70 && certificate["problem"]?.string == "cap-set")
      // Nothing changed, it is the same search.
      let same = try await Product.run(
        "fork",
        "cap-set/a",
        "--at",
        "120",
        "--name",
        "d",
        "--json",
        in: folder
      )
      #expect(try same.digest == whole["digest"]?.string, "\(same)")
      // A fork of a fork, before and after the first place.
      for at in ["40", "100"] {
        let again = try await Product.run(
          "fork",
          "cap-set/b",
          "--at",
          at,
          "--seed",
          "3",
          "--name",
          "e\(at)",
          "--json",
          in: folder
        )
        #expect(again.status == 0, "\(again)")
        #expect(try await Product.run("replay", "cap-set/e\(at)", in: folder).status == 0)
      }
    }

    @Test(
      "is not forked where it cannot be",
      arguments: [
        (["--at", "121"], "steps 0 to 120"), (["--at=-1"], "steps 0 to 120"),
        (["--at", "50", "--set", "search.islands=4"], "search.islands is 3"),
        (["--at", "50", "--set", "search.epoch_steps=4"], "search.epoch_steps is 10"),
        (["--at", "50", "--set", "search.lga=4"], "did you mean \"search.lag\""), ([], "--at"),
      ]
    )
    func isNotForked(_ flags: [String], _ message: String) async throws {
      let (folder, _) = try await Self.shared.value
      let fork = try await Product.run(["fork", "cap-set/a", "--json"] + flags, in: folder)
      #expect(fork.status == 64 && fork.output == "" && fork.errors.contains(message), "\(fork)")
      #expect(folder.names(in: "Results/cap-set") == ["a"])
    }

    @Test("tells where a program came from")
    func tellsLineage() async throws {
      let (folder, last) = try await Self.shared.value
      let best = String(try #require(last["best"]?["program"]?.int))
      let lineage = try await Product.run("lineage", best, "--json", in: folder)
      #expect(lineage.status == 0, "\(lineage)")
      let line = try #require(try lineage.json["generations"]?.array)
      #expect(line.first?["program"]?.int == Int(best))
      for (child, parent) in zip(line, line.dropFirst()) {
        #expect(child["parents"]?.array?.first == parent["program"])
        if let score = child["score"]?.double, let before = parent["score"]?.double {
          #expect(child["change"]?.double == score - before)
        }
      }
      let all = try await Product.run("lineage", best, "--all", "--json", in: folder)
      let programs = try all.json["generations"]?.array?.compactMap { $0["program"]?.int } ?? []
      #expect(programs == programs.sorted(by: >) && programs.count >= line.count && programs.last == 0)
      #expect(try await Product.run("lineage", best, in: folder).output.hasPrefix("program  score"))
      let beyond = try await Product.run("lineage", "121", in: folder)
      #expect(beyond.status == 64 && beyond.errors.contains("0 to 120"), "\(beyond)")
    }

    @Test("shows what differs between two programs")
    func showsDifference() async throws {
      let (folder, _) = try await Self.shared.value
      let diff = try await Product.run("diff", "0", "20", in: folder)
      #expect(diff.status == 0, "\(diff)")
      let lines = diff.output.split(separator: "\n")
      #expect(lines[0].hasPrefix("--- program 0  16") && lines[1].hasPrefix("+++ program 20  "))
      #expect(
        lines[2].hasPrefix("@@ -") && lines.contains("-  return 0.0") && !diff.output.contains("\u{1B}")
      )
      let canonical = try await Product.run("diff", "0", "20", "--canonical", "--json", in: folder)
      #expect(try canonical.json["hunks"]?.array?.first?["lines"]?.array?.isEmpty == false)
      let same = try await Product.run("diff", "7", "7", in: folder)
      #expect(same.status == 0 && same.output == "" && same.errors.contains("the same"), "\(same)")
      #expect(try await Product.run("diff", "0", "999", in: folder).status == 64)
    }

    @Test("lists steps by island, epoch, outcome and operator")
    func listsSteps() async throws {
      let (folder, _) = try await Self.shared.value
      func steps(_ flags: String...) async throws -> [JSONValue] {
        let list = try await Product.run(["history", "--json", "--limit", "all"] + flags, in: folder)
        #expect(list.status == 0, "\(list)")
        return try list.json.array ?? []
      }
      let all = try await steps()
      #expect(all.compactMap { $0["program"]?.int } == Array(1...120))
      #expect(try await steps("--island", "2") == all.filter { $0["island"]?.int == 2 })
      #expect(try await steps("--epoch", "1") == all.filter { $0["epoch"]?.int == 1 })
      #expect(try await steps("--outcome", "scored") == all.filter { $0["outcome"]?.string == "scored" })
      #expect(try await steps("--outcome", "failed") == all.filter { $0["outcome"]?.string != "scored" })
      let subtree = try await steps("--operator", "subtree", "--island", "1")
      #expect(
        subtree
          == all.filter { step in
            step["island"]?.int == 1 && step["operators"]?.array?.contains("subtree") == true
          }
      )
      let last = try await Product.run("history", "--limit", "3", in: folder)
      #expect(
        last.output.split(separator: "\n").map { $0.prefix(3) } == ["pro", "118", "119", "120"],
        "\(last)"
      )
      for flags in [
        ["--operator", "subtre"], ["--island", "3"], ["--outcome", "scord"], ["--limit", "0"],
        ["--epoch", "x"],
      ] {
        #expect(try await Product.run(["history"] + flags, in: folder).status == 64, "\(flags)")
      }
    }

    @Test("shows the best of an island, and of programs that behave the same one")
    func showsTop() async throws {
      let (folder, _) = try await Self.shared.value
      let all = try await Product.run("top", "--limit", "121", "--all", "--json", in: folder)
      let distinct = try await Product.run("top", "--limit", "121", "--json", in: folder)
      let (many, few) = (try #require(try all.json.array), try #require(try distinct.json.array))
      #expect(few.count < many.count && Set(few).isSubset(of: Set(many)))
      let scores = many.compactMap { $0["score"]?.double }
      #expect(scores == scores.sorted(by: >))
      let island = try await Product.run("top", "--island", "1", "--limit", "5", "--json", in: folder)
      #expect(try island.json.array?.allSatisfy { $0["island"]?.int ?? 1 == 1 } == true, "\(island)")
      let none = try await Product.run("top", "--island", "3", in: folder)
      #expect(none.status == 64 && none.errors.contains("islands 0 to 2"), "\(none)")
    }

    @Test("is exported with the documented columns", arguments: ["programs", "steps", "curve"])
    func isExported(_ table: String) async throws {
      let (folder, last) = try await Self.shared.value
      let lines = try await Product.run("export", table, in: folder)
      #expect(lines.status == 0, "\(lines)")
      let rows = try lines.lines
      let program = """
        import csv, json, sys
        rows = list(csv.DictReader(sys.stdin if len(sys.argv) < 2 else open(sys.argv[1], newline="")))
        print(json.dumps(rows))
        """
      let file = "\(table).csv"
      #expect(try await Product.run("export", table, "--output", file, in: folder).status == 0)
      let read = try await Product.run(tool: "python3", "-c", program, file, in: folder)
      let cells = try #require(try read.json.array, "\(read)")
      #expect(cells.count == rows.count && !rows.isEmpty)
      for (row, cell) in zip(rows, cells) {
        #expect(Set(row.object?.keys.map(\.self) ?? []) == Set(cell.object?.keys.map(\.self) ?? []))
        #expect(cell["program"]?.string == row["program"]?.int.map(String.init))
      }
      if table == "steps" { #expect(rows.count == 120) }
      if table == "curve" { #expect(rows.last?["score"]?.double == last["best"]?["score"]?.double) }
      if table == "programs" { #expect(rows.allSatisfy { $0["source"]?.string?.hasPrefix("def ") == true }) }
      let refused = try await Product.run("export", table, "--output", "no/such/folder", in: folder)
      #expect(refused.status == 1 && refused.errors.contains("no/such/folder cannot be written"))
    }

    @Test("whose best at some time does not hold fails verification, with that program")
    func failsVerification() async throws {
      let folder = try await Self.copy()
      try await Self.change(
        """
        UPDATE artifact SET json = '[]' WHERE program =
        (SELECT min(program) FROM claim WHERE program > 0 AND program <> (
          SELECT program FROM step JOIN claim USING (program) ORDER BY total DESC, program LIMIT 1)
         AND program IN (SELECT program FROM step WHERE total > 16))
        """,
        in: folder
      )
      let verify = try await Product.run("verify", "--json", in: folder)
      let curve = try #require(try verify.json["checks"]?.array?.last)
      #expect(curve["name"]?.string == "curve", "\(verify)")
      if curve["holds"]?.bool == false {
        #expect(verify.status == 1 && curve["detail"]?.string?.contains("program ") == true, "\(verify)")
      }
    }
  }
}
