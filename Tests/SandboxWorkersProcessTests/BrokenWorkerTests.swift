import FunSearch
import PythonSyntax
import Testing

@testable import SandboxWorkers

extension ProcessTests {
  /// Programs that stand in for a worker and break the protocol; the engine goes on in every case.
  @Suite("A worker that breaks the protocol")
  struct BrokenWorkerTests {
    private static let ready =
      #"{"event":"ready","protocol":1,"python":"3","implementation":"cpython","level":3,"layers":[]}"#

    /// A worker whose Python program is `program`; `say(bytes)` writes a frame there, `hear()` reads one.
    private static func worker(_ program: String) async throws -> WorkerProcess {
      let python = try await Fixture.plan().python
      let prelude = """
        import os, sys
        def say(data):
            os.write(1, len(data).to_bytes(4, "little") + data)
        def hear():
            head = os.read(0, 4)
            if not head: os._exit(0)
            return os.read(0, int.from_bytes(head, "little"))
        READY = b'\(ready)'

        """
      return try WorkerProcess(
        WorkerSetup(
          command: LaunchCommand(
            program: python.executable,
            arguments: ["-S", "-c", prelude + program],
            environment: []
          ),
          minimumLevel: 2,
          load: nil,
          specificationPath: ""
        )
      )
    }

    private static func answers(_ worker: WorkerProcess, count: Int = 2) async throws -> [WorkerAnswer<Int>] {
      let requests = (0..<count).map { Request.parse(source: "x = \($0)") }
      let answers = try await worker.answers(to: requests, within: 500) {
        _,
        payload throws(UnreadableReply) in
        guard let id = try JSONValue(reply: payload)["id"]?.int else {
          throw UnreadableReply(description: "no id")
        }
        return id
      }
      await worker.stop()
      return answers
    }

    @Test(
      "is not started when its greeting is none",
      arguments: [
        "os.write(1, os.urandom(5000))", "say(b'{}')", "say(b'\\xff')", "say(b'[' * 100000)", "os._exit(0)",
        "os.write(1, b'\\xff\\xff\\xff\\xff')", "say(READY.replace(b'\"protocol\":1', b'\"protocol\":2'))",
        "os.write(2, b'x' * 100000); os.abort()",
      ]
    )
    func noGreeting(program: String) async throws {
      let worker = try await Self.worker(program)
      await #expect(throws: SandboxError.self) { try await worker.prepare() }
      await worker.stop()
    }

    @Test(
      "costs the requests it does not answer, and no time without end",
      arguments: [
        "say(READY); hear(); os.write(1, os.urandom(100))",
        "say(READY); hear(); os.write(1, b'\\x40\\0\\0\\0half'); hear(); hear(); hear()",
        "say(READY); hear(); say(b'{\"id\":99999999999999999999}')",
        "say(READY); hear(); os.kill(os.getpid(), 9)",
        "say(READY)\nwhile True: os.write(2, b'x' * 65536)",
        "say(READY)\nimport time\ntime.sleep(100)",
        "say(READY)\nos.close(1)\nhear(); hear(); hear()",
      ]
    )
    func noAnswer(program: String) async throws {
      let answers = try await Self.answers(try await Self.worker(program))
      #expect(answers.count == 2)
      for answer in answers {
        if case .reply(let id) = answer { Issue.record("an answer: \(id)") }
      }
    }

    @Test("is replaced when it says more than it was asked")
    func unasked() async throws {
      let worker = try await Self.worker(
        "say(READY)\nwhile True:\n    hear(); say(b'{\"id\":1}'); hear()\n"
          + "    os.write(1, b'\\x08\\0\\0\\0{\"id\":2}\\x08\\0\\0\\0{\"id\":3}')"
      )
      for _ in 0..<2 {
        let requests = (0..<2).map { Request.parse(source: "x = \($0)") }
        let answers = try await worker.answers(to: requests, within: 5_000) {
          _,
          payload throws(UnreadableReply) in try JSONValue(reply: payload)["id"]?.int ?? 0
        }
        guard case .reply(1) = answers[0], case .reply(2) = answers[1] else {
          Issue.record("\(answers)")
          return
        }
      }
      await worker.stop()
    }
  }
}
