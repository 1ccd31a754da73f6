import LanguageModels
import Testing

@Suite("A token command")
struct TokenCommandTests {
  @Test("gives the word that it prints")
  func word() async throws {
    #expect(try await TokenCommand.run(["echo", "ya29.abc"]).revealed == "ya29.abc")
  }

  @Test(
    "fails with a reason",
    arguments: [
      (["sh", "-c", "echo You are not logged in >&2; exit 1"], "You are not logged in"),
      (["sh", "-c", "echo two words"], "one word"), (["true"], "one word"),
      (["no-such-program-here"], "status 127"),
    ]
  )
  func failures(command: [String], reason: String) async throws {
    let error = await #expect(throws: ModelError.self) { try await TokenCommand.run(command) }
    #expect(error?.kind == .credentials)
    #expect(error?.message.contains(reason) == true, "\(String(describing: error))")
  }

  @Test("is killed when it does not end, whatever it left running", .timeLimit(.minutes(1)))
  func late() async throws {
    let error = await #expect(throws: ModelError.self) {
      try await TokenCommand.run(["sh", "-c", "sleep 600"], limit: .milliseconds(200))
    }
    #expect(error?.message.contains("did not end") == true)
  }
}
