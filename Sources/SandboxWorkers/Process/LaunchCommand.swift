import CSandboxShims

/// How a process is started: everything it gets from us.
struct LaunchCommand: Hashable, Sendable {
  /// Absolute path of the program.
  var program: String
  /// Arguments after the program's own name.
  var arguments: [String]
  /// `NAME=value` in this order; nothing else is inherited.
  var environment: [String]
  /// Whether the system ends all processes below it together with it.
  var processes = ProcessNamespace.shared
  /// True when the program is bubblewrap, told to write what it started to descriptor 3.
  var reportsInnerProcess = false
}

/// Which processes a started process belongs to.
///
/// bubblewrap forks before it ties itself and its child to us. When it is killed then, or finds us gone, its child
/// waits for it without end. As the first of a process namespace it takes its child with it, whenever it ends.
enum ProcessNamespace: Hashable, Sendable {
  /// Those of this process.
  case shared
  /// A process namespace of its own, which root may make.
  case own
  /// The same within a user namespace, for other users where the system lets them.
  case ownAsUser

  /// The value of `fs_processes`.
  var code: Int32 {
    switch self {
    case .shared: Int32(fs_processes_shared.rawValue)
    case .own: Int32(fs_processes_own.rawValue)
    case .ownAsUser: Int32(fs_processes_own_as_user.rawValue)
    }
  }
}
