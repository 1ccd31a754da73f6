import PythonSyntax

extension IsolationPlan {
  /// Where the Python side and the problem lie inside the box.
  private static let boxedSandbox = "/sandbox"
  private static let boxedWorkspace = "/problem"

  /// The command that starts a worker.
  ///
  /// - Parameters:
  ///   - workspace: the problem's folder, readable for the specification; nil for none.
  ///   - hashSeed: seed of Python's string hashes.
  ///   - userID: what root becomes in it; another for each worker.
  /// - Returns: the program with its arguments and environment.
  func command(workspace: String?, hashSeed: Int, userID: Int) -> LaunchCommand {
    let boxed = if case .bubblewrap = launcher { true } else { false }
    let script = (boxed ? Self.boxedSandbox : sandboxFolder) + "/worker.py"
    let options = options(workspace: boxed ? workspace.map { _ in Self.boxedWorkspace } : workspace, userID)
    let worker = ["-s", "-S", "-B", "-W", "ignore", script, options]
    switch launcher {
    case .bubblewrap(let program, let asRoot, let processes):
      let reports = processes == .shared
      return LaunchCommand(
        program: program,
        arguments: boxArguments(asRoot: asRoot, userID, workspace: workspace)
          + (reports ? ["--info-fd", "3"] : [])
          + ["--", python.executable] + worker,
        environment: Self.environment(hashSeed),
        processes: processes,
        reportsInnerProcess: reports
      )
    case .worker, .nothing:
      return LaunchCommand(
        program: python.executable,
        arguments: worker,
        environment: Self.environment(hashSeed)
      )
    }
  }

  /// A command that succeeds where ``command(workspace:hashSeed:userID:)`` can start: the same box, with a
  /// Python in it that does nothing.
  func probe() -> LaunchCommand {
    guard case .bubblewrap(let program, let asRoot, let processes) = launcher else {
      return LaunchCommand(program: python.executable, arguments: ["-S", "-c", ""], environment: [])
    }
    return LaunchCommand(
      program: program,
      arguments: boxArguments(asRoot: asRoot, SandboxPool.userID(-1), workspace: nil)
        + ["--", python.executable, "-S", "-c", "open('\(Self.boxedSandbox)/worker.py').close()"],
      environment: Self.environment(0),
      processes: processes
    )
  }

  /// A read-only file system with the system's libraries, the interpreter, the Python side and the problem;
  /// a device folder with null and random; nothing else, and no other process.
  private func boxArguments(asRoot: Bool, _ userID: Int, workspace: String?) -> [String] {
    var arguments = asRoot ? [] : ["--unshare-user"]
    // Root that may not make plain namespaces is somebody else in a user namespace from the start.
    if isRoot, !asRoot { arguments += ["--uid", "\(userID)", "--gid", "\(userID)"] }
    arguments += [
      "--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts", "--unshare-cgroup-try",
      "--hostname", "sandbox", "--die-with-parent", "--new-session", "--cap-drop", "ALL",
    ]
    if asRoot { arguments += ["--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID"] }
    arguments += ["--ro-bind", "/usr", "/usr"]
    for folder in ["/bin", "/lib", "/lib64", "/lib32", "/sbin"] {
      arguments += ["--ro-bind-try", folder, folder]
    }
    let own = outermost(python.folders).filter { !Self.isOfSystem($0) }
    // bubblewrap makes folders above a mount for their owner alone; the worker is somebody else.
    for folder in Set(["/etc", "/dev"] + own.flatMap(parents)).sorted() {
      arguments += ["--perms", "0755", "--dir", folder]
    }
    for path in ["/etc/ld.so.cache", "/etc/alternatives"] { arguments += ["--ro-bind-try", path, path] }
    for folder in own { arguments += ["--ro-bind-try", folder, folder] }
    arguments += ["--ro-bind", sandboxFolder, Self.boxedSandbox]
    if let workspace { arguments += ["--ro-bind", workspace, Self.boxedWorkspace] }
    for device in ["/dev/null", "/dev/urandom"] {
      arguments += ["--dev-bind", device, device]
    }
    return arguments + ["--remount-ro", "/", "--chdir", workspace == nil ? "/" : Self.boxedWorkspace]
  }

  private func options(workspace: String?, _ userID: Int) -> String {
    var options: [String: JSONValue] = ["isolation": .string(choice == .none ? "none" : "auto")]
    if let workspace { options["workspace"] = .string(workspace) }
    switch launcher {
    case .bubblewrap(_, let asRoot, _):
      options["namespaces"] = .string("bwrap")
      if asRoot { options["uid"] = .int(userID) }
    case .worker:
      options["namespaces"] = .string("try")
      if isRoot { options["uid"] = .int(userID) }
    case .nothing:
      options["namespaces"] = .string("no")
      if isRoot && choice != .none { options["uid"] = .int(userID) }
    }
    return String(decoding: JSONValue.object(options).serialized, as: UTF8.self)
  }

  /// All a worker inherits.
  ///
  /// One thread for each numeric library: candidates may have no more.
  private static func environment(_ hashSeed: Int) -> [String] {
    [
      "PYTHONHASHSEED=\(hashSeed)", "PYTHONSAFEPATH=1", "LANG=C.UTF-8", "OPENBLAS_NUM_THREADS=1",
      "OMP_NUM_THREADS=1", "MKL_NUM_THREADS=1", "NUMEXPR_NUM_THREADS=1", "VECLIB_MAXIMUM_THREADS=1",
    ]
  }

  private static func isOfSystem(_ folder: String) -> Bool {
    ["/usr", "/bin", "/lib", "/lib64", "/lib32", "/sbin"].contains {
      folder == $0 || folder.hasPrefix($0 + "/")
    }
  }
}

/// Those folders that lie in none of the others, sorted.
private func outermost(_ folders: [String]) -> [String] {
  let sorted = Set(folders).sorted()
  return sorted.filter { folder in !sorted.contains { folder.hasPrefix($0 + "/") } }
}

/// The folders above a path, `/` aside.
private func parents(of path: String) -> [String] {
  var parts = path.split(separator: "/").dropLast()
  var result: [String] = []
  while !parts.isEmpty {
    result.append("/" + parts.joined(separator: "/"))
    parts.removeLast()
  }
  return result
}
