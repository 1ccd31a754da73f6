package import FunSearch
import PythonSyntax
import Synchronization

/// Evaluates candidates of one problem in isolated worker processes (DESIGN §5).
///
/// Processes start when first needed. Beside the workers there are a *referee*, which evaluates claims again
/// with another hash seed, and a *verifier*, which never receives a candidate.
package final class SandboxPool: Evaluator {
  package let width: Int
  /// Time over the limits before a worker that does not answer is killed.
  static let graceMilliseconds: Int64 = 5_000

  let problem: Problem
  let referee: WorkerProcess
  let verifier: WorkerProcess
  private let proven: ProvenLane
  private let workers: [WorkerProcess]
  /// Batches each worker has in hand.
  private let inHand: Mutex<[Int]>
  /// The identity of the next request: no two are the same, so that no reply can be taken for another.
  private let nextIdentity = Mutex(0)
  /// CPU seconds that the outcomes of each worker took.
  private let evaluating = Mutex<[ObjectIdentifier: Double]>([:])
  /// CPU seconds that the answers of the verifier took.
  private let verifying = Mutex(0.0)
  /// The number of the next worker of any pool of this process.
  private static let nextWorker = Mutex(0)

  /// A pool for `problem`, whose files are in `folder`.
  ///
  /// - Parameters:
  ///   - problem: what candidates are for.
  ///   - folder: readable for the specification; nil for none.
  ///   - plan: how workers are started.
  ///   - count: number of workers, one or more.
  ///   - reader: what read the specification, started with the same folder; its worker goes on as the verifier.
  /// - Throws: ``SandboxError`` when there are no threads or pipes for it.
  package init(
    problem: Problem,
    folder: String?,
    plan: IsolationPlan,
    workers count: Int,
    reader: SourceReader? = nil
  ) throws(SandboxError) {
    precondition(count > 0, "a pool has one worker or more")
    self.problem = problem
    proven = ProvenLane(problem.specification)
    width = count
    let load = Request.load(problem)
    let firstWorker = Self.nextWorker.withLock { next in
      defer { next += count + 2 }
      return next
    }
    func worker(_ index: Int, hashSeed: Int) throws(SandboxError) -> WorkerProcess {
      let userID = Self.userID(firstWorker + index)
      let command = plan.command(workspace: folder, hashSeed: hashSeed, userID: userID)
      return try WorkerProcess(
        WorkerSetup(
          command: command,
          minimumLevel: plan.minimumLevel,
          load: load,
          specificationPath: problem.specification.path
        )
      )
    }
    var workers: [WorkerProcess] = []
    for index in 0..<count { workers.append(try worker(index, hashSeed: 1)) }
    self.workers = workers
    referee = try worker(count, hashSeed: 2)
    let known = reader?.worker(loading: load, path: problem.specification.path)
    verifier = if let known { known } else { try worker(count + 1, hashSeed: 1) }
    inHand = Mutex(Array(repeating: 0, count: count))
  }

  package func evaluate(_ jobs: [EvaluationJob]) async throws -> [Evaluation] {
    let index = inHand.withLock { counts in
      let idlest = counts.indices.min { counts[$0] < counts[$1] } ?? 0
      counts[idlest] += 1
      return idlest
    }
    defer { inHand.withLock { $0[index] -= 1 } }
    return try await outcomes(of: jobs, from: workers[index], withArtifacts: false).map(\.evaluation)
  }

  /// The evaluation of one candidate.
  ///
  /// - Throws: when the evaluator itself is broken, not when the candidate fails.
  package func evaluate(_ job: EvaluationJob) async throws -> Evaluation {
    let evaluations = try await evaluate([job])
    precondition(evaluations.count == 1, "one job has one evaluation")
    return evaluations[0]
  }

  /// Starts the first worker and has it load the specification.
  ///
  /// - Throws: ``SandboxError``: what is wrong with the machine or with the specification.
  package func prepare() async throws -> Greeting {
    try await workers[0].prepare()
  }

  /// Ends all processes.
  package func stop() async {
    for worker in workers + [referee, verifier] { await worker.stop() }
  }

  /// CPU time of all ended processes, in seconds.
  ///
  /// Those that were killed, as at a search's target, left no word; of them the time of their outcomes counts.
  package func cpuSeconds() async -> Double {
    var total = 0.0
    for worker in workers + [referee, verifier] { total += await cpuSeconds(of: worker) }
    return total
  }

  /// The part of ``cpuSeconds()`` that evaluated claims again, the referee's start included, and verified them.
  ///
  /// The verifier's process read the specification before, which every run needs.
  package func checkSeconds() async -> Double {
    await cpuSeconds(of: referee) + verifying.withLock { $0 }
  }

  /// Adds to what the verifier's answers took.
  func noteVerifying(_ microseconds: Int) {
    verifying.withLock { $0 += Double(microseconds) / 1e6 }
  }

  private func cpuSeconds(of worker: WorkerProcess) async -> Double {
    max(await worker.cpuSeconds, evaluating.withLock { $0[ObjectIdentifier(worker)] ?? 0 })
  }

  /// Processes started so far, the replaced ones included.
  package func starts() async -> Int {
    var total = 0
    for worker in workers + [referee, verifier] { total += await worker.starts }
    return total
  }

  func outcomes(
    of jobs: [EvaluationJob],
    from worker: WorkerProcess,
    withArtifacts: Bool,
    draws: Draws = .claimed
  ) async throws -> [OutcomeReply] {
    let first = nextIdentity.withLock { next in
      defer { next += jobs.count }
      return next
    }
    let requests = jobs.enumerated().map { index, job in
      Request.evaluate(
        id: first + index,
        lane: lane(for: job.code),
        source: job.source,
        withArtifacts: withArtifacts,
        draws: self.draws(draws, for: job)
      )
    }
    let (inputs, aggregate, noise) = (problem.inputs.count, problem.aggregate, problem.noise)
    let answers = try await worker.answers(to: requests, within: deadline) {
      index,
      payload throws(UnreadableReply) in
      try OutcomeReply(payload, id: first + index, inputs: inputs, aggregate: aggregate, noise: noise)
    }
    let replies = answers.map { answer in
      switch answer {
      case .reply(let reply): reply
      case .timedOut: OutcomeReply(failure: wallFailure)
      case .lost(let how): OutcomeReply(failure: Failure(.workerLost, how))
      }
    }
    let microseconds = replies.reduce(0) { $0 + $1.evaluation.cpuMicroseconds }
    evaluating.withLock { $0[ObjectIdentifier(worker), default: 0] += Double(microseconds) / 1e6 }
    return replies
  }

  /// Milliseconds for one reply about all inputs.
  var deadline: Int64 {
    let count = max(1, problem.inputs.count) * (problem.noise?.repeats ?? 1)
    let seconds = problem.limits.wallSeconds * Double(count)
    return Int64(min(seconds, 1e9) * 1000) + Self.graceMilliseconds
  }

  private var wallFailure: Failure {
    Failure(.timeout, "no answer within \(problem.limits.wallSeconds) s for each input", limit: "wall")
  }

  /// Where a candidate runs.
  package func lane(for code: ProgramCode) -> Lane {
    if proven.refusal(of: code) == nil { return .proven }
    return problem.trust == .shared ? .shared : .split
  }

  /// A user id for one worker of this process that no user and, as far as can be, no other worker has, also of
  /// other pools.
  static func userID(_ index: Int) -> Int {
    61_184 + (processIdentifier() * 61 + index + 1) % 4_336
  }
}
