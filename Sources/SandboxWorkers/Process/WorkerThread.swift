import CSandboxShims
import Synchronization

/// A serial executor with a thread of its own, for an actor that blocks in poll, read and write.
///
/// The shared pool has as many threads as processors and must never block; this thread may. It ends when
/// the executor is released.
final class WorkerThread: SerialExecutor {
  private let queue: JobQueue

  /// - Throws: ``SandboxError/spawn(program:code:)`` when no thread or pipe can be made.
  init() throws(SandboxError) {
    queue = try JobQueue()
    let context = unsafe Unmanaged.passRetained(queue)
    let error = unsafe fs_start_thread(
      { context in
        guard let context = unsafe context else { return }
        unsafe Unmanaged<JobQueue>.fromOpaque(context).takeRetainedValue().run()
      },
      context.toOpaque()
    )
    if error != 0 {
      unsafe context.release()
      throw .spawn(program: "a thread for a worker", code: -error)
    }
  }

  deinit {
    queue.stop()
  }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.add { [executor = unsafe asUnownedSerialExecutor()] in
      unsafe job.runSynchronously(on: executor)
    }
  }
}

/// Work handed from any thread to one; a byte in a pipe stands for each piece, so that the thread sleeps
/// in `read` while there is none.
private final class JobQueue: Sendable {
  private struct State {
    var jobs: [@Sendable () -> Void] = []
    var stopped = false
  }

  private let state = Mutex(State())
  private let readEnd: Int32
  private let writeEnd: Int32

  init() throws(SandboxError) {
    var ends: (Int32, Int32) = (-1, -1)
    let error = unsafe fs_pipe(&ends.0, &ends.1)
    if error != 0 { throw .spawn(program: "a pipe for a worker", code: -error) }
    (readEnd, writeEnd) = ends
  }

  deinit {
    fs_close(readEnd)
    fs_close(writeEnd)
  }

  func add(_ job: @escaping @Sendable () -> Void) {
    state.withLock { $0.jobs.append(job) }
    wake()
  }

  func stop() {
    state.withLock { $0.stopped = true }
    wake()
  }

  func run() {
    while waitForWake() {
      let jobs = state.withLock { state in
        defer { state.jobs.removeAll() }
        return state.jobs
      }
      for job in jobs { job() }
      if state.withLock({ $0.stopped && $0.jobs.isEmpty }) { return }
    }
  }

  private func wake() {
    _ = write(writeEnd, [1], from: 0)
  }

  private func waitForWake() -> Bool {
    var bytes: [UInt8] = []
    if case .closed = read(readEnd, into: &bytes, limit: 64) { return false }
    return true
  }
}
