import Foundation
import FunSearch
import PythonSyntax
import Testing

@testable import SandboxWorkers

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension ProcessTests {
  @Suite("A worker that is lost")
  struct WorkerLossTests {
    /// Candidates of the proven lane whose loops end only when something ends them.
    private static func endless() -> EvaluationJob {
      let loop = Statement.forLoop(
        .name("i"),
        in: .call(.name("range"), [.positional(.constant(.int(1 << 60)))]),
        body: [.pass],
        otherwise: []
      )
      return ToyProblem.job(
        "for i in range(1 << 60):\n    pass\nreturn 0.0",
        tree: [loop, .returning(.constant(.float(0)))]
      )
    }

    @Test("costs only the candidate with the endless loop")
    func timeout() async throws {
      let limits = EvaluationLimits(cpuSeconds: 0.3, wallSeconds: 0.5)
      let pool = try await Fixture.pool(ToyProblem.problem(limits: limits))
      let evaluations = try await pool.evaluate(
        [ToyProblem.product(1), Self.endless(), ToyProblem.product(2), ToyProblem.product(3)])
      #expect(evaluations.map(\.failure?.kind) == [nil, .timeout, nil, nil])
      #expect(evaluations[3].scores == [3, 6])
      await pool.stop()
    }

    @Test("leaves the CPU time of its outcomes behind when the search that it works for is ended")
    func cancelled() async throws {
      let limits = EvaluationLimits(cpuSeconds: 30, wallSeconds: 60)
      let pool = try await Fixture.pool(ToyProblem.problem(limits: limits))
      let seconds = try await pool.evaluate((1...20).map(ToyProblem.product)).reduce(0.0) {
        $0 + Double($1.cpuMicroseconds) / 1e6
      }
      let endless = Task { try await pool.evaluate([Self.endless()]) }
      endless.cancel()
      _ = try? await endless.value
      await pool.stop()
      #expect(seconds > 0)
      #expect(await pool.cpuSeconds() >= seconds)
    }

    @Test("is replaced when it is killed between batches")
    func killedIdle() async throws {
      let worker = try await Self.worker()
      _ = try await worker.prepare()
      let child = try #require(await worker.child)
      child.kill()
      #expect(child.reap(within: 10_000) != nil)
      let answers = try await Self.parse(with: worker, count: 5)
      #expect(answers == Array(repeating: true, count: 5))
      #expect(await worker.starts == 2)
      await worker.stop()
    }

    @Test("still answers every request when it is killed amid a batch")
    func killedAmid() async throws {
      let worker = try await Self.worker()
      _ = try await worker.prepare()
      let child = try #require(await worker.child)
      let answers = try await worker.answers(to: Self.requests(40), within: 20_000) {
        index,
        payload throws(UnreadableReply) in
        if index == 10 { child.kill() }
        return try JSONValue(reply: payload)["statements"] != nil
      }
      #expect(answers.count == 40)
      #expect(answers.allSatisfy { if case .reply(true) = $0 { true } else { false } })
      await worker.stop()
    }

    @Test("is given up after the second time on the same request")
    func lostTwice() async throws {
      let worker = try await Self.worker()
      let answers = try await worker.answers(to: Self.requests(3), within: 20_000) {
        index,
        _ throws(UnreadableReply) in
        if index == 1 { throw UnreadableReply(description: "garbage") }
        return index
      }
      guard case .reply(0) = answers[0], case .lost(let how) = answers[1], case .reply(2) = answers[2] else {
        Issue.record("\(answers)")
        return
      }
      #expect(how.contains("garbage") && how.contains("twice"))
      await worker.stop()
    }

    // In a process of its own, since other tests open descriptors and start processes beside it.
    @Test("leaves no zombie and no descriptor behind")
    func leaks() async throws {
      let result = await #expect(processExitsWith: .success, observing: [\.standardErrorContent]) {
        try await Self.useUp(turns: 1)
        // The first use opens what the runtime keeps for good: an event queue, a timer.
        let before = Self.openDescriptors()
        try await Self.useUp(turns: 20)
        // Threads close their last descriptors on their own time.
        for _ in 0..<1_000 where Self.openDescriptors() != before { await Task.yield() }
        let left = Self.openDescriptors().subtracting(before).sorted()
        if !left.isEmpty { Self.complain("open: \(left.map(Self.target)), before: \(before.sorted())") }
        if Self.zombie() != 0 { Self.complain("a zombie is left") }
      }
      let said = try #require(result).standardErrorContent
      #expect(said.isEmpty, "\(String(decoding: said, as: UTF8.self))")
    }

    /// Evaluates in a pool of its own that is stopped now and then, and at the end.
    private static func useUp(turns: Int) async throws {
      let pool = try await Fixture.pool(workers: 2)
      for turn in 0..<turns {
        let jobs = (0..<10).map {
          $0 % 2 == 0 ? ToyProblem.product($0) : ToyProblem.job("return \($0) * x")
        }
        let evaluations = try await pool.evaluate(jobs)
        precondition(evaluations.allSatisfy { $0.scores != nil }, "turn \(turn)")
        if turn % 7 == 6 { await pool.stop() }
      }
      await pool.stop()
    }

    #if os(Linux)
      @Test("leaves nothing behind when the engine is killed while it starts", arguments: 0..<12)
      func killedEngine(turn: Int) async throws {
        // The engine is a process of its own; any moment of the first milliseconds may be its last.
        let result = await #expect(
          processExitsWith: .signal(SIGKILL),
          observing: [\.standardErrorContent]
        ) {
          var command = try await Fixture.plan().command(workspace: nil, hashSeed: 1, userID: 61_500)
          let mark = "MARK=\(UUID().uuidString)"
          command.environment.append(mark)
          Self.complain(mark)
          let end = ContinuousClock.now + .microseconds(Int.random(in: 0..<12_000))
          Thread.detachNewThread {
            while ContinuousClock.now < end {}
            kill(getpid(), SIGKILL)
          }
          let child = try ChildProcess(command)
          _ = child.reap(within: 60_000)
        }
        let said = String(decoding: try #require(result).standardErrorContent, as: UTF8.self)
        let mark = try #require(said.split(whereSeparator: \.isNewline).last { $0.hasPrefix("MARK=") })
        let end = ContinuousClock.now + .seconds(30)
        while !Self.processes(with: mark).isEmpty, ContinuousClock.now < end { await Task.yield() }
        #expect(Self.processes(with: mark) == [])
      }

      /// The numbers of processes that run with a variable in their environment.
      private static func processes(with variable: Substring) -> [String] {
        let processes = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return processes.filter { process in
          guard Int(process) != nil,
            let environment = FileManager.default.contents(atPath: "/proc/\(process)/environ")
          else { return false }
          return environment.range(of: Data(variable.utf8)) != nil
        }
      }
    #endif

    @Test("is killed when its task is cancelled", .timeLimit(.minutes(15)))
    func cancellation() async throws {
      let limits = EvaluationLimits(cpuSeconds: 500, wallSeconds: 500)
      let pool = try await Fixture.pool(ToyProblem.problem(limits: limits))
      _ = try await pool.prepare()
      await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask {
          await #expect(throws: CancellationError.self) { try await pool.evaluate([Self.endless()]) }
        }
        group.cancelAll()
      }
      #expect(try await pool.evaluate([ToyProblem.product(2)]).map(\.scores) == [[2, 4]])
      await pool.stop()
    }

    private static func worker() async throws -> WorkerProcess {
      let plan = try await Fixture.plan()
      return try WorkerProcess(
        WorkerSetup(
          command: plan.command(workspace: nil, hashSeed: 1, userID: 61_500),
          minimumLevel: 2,
          load: nil,
          specificationPath: ""
        )
      )
    }

    private static func requests(_ count: Int) -> [[UInt8]] {
      (0..<count).map { Request.parse(source: "x = \($0)") }
    }

    private static func parse(with worker: WorkerProcess, count: Int) async throws -> [Bool] {
      let answers = try await worker.answers(to: requests(count), within: 20_000) {
        _,
        payload throws(UnreadableReply) in try JSONValue(reply: payload)["statements"] != nil
      }
      return answers.map { if case .reply(let good) = $0 { good } else { false } }
    }

    private static func openDescriptors() -> Set<Int32> {
      Set((0..<1024).filter { fcntl($0, F_GETFD) >= 0 })
    }

    /// What a descriptor stands for, as the kernel names it.
    private static func target(of descriptor: Int32) -> String {
      let path = "/proc/self/fd/\(descriptor)"
      return "\(descriptor) \((try? FileManager.default.destinationOfSymbolicLink(atPath: path)) ?? "?")"
    }

    private static func complain(_ text: String) {
      let bytes = Array((text + "\n").utf8)
      _ = unsafe write(2, bytes, bytes.count)
    }

    /// The number of a child that ended and was not waited for; 0 when there is none.
    private static func zombie() -> Int32 {
      var info = unsafe siginfo_t()
      let found = unsafe waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT)
      return found == 0 ? unsafe info._sifields._sigchld.si_pid : 0
    }
  }
}
