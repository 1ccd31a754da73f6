import Testing

@testable import SandboxWorkers

@Suite("Finding Python")
struct PythonInterpreterTests {
  private struct FakeRunner: CommandRunning {
    let outputs: [String: String]

    func run(_ command: LaunchCommand, within milliseconds: Int64) async -> CommandResult {
      let output = outputs[command.program]
      return CommandResult(
        succeeded: output != nil,
        output: output ?? "",
        complaint: output == nil ? "exit status 1" : ""
      )
    }
  }

  private static func answer(_ version: String, executable: String = "/opt/bin/python3") -> String {
    """
    shim chatter
    {"executable":"\(executable)","version":"\(version)","numpy":null,"implementation":"cpython","folders":["/opt"]}

    """
  }

  private static func find(asked: String? = nil, _ outputs: [String: String]) async throws
    -> PythonInterpreter
  {
    try await PythonInterpreter.find(
      asked: asked,
      path: "/home/u/shims:/usr/bin",
      home: "/home/u",
      runner: FakeRunner(outputs: outputs),
      isExecutable: { $0 != "/missing" }
    )
  }

  @Test("resolves a shim to what stands behind it")
  func shim() async throws {
    let python = try await Self.find(["/home/u/shims/python3": Self.answer("3.12.1")])
    #expect(python.executable == "/opt/bin/python3")
    #expect(python.version == "3.12.1")
  }

  @Test("passes over one that is too old")
  func old() async throws {
    let python = try await Self.find(
      [
        "/home/u/shims/python3": Self.answer("3.8.9"),
        "/usr/bin/python3": Self.answer("3.9.0", executable: "/usr/bin/python3.9"),
      ])
    #expect(python.executable == "/usr/bin/python3.9")
  }

  @Test("takes the one asked for and no other")
  func asked() async throws {
    let error = await #expect(throws: SandboxError.self) {
      try await Self.find(
        asked: "/old/python3",
        ["/old/python3": Self.answer("3.8.1"), "/usr/bin/python3": Self.answer("3.12.0")]
      )
    }
    #expect("\(try #require(error))".contains("3.8.1"))
    await #expect(throws: SandboxError.self) { try await Self.find(asked: "/missing", [:]) }
  }

  @Test("says what was tried when none works")
  func none() async throws {
    let error = await #expect(throws: SandboxError.self) { try await Self.find([:]) }
    let text = "\(try #require(error))"
    #expect(text.contains("/home/u/shims/python3") && text.contains("FUNSEARCH_PYTHON"))
  }
}
