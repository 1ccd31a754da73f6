import Foundation
import PythonSyntax
import Testing

extension ProductCommandTests {
  @Suite("A simplification")
  struct SimplifyTests {
    /// Two runs whose bests are simplified: one with tables, one of plain programs.
    private static let shared = Task {
      let folder = try Folder()
      for (name, share) in [("tables", "1"), ("plain", "0")] {
        let run = try await Product.run(
          "run",
          "cap-set",
          "--inputs",
          "4",
          "--islands",
          "2",
          "--seed",
          "3",
          "--steps",
          "120",
          "--name",
          name,
          "--set",
          "search.climb_share=\(share)",
          "--json",
          in: folder
        )
        try #require(run.status == 0, "\(run)")
      }
      return folder
    }

    private static func best(_ run: String, in folder: Folder) async throws -> (program: Int, score: Double) {
      let top = try await Product.run("top", "cap-set/\(run)", "--json", in: folder)
      let best = try #require(try JSONValue(parsing: top.output).array?.first, "\(top)")
      return (try #require(best["program"]?.int), try #require(best["score"]?.double))
    }

    @Test("has the scores of the program in fewer nodes", arguments: ["tables", "plain"])
    func keepsScores(_ run: String) async throws {
      let folder = try await Self.shared.value
      let (program, score) = try await Self.best(run, in: folder)
      var sources: Set<String> = []
      for workers in ["1", "3"] {
        let simplify = try await Product.run(
          "simplify",
          "\(program)",
          "cap-set/\(run)",
          "--workers",
          workers,
          "--out",
          "\(run)-\(workers).py",
          "--json",
          in: folder
        )
        #expect(simplify.status == 0, "\(simplify)")
        let object = try simplify.json
        #expect(object["minimal"]?.bool == true && object["verified"]?.bool == true)
        #expect(object["score"]?.double == score)
        let (before, after) = (object["before"]?["nodes"]?.int ?? 0, object["after"]?["nodes"]?.int ?? .max)
        #expect(after <= before && (run == "tables" || after < before), "\(object)")
        let source = try #require(object["source"]?.string)
        #expect(
          String(decoding: try folder.bytes(of: "\(run)-\(workers).py"), as: UTF8.self) == source + "\n"
        )
        sources.insert(source + " \(object["evaluations"]?.int ?? 0)")
      }
      #expect(sources.count == 1)
      let evaluate = try await Product.run(
        "evaluate",
        "cap-set",
        "\(run)-1.py",
        "--inputs",
        "4",
        "--json",
        in: folder
      )
      #expect(evaluate.status == 0, "\(evaluate)")
      #expect(try evaluate.json["score"]?.double == score)
    }

    @Test("prints the program on standard output and the sizes on standard error")
    func speaksToPeople() async throws {
      let folder = try await Self.shared.value
      let (program, _) = try await Self.best("plain", in: folder)
      let simplify = try await Product.run("simplify", "\(program)", "cap-set/plain", in: folder)
      #expect(simplify.status == 0 && simplify.output.hasPrefix("def priority("), "\(simplify)")
      #expect(simplify.errors.contains("nodes and") && simplify.errors.contains("verified"), "\(simplify)")
    }

    @Test("of a program that is not there, or failed, is refused")
    func refuses() async throws {
      let folder = try await Self.shared.value
      let missing = try await Product.run("simplify", "99999", "cap-set/plain", in: folder)
      #expect(missing.status == 64 && missing.errors.contains("has no program 99999"), "\(missing)")
    }
  }
}
