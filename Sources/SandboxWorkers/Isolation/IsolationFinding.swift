/// Something that keeps this machine from better isolation, and what to do about it.
package struct IsolationFinding: Hashable, Sendable {
  /// What is missing, in one sentence.
  package let problem: String
  /// The command or setting that mends it.
  package let remedy: String

  static let disabled = IsolationFinding(
    problem: "Isolation was switched off: candidates run with all your rights.",
    remedy: "Leave out --isolation none."
  )

  static let withoutNamespaces = IsolationFinding(
    problem: "Namespaces were switched off: candidates may see which processes and files there are.",
    remedy: "Leave out --isolation kernel."
  )

  static let noBubblewrap = IsolationFinding(
    problem: "bubblewrap is not installed, so candidates have no namespaces of their own made by it.",
    remedy: "Install it: apt install bubblewrap, dnf install bubblewrap, or pacman -S bubblewrap."
  )

  static func refused(_ message: String) -> IsolationFinding {
    IsolationFinding(
      problem: message,
      remedy: "Mend what the message names, then run `funsearch doctor` again."
    )
  }

  static func unreadable(_ executable: String) -> IsolationFinding {
    IsolationFinding(
      problem:
        "\(executable) can be read by root only, so a worker that gives up root's rights cannot run it.",
      remedy: "Set FUNSEARCH_PYTHON to a Python every user may read, such as /usr/bin/python3."
    )
  }

  /// Files that tell why user namespaces are refused, by the setting's name.
  static let settingFiles = [
    "kernel.apparmor_restrict_unprivileged_userns": "/proc/sys/kernel/apparmor_restrict_unprivileged_userns",
    "kernel.unprivileged_userns_clone": "/proc/sys/kernel/unprivileged_userns_clone",
    "user.max_user_namespaces": "/proc/sys/user/max_user_namespaces",
  ]

  /// What bubblewrap's complaint means on this machine.
  static func explaining(_ complaint: String, _ machine: Machine) -> IsolationFinding {
    IsolationFinding(
      problem: "bubblewrap does not work here (\(complaint)).",
      remedy: remedy(complaint, machine)
    )
  }

  private static func remedy(_ complaint: String, _ machine: Machine) -> String {
    if machine.settings["kernel.apparmor_restrict_unprivileged_userns"] == "1" {
      return "AppArmor keeps user namespaces from programs without a profile (Ubuntu 24.04 and later): "
        + "sysctl -w kernel.apparmor_restrict_unprivileged_userns=0, or give \(machine.bubblewrap ?? "bwrap") a "
        + "profile that allows userns."
    }
    if machine.settings["kernel.unprivileged_userns_clone"] == "0" {
      return "User namespaces are off for ordinary users: sysctl -w kernel.unprivileged_userns_clone=1."
    }
    if machine.settings["user.max_user_namespaces"] == "0" {
      return "User namespaces are off: sysctl -w user.max_user_namespaces=15000."
    }
    return "In a container, its seccomp profile or missing capabilities forbid namespaces: start it with "
      + "--security-opt seccomp=unconfined --security-opt apparmor=unconfined (Docker, Podman), or run outside."
  }
}
