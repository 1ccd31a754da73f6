import Foundation
import PythonSyntax
import Testing

extension ProductRunTests {
  /// The folder of a run in format 2 (Tests/RunJournalTests/Fixtures/README.md).
  @Suite("A run of an earlier version")
  struct EarlierRunTests {
    /// The digest of its 141 programs, as that version wrote it down.
    private static let digest = "78aa676e7722aefab5030bbfd4062e5b4656752787d076fe924538554eeba4c9"

    private static func copy() throws -> Folder {
      let folder = try Folder()
      let fixture = URL(fileURLWithPath: #filePath)
        .appendingPathComponent("../../RunJournalTests/Fixtures/format-2").standardizedFileURL
      try folder.write("", to: "Results/toy/nothing")
      try FileManager.default.copyItem(
        at: fixture,
        to: URL(fileURLWithPath: folder.file("Results/toy/format-2"))
      )
      return folder
    }

    /// What is exported of its first programs.
    private static func steps(_ count: Int, in folder: Folder) async throws -> [JSONValue] {
      Array(try await Product.run("export", "steps", "toy/format-2", in: folder).lines.prefix(count))
    }

    @Test("is verified as it is")
    func isVerified() async throws {
      let folder = try Self.copy()
      let verify = try await Product.run("verify", "toy/format-2", "--json", in: folder)
      #expect(verify.status == 0, "\(verify)")
      let checks = try verify.json["checks"]?.array ?? []
      #expect(
        checks.contains {
          $0["name"]?.string == "digest" && $0["detail"]?.string?.contains(Self.digest) == true
        },
        "\(verify)"
      )
    }

    @Test("is gone on with to its end, and keeps what it had")
    func isGoneOnWith() async throws {
      let folder = try Self.copy()
      let before = try await Self.steps(141, in: folder)
      #expect(before.count == 141)
      #expect(before.count { $0["outcome"]?.string == "forged" } == 13)
      let resumed = try await Product.run("resume", "toy/format-2", "--json", in: folder)
      #expect(resumed.status == 0, "\(resumed)")
      let last = try resumed.last
      #expect(last["steps"]?.int == 800 && last["ending"]?.string == "finished", "\(resumed)")
      #expect(try await Self.steps(141, in: folder) == before)
      let verify = try await Product.run("verify", "toy/format-2", in: folder)
      #expect(verify.status == 0, "\(verify)")
    }

    @Test("begins another run")
    func isForked() async throws {
      let folder = try Self.copy()
      let fork = try await Product.run(
        ["fork", "toy/format-2", "--at", "100", "--steps", "130", "--seed", "7", "--name", "b", "--json"],
        in: folder
      )
      #expect(fork.status == 0, "\(fork)")
      let first = try await Product.run("export", "steps", "toy/b", in: folder).lines.prefix(100)
      #expect(first.count == 100)
      let origin = try await Product.run("export", "steps", "toy/format-2", in: folder).lines.prefix(100)
      #expect(Array(first) == Array(origin))
    }
  }
}
