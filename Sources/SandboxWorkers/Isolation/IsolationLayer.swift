/// One of the walls around a candidate, as a worker that was started to see has it or not.
package struct IsolationLayer: Hashable, Sendable {
  /// As the worker calls it: `namespaces`, `landlock`, `seccomp`, `rlimits` or `uid`.
  package let name: String
  package let isActive: Bool
  /// What it does here, or why it is not there.
  package let detail: String
  /// How to get it, where that is possible.
  package let remedy: String?

  /// All layers there can be, outermost first.
  static func all(of greeting: Greeting, _ plan: IsolationPlan) -> [IsolationLayer] {
    func layer(_ name: String, _ active: String, _ missing: String, _ remedy: String?) -> IsolationLayer {
      let isActive = greeting.layers.contains(name)
      return IsolationLayer(
        name: name,
        isActive: isActive,
        detail: isActive ? active : missing,
        remedy: isActive ? nil : remedy
      )
    }
    let unneeded = "not needed: funsearch does not run as root"
    let isMapped = plan.isRoot && plan.hasUserNamespace
    return [
      layer(
        "namespaces",
        "own processes, network, host name and file tree, \(plan.launcherText)",
        "not available: " + (plan.findings.last?.problem ?? "the system does not let a worker make them"),
        plan.findings.last?.remedy ?? "Allow user namespaces, or install bubblewrap."
      ),
      layer(
        "landlock",
        "only the interpreter, the sandbox and the problem can be read; nothing can be written",
        "not available: the kernel has none, or it is switched off",
        "Use Linux 5.13 or later with lsm=landlock among its boot options."
      ),
      layer(
        "seccomp",
        "system calls that start processes, connect, signal or write are denied",
        "not available: the kernel or the processor (\(machineText)) has no filter here",
        "Use Linux on x86_64 or aarch64."
      ),
      layer("rlimits", "time, memory and output are limited", "not available", nil),
      layer(
        "uid",
        "workers run as user \(greeting.userID ?? -1), who is nobody",
        isMapped
          ? "workers are user \(greeting.userID ?? -1) in a user namespace"
          : plan.isRoot ? "workers stay root" : unneeded,
        plan.isRoot && !isMapped ? "Leave out --isolation none." : nil
      ),
    ]
  }

  private static var machineText: String {
    #if arch(x86_64)
      "x86_64"
    #elseif arch(arm64)
      "aarch64"
    #else
      "another processor"
    #endif
  }
}

extension IsolationPlan {
  /// Whether workers live in a user namespace that bubblewrap makes.
  fileprivate var hasUserNamespace: Bool {
    if case .bubblewrap(_, asRoot: false, _) = launcher { true } else { false }
  }

  /// What makes the namespaces, in a few words.
  fileprivate var launcherText: String {
    switch launcher {
    case .bubblewrap(let program, _, _): "made by \(program)"
    case .worker: "made by the worker itself"
    case .nothing: "made by nobody"
    }
  }
}
