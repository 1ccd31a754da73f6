/// How a process is started: everything it gets from us.
struct LaunchCommand: Hashable, Sendable {
  /// Absolute path of the program.
  var program: String
  /// Arguments after the program's own name.
  var arguments: [String]
  /// `NAME=value` in this order; nothing else is inherited.
  var environment: [String]
  /// True when the program is bubblewrap, told to write what it started to descriptor 3.
  var reportsInnerProcess = false
}
