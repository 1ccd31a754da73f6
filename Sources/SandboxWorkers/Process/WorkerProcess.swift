import PythonSyntax

/// What a worker is told before the first request, and how it is started.
struct WorkerSetup: Sendable {
  let command: LaunchCommand
  /// Lowest level of isolation in the greeting that is good enough.
  let minimumLevel: Int
  /// The `load` request; nil for a worker that only reads source.
  let load: [UInt8]?
  /// Path of the specification, for messages.
  let specificationPath: String
}

/// What came back for one request.
enum WorkerAnswer<Reply: Sendable>: Sendable {
  case reply(Reply)
  /// No reply in time; the worker was killed.
  case timedOut
  /// Two workers in turn ended or broke on this request; the sentence says how.
  case lost(String)
}

/// One worker: a process that is started when it is first needed, and again after it was killed or died.
///
/// The actor has a thread of its own and blocks it, so that the shared pool stays free.
actor WorkerProcess {
  /// Time for a worker to start, and to load a specification.
  private static let startMilliseconds: Int64 = 60_000
  private static let loadMilliseconds: Int64 = 120_000
  private static let farewellMilliseconds: Int64 = 2_000

  private let thread: WorkerThread
  private let setup: WorkerSetup
  private var connection: WorkerConnection?
  private(set) var greeting: Greeting?
  /// CPU time of the processes that ended by themselves; those that were killed left no word.
  private(set) var cpuSeconds = 0.0
  /// Processes started so far.
  private(set) var starts = 0

  /// - Throws: ``SandboxError/spawn(program:code:)`` when there is no thread for it.
  init(_ setup: WorkerSetup) throws(SandboxError) {
    self.setup = setup
    thread = try WorkerThread()
  }

  nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe thread.asUnownedSerialExecutor() }

  /// The process now running, if there is one.
  var child: ChildProcess? { connection?.child }

  /// Answers to `requests` (JSON payloads), in their order; `decode` gets each request's index and its reply.
  ///
  /// A request without an answer after `milliseconds` is given up and its worker killed; one on which the
  /// worker ends or breaks is tried once more in a fresh worker; the requests after it are sent again.
  ///
  /// - Throws: `CancellationError`; ``SandboxError`` when a worker cannot be started at all.
  func answers<Reply: Sendable>(
    to requests: [[UInt8]],
    within milliseconds: Int64,
    decode: @Sendable (Int, ArraySlice<UInt8>) throws(UnreadableReply) -> Reply
  ) async throws -> [WorkerAnswer<Reply>] {
    let cancellation = Cancellation()
    return try await withTaskCancellationHandler {
      let frames = requests.map(FrameBuffer.frame)
      return try converse(frames, milliseconds, cancellation, decode)
    } onCancel: {
      cancellation.cancel()
    }
  }

  /// Starts the process and has it load, unless it already did.
  func prepare() async throws -> Greeting {
    let _: [WorkerAnswer<Greeting>] = try await answers(to: [], within: 0) {
      _,
      payload throws(UnreadableReply) in try Greeting(payload)
    }
    guard let greeting else { throw SandboxError.worker("A worker did not greet.") }
    return greeting
  }

  /// Lets the process end by itself, killing it if it does not; the next request starts another.
  func stop() {
    guard var worker = connection else { return }
    connection = nil
    worker.child.closeInput()
    var used: Double?
    _ = worker.exchange([], unasked: 1, within: Self.farewellMilliseconds) {
      payload throws(UnreadableReply) in
      used = try JSONValue(reply: payload)["cpu_seconds"]?.double
    }
    cpuSeconds += used ?? 0
    worker.child.end().ignore()
  }

  private func converse<Reply: Sendable>(
    _ frames: [[UInt8]],
    _ milliseconds: Int64,
    _ cancellation: Cancellation,
    _ decode: (Int, ArraySlice<UInt8>) throws(UnreadableReply) -> Reply
  ) throws -> [WorkerAnswer<Reply>] {
    var answers: [WorkerAnswer<Reply>] = []
    var retried = -1
    try cancellation.check()
    try connect(cancellation)
    while answers.count < frames.count {
      try connect(cancellation)
      guard var worker = connection else { continue }
      let stop = worker.exchange(frames[answers.count...], within: milliseconds) {
        payload throws(UnreadableReply) in
        answers.append(.reply(try decode(answers.count, payload)))
      }
      connection = worker
      guard stop != .complete else { break }
      let ending = worker.end()
      connection = nil
      try cancellation.check()
      switch stop {
      case .complete: break
      case .timedOut: answers.append(.timedOut)
      case .lost(let how) where retried == answers.count:
        answers.append(.lost("the worker \(how) twice on this request (\(ending))"))
      case .lost: retried = answers.count
      }
    }
    return answers
  }

  /// Makes sure that a worker runs and has loaded.
  private func connect(_ cancellation: Cancellation) throws {
    if let connection {
      cancellation.attach(connection.child)
      return
    }
    var attempts = 0
    while connection == nil {
      attempts += 1
      let child = try ChildProcess(setup.command)
      cancellation.attach(child)
      starts += 1
      var worker = WorkerConnection(child)
      let failure = try greet(&worker) ?? load(&worker)
      guard let failure else {
        connection = worker
        return
      }
      let ending = worker.end()
      try cancellation.check()
      if attempts == 3 { throw SandboxError.worker("A worker \(failure) (\(ending)).") }
    }
  }

  /// Reads the greeting; a sentence when there is none, which may be chance.
  private func greet(_ worker: inout WorkerConnection) throws(SandboxError) -> String? {
    var heard: Greeting?
    let stop = worker.exchange([], unasked: 1, within: Self.startMilliseconds) {
      payload throws(UnreadableReply) in
      heard = try Greeting(payload)
    }
    switch stop {
    case .timedOut: return "did not greet within \(Self.startMilliseconds / 1000) s"
    case .lost(let how): return "\(how) before it greeted"
    case .complete: break
    }
    guard let heard else { return "did not greet" }
    try heard.check(minimumLevel: setup.minimumLevel)
    greeting = heard
    return nil
  }

  /// Has the worker load its specification; a sentence when it broke.
  private func load(_ worker: inout WorkerConnection) throws(SandboxError) -> String? {
    guard let request = setup.load else { return nil }
    var reply = Result<Void, SandboxError>.success(())
    let path = setup.specificationPath
    let stop = worker.exchange([FrameBuffer.frame(request)][...], within: Self.loadMilliseconds) {
      payload throws(UnreadableReply) in
      if let error = try WireError(payload) { reply = .failure(error.specificationError(path)) }
    }
    try reply.get()
    switch stop {
    case .complete: return nil
    case .timedOut: return "did not load \(path) within \(Self.loadMilliseconds / 1000) s"
    case .lost(let how): return "\(how) while it loaded \(path)"
    }
  }
}

extension ChildProcess.Ending {
  /// For callers to whom it does not matter how a process ended.
  fileprivate func ignore() {}
}
