import CSandboxShims
import Synchronization

/// One started process: its pipes, and the only way to end it.
///
/// Ending is complete and leaves no zombie: the child leads a session and a process group of its own, which
/// is killed as a whole. bubblewrap is the first process of a process namespace as a rule, so that the kernel kills
/// all others in it. Where it cannot be, the first process of the inner namespace is killed, upon which bubblewrap
/// reaps it and exits. Under Linux the kernel does the same when this process is killed.
final class ChildProcess: Sendable {
  /// How a process ended.
  enum Ending: Hashable, Sendable {
    case exited(Int)
    case signalled(Int)
    case unknown
  }

  private enum State {
    case running
    case ended(Ending)
  }

  /// Our ends of its descriptors 0, 1 and 2; none of them blocks.
  let input: Int32
  let output: Int32
  let errors: Int32
  let pid: Int32
  private let pidfd: Int32
  private let innerPidfd: Int32
  private let state = Mutex(State.running)
  private let inputIsOpen = Mutex(true)

  /// Starts the process.
  ///
  /// - Throws: ``SandboxError/spawn(program:code:)``.
  init(_ command: LaunchCommand) throws(SandboxError) {
    var child = fs_child()
    let arguments = Self.strings([command.program] + command.arguments)
    let environment = Self.strings(command.environment)
    let error = unsafe fs_spawn(
      command.program,
      arguments,
      command.arguments.count + 1,
      environment,
      command.environment.count,
      "/",
      command.processes.code,
      command.reportsInnerProcess,
      &child
    )
    if error != 0 { throw .spawn(program: command.program, code: -error) }
    (pid, pidfd, input, output, errors) = (child.pid, child.pidfd, child.input, child.output, child.errors)
    innerPidfd = child.info < 0 ? -1 : Self.innerProcess(child.info)
  }

  deinit {
    _ = end()
    closeInput()
    for descriptor in [output, errors, pidfd, innerPidfd] { fs_close(descriptor) }
  }

  /// Kills all of it; the end of ``output`` follows.
  ///
  /// Safe from any thread, at any time.
  func kill() {
    state.withLock { state in
      guard case .running = state else { return }
      if innerPidfd >= 0 { fs_kill_pidfd(innerPidfd) } else { fs_kill(pid, true) }
    }
  }

  /// Closes its input, upon which a worker says farewell and ends by itself.
  func closeInput() {
    inputIsOpen.withLock { isOpen in
      if isOpen { fs_close(input) }
      isOpen = false
    }
  }

  /// Kills it if it still runs, reaps it, and tells how it ended.
  func end() -> Ending {
    let early = reap(within: 0)
    if let early { return early }
    kill()
    if let ending = reap(within: 2000) { return ending }
    state.withLock { if case .running = $0 { fs_kill(pid, true) } }
    return reap(within: 5000) ?? .unknown
  }

  /// Waits for it to end by itself, as it does after its input is closed.
  func reap(within milliseconds: Int64) -> Ending? {
    var status: Int32 = 0
    if case .ended(let ending) = state.withLock({ $0 }) { return ending }
    // Outside the lock, so that `kill` is never kept waiting; only the owner of the process reaps.
    fs_await_end(pid, pidfd, milliseconds)
    return state.withLock { state in
      if case .ended(let ending) = state { return ending }
      let result = unsafe fs_reap(pid, &status)
      if result == 0 { return nil }
      let ending = result < 0 ? Ending.unknown : Self.meaning(of: status)
      state = .ended(ending)
      return ending
    }
  }

  private static func meaning(of status: Int32) -> Ending {
    var signal: Int32 = 0
    let code = unsafe fs_exit_code(status, &signal)
    return code >= 0 ? .exited(Int(code)) : .signalled(Int(signal))
  }

  /// The strings end to end, each ended by a zero byte.
  private static func strings(_ texts: [String]) -> [CChar] {
    texts.flatMap { $0.utf8.filter { $0 != 0 }.map { CChar(bitPattern: $0) } + [0] }
  }

  /// A handle on the process bubblewrap reports, as `{"child-pid": 123, …}`, or -1.
  private static func innerProcess(_ descriptor: Int32) -> Int32 {
    defer { fs_close(descriptor) }
    var text: [UInt8] = []
    let deadline = fs_monotonic_milliseconds() + 10_000
    while fs_wait_ready(-1, descriptor, -1, deadline - fs_monotonic_milliseconds()) > 0 {
      guard case .bytes = read(descriptor, into: &text, limit: 512) else { break }
    }
    let key = Array("\"child-pid\":".utf8)
    guard let start = text.indices.first(where: { text[$0...].starts(with: key) }) else { return -1 }
    let digits = text[(start + key.count)...].drop { $0 == UInt8(ascii: " ") }
      .prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    return Int32(String(decoding: digits, as: UTF8.self)).map { fs_open_pidfd($0) } ?? -1
  }
}

extension ChildProcess.Ending: CustomStringConvertible {
  var description: String {
    switch self {
    case .exited(let code): "exit status \(code)"
    case .signalled(let signal): "signal \(signal)"
    case .unknown: "unknown end"
    }
  }
}
