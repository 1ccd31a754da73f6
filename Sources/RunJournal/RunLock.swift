package import Foundation

/// The right to write into the folder of a run, held by one process at a time.
///
/// The system gives it back when the process dies, however that happens.
package final class RunLock: Sendable {
  private let descriptor: Int32

  /// Takes the lock of `folder`.
  ///
  /// - Parameters:
  ///   - folder: the folder of the run, which is there.
  ///   - started: the time, shown to those who are refused.
  /// - Throws: ``JournalError/locked(folder:holder:)`` naming the process that holds it.
  package init(_ folder: String, started: Date) throws(JournalError) {
    let path = folder + "/lock"
    // Children must not inherit it, or a left-over worker would hold the run.
    descriptor = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else {
      throw errno == EACCES || errno == EROFS
        ? .readOnly(path: path) : .failed(path: path, detail: Self.reason())
    }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      let error: JournalError =
        errno == EWOULDBLOCK
        ? .locked(folder: folder, holder: Self.holder(path)) : .failed(path: path, detail: Self.reason())
      throw error
    }
    let process = ProcessInfo.processInfo
    let text =
      "process \(process.processIdentifier) on \(process.hostName) since \(started.ISO8601Format())\n"
    let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: false)
    do {
      try file.truncate(atOffset: 0)
      try file.write(contentsOf: Data(text.utf8))
    } catch {
      throw .failed(path: path, detail: "the lock cannot be written: \(error)")
    }
  }

  // Also runs when `init` throws, since the descriptor is set by then.
  deinit {
    if descriptor >= 0 { Foundation.close(descriptor) }
  }

  /// The process that holds the lock of `folder`, as text; nil when none does.
  package static func holder(of folder: String) -> String? {
    let path = folder + "/lock"
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { Foundation.close(descriptor) }
    guard flock(descriptor, LOCK_SH | LOCK_NB) != 0 else { return nil }
    return holder(path)
  }

  private static func holder(_ path: String) -> String {
    let text = FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) } ?? ""
    let line = text.prefix { $0 != "\n" }
    return line.isEmpty ? "another process" : String(line)
  }

  private static func reason() -> String {
    let code = errno
    return unsafe String(cString: strerror(code))
  }
}
