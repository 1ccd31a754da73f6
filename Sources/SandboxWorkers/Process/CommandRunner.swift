import CSandboxShims

/// What a command that ran to its end came to.
struct CommandResult: Hashable, Sendable {
  /// True for exit status 0 in time.
  let succeeded: Bool
  /// What it wrote to its standard output, at most 1 MiB.
  let output: String
  /// The last line of its standard error, or how it ended.
  let complaint: String
}

/// Runs short commands: the seam through which tests pretend to be another machine.
protocol CommandRunning: Sendable {
  /// Runs `command` with an empty standard input, at most `milliseconds`.
  func run(_ command: LaunchCommand, within milliseconds: Int64) async -> CommandResult
}

/// Runs them for real, on a thread of its own.
actor CommandRunner: CommandRunning {
  private let thread: WorkerThread

  init() throws(SandboxError) {
    thread = try WorkerThread()
  }

  nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe thread.asUnownedSerialExecutor() }

  /// A command that somebody kills is tried again.
  func run(_ command: LaunchCommand, within milliseconds: Int64) -> CommandResult {
    for _ in 0..<2 {
      let (result, ending) = attempt(command, within: milliseconds)
      // bubblewrap tells of a signal in its status, as shells do.
      guard ending == .signalled(9) || ending == .exited(128 + 9) else { return result }
    }
    return attempt(command, within: milliseconds).result
  }

  private func attempt(
    _ command: LaunchCommand,
    within milliseconds: Int64
  ) -> (result: CommandResult, ending: ChildProcess.Ending?) {
    let child: ChildProcess
    do {
      child = try ChildProcess(command)
    } catch {
      return (CommandResult(succeeded: false, output: "", complaint: "\(error)"), nil)
    }
    var output: [UInt8] = []
    var errors: [UInt8] = []
    var open = true
    let deadline = fs_monotonic_milliseconds() + milliseconds
    while open, output.count + errors.count < 1 << 20 {
      let ready = fs_wait_ready(-1, child.output, child.errors, deadline - fs_monotonic_milliseconds())
      if ready == 0 { break }
      if ready & Int32(fs_can_read_errors) != 0, case .closed = read(child.errors, into: &errors, limit: 4096)
      {
        open = ready & Int32(fs_can_read) != 0
      }
      if ready & Int32(fs_can_read) != 0, case .closed = read(child.output, into: &output, limit: 65536) {
        open = false
      }
    }
    let ending = child.reap(within: max(0, deadline - fs_monotonic_milliseconds())) ?? child.end()
    _ = read(child.errors, into: &errors, limit: 4096)
    let complaint = String(decoding: errors, as: UTF8.self).split(whereSeparator: \.isNewline).last
    let result = CommandResult(
      succeeded: ending == .exited(0),
      output: String(decoding: output, as: UTF8.self),
      complaint: complaint.map(String.init) ?? "\(ending)"
    )
    // One that ran out of time was killed by us.
    return (result, open ? nil : ending)
  }
}
