import Foundation
import Synchronization

/// Notes the signals that ask a run to end.
///
/// The first is noted, so that what is in flight is finished; then the
/// system's own handling is back, so that the second ends the process at once. The journal loses nothing by it.
enum Interruption {
  private static let requested = Atomic<Bool>(false)

  /// Whether Ctrl-C was pressed, the terminal closed or the process asked to end.
  static var isRequested: Bool { requested.load(ordering: .relaxed) }

  /// Notes the next SIGINT, SIGTERM or SIGHUP instead of ending the process.
  static func watch() {
    // A reader of our output that went away is seen as a failed write, not as a death.
    _ = signal(SIGPIPE, SIG_IGN)
    for number in [SIGINT, SIGTERM, SIGHUP] {
      _ = signal(number) { number in
        Interruption.requested.store(true, ordering: .relaxed)
        _ = signal(number, SIG_DFL)
        let message: StaticString =
          "\nfinishing what is in flight; once more to stop at once (nothing is lost)\n"
        _ = unsafe write(2, message.utf8Start, message.utf8CodeUnitCount)
      }
    }
  }
}
