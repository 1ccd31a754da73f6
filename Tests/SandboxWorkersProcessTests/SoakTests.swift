#if os(Linux)
  import Foundation
  import FunSearch
  import Testing

  @testable import SandboxWorkers

  extension ProcessTests {
    /// One evaluation in ten is hostile; `FUNSEARCH_SOAK=100000` makes it the long run of Performance.md.
    @Suite("A soak of hostile candidates")
    struct SoakTests {
      /// Programs that die, hang on to memory, break the wire or raise, each within milliseconds.
      private static let hostile = [
        "import os\nos._exit(3)", "import os\nos.abort()", "import ctypes\nctypes.string_at(0)",
        "import os\nos.close(4)\nreturn 1.0", "import os\nos.write(4, b'x' * 100)\nreturn 1.0",
        "import os\nos.fork()", "import socket\nsocket.socket()", "return [0] * (1 << 40)",
        "import threading\nthreading.Thread(target=print).start()", "return f(x)", "return float('nan')",
        "import ctypes\nctypes.CDLL(None).ptrace(0, 0, 0, 0)", "raise SystemExit(1)", "return 'x' * 100000",
        "import os\n[os.open('/dev/null', 0) for _ in range(100)]", "open('/etc/passwd')",
        "import gc\ngc.disable()\nkeep = [bytearray(1 << 20) for _ in range(40)]\nraise ValueError('x' * 9999)",
        "print('x' * 100000)", "import mmap\nmmap.mmap(-1, 1 << 36)", "import os\nos.kill(os.getppid(), 9)",
      ]
      private static let batch = 20

      /// What this process and the processes below it hold.
      private struct Holding: CustomStringConvertible {
        var kilobytes = 0
        var workerKilobytes = 0
        var descriptors = 0
        var processes = 0

        init() {
          kilobytes = Self.kilobytes(of: "self")
          descriptors = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count) ?? 0
          let below = Self.below(ProcessInfo.processInfo.processIdentifier)
          processes = below.count
          workerKilobytes = below.reduce(0) { $0 + Self.kilobytes(of: "\($1)") }
        }

        var description: String {
          "engine \(kilobytes) KiB, workers \(workerKilobytes) KiB, \(descriptors) descriptors, "
            + "\(processes) processes"
        }

        private static func kilobytes(of process: String) -> Int {
          let text = (try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)) ?? ""
          let line = text.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
          return line?.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        }

        private static func below(_ process: Int32) -> [Int32] {
          let tasks = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(process)/task")) ?? []
          let children = tasks.flatMap { task -> [Int32] in
            let path = "/proc/\(process)/task/\(task)/children"
            let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
            return text.split(separator: " ").compactMap { Int32($0) }
          }
          return children.flatMap { [$0] + below($0) }
        }
      }

      // In a process of its own, since other tests open descriptors and start processes beside it.
      @Test("leaves memory, descriptors and processes as they were", .timeLimit(.minutes(60)))
      func flat() async throws {
        let result = await #expect(processExitsWith: .success, observing: [\.standardErrorContent]) {
          let wanted = ProcessInfo.processInfo.environment["FUNSEARCH_SOAK"].flatMap { Int($0) } ?? 400
          try await Self.soak(wanted)
        }
        let said = String(decoding: try #require(result).standardErrorContent, as: UTF8.self)
        if said.contains("soak:") { print(said) }
        #expect(!said.contains("wrong:"), "\(said)")
      }

      private static func soak(_ wanted: Int) async throws {
        let limits = EvaluationLimits(
          cpuSeconds: 2,
          wallSeconds: 20,
          memoryBytes: 256 << 20,
          outputBytes: 4096
        )
        let pool = try await Fixture.pool(ToyProblem.problem(limits: limits), workers: 2)
        try await evaluate(pool, batches: 10, from: 0)
        let before = Holding()
        let start = ContinuousClock.now
        try await evaluate(pool, batches: wanted / batch, from: 10)
        let after = Holding()
        if wanted >= 1_000 {
          say("soak: \(wanted) evaluations in \(ContinuousClock.now - start)\n  \(before)\n  \(after)")
        }
        if after.descriptors != before.descriptors || after.processes != before.processes
          || after.kilobytes >= before.kilobytes + 20_000
          || after.workerKilobytes >= before.workerKilobytes * 3 / 2 + 20_000
        {
          say("wrong: before and after\n  \(before)\n  \(after)")
        }
        await pool.stop()
      }

      private static func say(_ text: String) {
        FileHandle.standardError.write(Data((text + "\n").utf8))
      }

      /// Two batches at a time, so that both workers have something to do.
      private static func evaluate(_ pool: SandboxPool, batches: Int, from first: Int) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
          for turn in 0..<2 {
            group.addTask {
              for number in stride(from: first + turn, to: first + batches, by: 2) {
                try await evaluate(pool, batch: number)
              }
            }
          }
          try await group.waitForAll()
        }
      }

      private static func evaluate(_ pool: SandboxPool, batch number: Int) async throws {
        let jobs = (0..<batch).map { index -> EvaluationJob in
          if index % 10 == 7 {
            return ToyProblem.job(hostile[(number * 2 + index / 10) % hostile.count])
          }
          return index % 2 == 0 ? ToyProblem.product(index) : ToyProblem.job("return \(index) * x")
        }
        let evaluations = try await pool.evaluate(jobs)
        for (index, evaluation) in evaluations.enumerated() {
          let isGood = evaluation.scores == [Double(index), Double(2 * index)]
          if index % 10 == 7 ? evaluation.failure == nil : !isGood {
            say("wrong: \(evaluation.outcome) of\n\(jobs[index].source)")
          }
        }
      }
    }
  }
#endif
