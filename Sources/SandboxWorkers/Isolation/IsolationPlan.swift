import CSandboxShims

/// What the user allows.
package enum IsolationChoice: String, Hashable, Sendable, CaseIterable {
  /// The best this machine can do, and never less than Landlock with seccomp.
  case auto
  /// Landlock and seccomp alone, as where namespaces cannot be had.
  case kernel
  /// Limits only: candidates can read and send whatever the user can. Only when asked for.
  case none
}

/// How workers are started on this machine: what isolates them from outside, and what they do themselves.
package struct IsolationPlan: Hashable, Sendable {
  /// What makes the namespaces.
  enum Launcher: Hashable, Sendable {
    /// bubblewrap at this path, with the worker giving up its rights afterwards (`asRoot`), or in a user
    /// namespace; in a process namespace around it, where that can be had.
    case bubblewrap(String, asRoot: Bool, ProcessNamespace)
    /// The worker itself, as far as the system lets it.
    case worker
    /// Nobody: the worker goes without.
    case nothing
  }

  let launcher: Launcher
  let python: PythonInterpreter
  /// The folder with the Python side, which holds `worker.py`.
  package let sandboxFolder: String
  package let choice: IsolationChoice
  /// True when this process is root, whose workers must become somebody else.
  let isRoot: Bool
  /// What was tried and did not work, one sentence each, with what to do about it.
  package let findings: [IsolationFinding]

  /// Finds out what works here, by trying it.
  ///
  /// - Throws: ``SandboxError`` when nothing that is allowed does.
  package static func make(
    python: PythonInterpreter,
    sandboxFolder: String,
    choice: IsolationChoice
  ) async throws(SandboxError) -> IsolationPlan {
    try await make(
      python: python,
      sandboxFolder: sandboxFolder,
      choice: choice,
      machine: Machine.current(),
      runner: CommandRunner()
    )
  }

  static func make(
    python: PythonInterpreter,
    sandboxFolder: String,
    choice: IsolationChoice,
    machine: Machine,
    runner: some CommandRunning
  ) async throws(SandboxError) -> IsolationPlan {
    func plan(_ launcher: Launcher, _ findings: [IsolationFinding]) -> IsolationPlan {
      IsolationPlan(
        launcher: launcher,
        python: python,
        sandboxFolder: sandboxFolder,
        choice: choice,
        isRoot: machine.isRoot,
        findings: findings
      )
    }
    if choice == .none { return plan(.nothing, [.disabled]) }
    guard machine.isLinux else {
      throw .isolation(
        "This system has no seccomp, Landlock or namespaces, so candidates cannot be isolated here. Run in a "
          + "Linux container or virtual machine, or allow it with --isolation none if you trust every candidate."
      )
    }
    if choice == .kernel { return plan(.nothing, [.withoutNamespaces]) }
    var findings: [IsolationFinding] = []
    if let program = machine.bubblewrap {
      for asRoot in machine.isRoot ? [true, false] : [false] {
        var complaint = ""
        for processes in [asRoot ? ProcessNamespace.own : .ownAsUser, .shared] {
          let candidate = plan(.bubblewrap(program, asRoot: asRoot, processes), findings)
          let result = await runner.run(candidate.probe(), within: 20_000)
          if result.succeeded { return candidate }
          complaint = result.complaint
        }
        findings.append(.explaining(complaint, machine))
      }
    } else {
      findings.append(.noBubblewrap)
    }
    if machine.isRoot && !python.isPublic { findings.append(.unreadable(python.executable)) }
    return plan(.worker, findings)
  }

  /// Lowest level a worker's greeting must state.
  var minimumLevel: Int {
    choice == .none ? 0 : 2
  }
}

/// What of the machine decides the plan.
struct Machine: Hashable, Sendable {
  var isLinux = true
  var isRoot = false
  /// Path of bubblewrap, where it is installed.
  var bubblewrap: String?
  /// Settings that keep user namespaces from ordinary users, with their values.
  var settings: [String: String] = [:]

  static func current() -> Machine {
    #if os(Linux)
      let paths = ["/usr/bin/bwrap", "/usr/local/bin/bwrap", "/bin/bwrap"]
      return Machine(
        isRoot: fs_user_id() == 0,
        bubblewrap: paths.first { unsafe fs_is_executable($0) },
        settings: IsolationFinding.settingFiles.compactMapValues(readSetting)
      )
    #else
      return Machine(isLinux: false)
    #endif
  }

  private static func readSetting(_ path: String) -> String? {
    var text: [UInt8] = []
    let descriptor = unsafe fs_open(path)
    guard descriptor >= 0 else { return nil }
    defer { fs_close(descriptor) }
    guard case .bytes = read(descriptor, into: &text, limit: 64) else { return nil }
    return String(decoding: text.filter { $0 > 32 }, as: UTF8.self)
  }
}
