import Foundation
import Synchronization

/// Runs commands that print a token, such as `gcloud auth print-access-token`.
package enum TokenCommand {
  /// Runs `command` and reads the one word that it prints.
  ///
  /// - Parameters:
  ///   - command: the program and its arguments; the program is looked for in `PATH`.
  ///   - limit: how long it may take; it is killed then.
  /// - Returns: the token.
  /// - Throws: ``ModelError`` of kind `credentials` when it fails, with what it said on standard error.
  package static func run(
    _ command: [String],
    limit: Duration = .seconds(30)
  ) async throws(ModelError) -> Secret {
    let shown = command.joined(separator: " ")
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = command
    process.standardInput = FileHandle.nullDevice
    let (output, errors) = (Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = errors
    let ending = ProcessEnding()
    process.terminationHandler = { _ in ending.end() }
    do {
      try process.run()
    } catch {
      throw ModelError(
        .credentials,
        "the token command `\(shown)` cannot be run: \(error.localizedDescription)"
      )
    }
    let identifier = process.processIdentifier
    let isLate = await withTaskGroup(of: Bool.self) { group in
      group.addTask {
        await ending.wait()
        return false
      }
      group.addTask {
        let isLate = (try? await Task.sleep(for: limit)) != nil
        if !ending.hasEnded {
          // The command and what it started; whatever escapes that is not waited for.
          kill(-identifier, SIGKILL)
          kill(identifier, SIGKILL)
          ending.end()
        }
        return isLate
      }
      var isLate = false
      for await result in group {
        isLate = isLate || result
        group.cancelAll()
      }
      return isLate
    }
    guard !Task.isCancelled else { throw ModelError(.cancelled, "the call was given up") }
    guard !isLate else {
      throw ModelError(
        .credentials,
        "the token command `\(shown)` did not end within \(limit); run it by hand"
      )
    }
    guard process.terminationStatus == 0 else {
      let said = text(errors).split { $0.isNewline }.joined(separator: " ").prefix(300)
      throw ModelError(
        .credentials,
        "the token command `\(shown)` failed with status \(process.terminationStatus): \(said)"
      )
    }
    let token = text(output).trimmed
    guard !token.isEmpty, token.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
      throw ModelError(.credentials, "the token command `\(shown)` did not print one word of ASCII")
    }
    return Secret(token)
  }

  /// What the pipe holds now; a child left behind may keep it open for ever.
  private static func text(_ pipe: Pipe) -> String {
    let descriptor = pipe.fileHandleForReading.fileDescriptor
    guard fcntl(descriptor, F_SETFL, O_NONBLOCK) == 0 else { return "" }
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    let count = unsafe bytes.withUnsafeMutableBytes {
      unsafe Foundation.read(descriptor, $0.baseAddress, $0.count)
    }
    return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
  }
}

/// Whether a process has ended, for one that waits.
private final class ProcessEnding: Sendable {
  private enum State {
    case running
    case awaited(CheckedContinuation<Void, Never>)
    case ended
  }

  private let state = Mutex(State.running)

  var hasEnded: Bool {
    state.withLock { if case .ended = $0 { true } else { false } }
  }

  func end() {
    let waiter = state.withLock { state -> CheckedContinuation<Void, Never>? in
      defer { state = .ended }
      if case .awaited(let waiter) = state { return waiter }
      return nil
    }
    waiter?.resume()
  }

  func wait() async {
    await withCheckedContinuation { continuation in
      let isOver = state.withLock { state in
        if case .ended = state { return true }
        state = .awaited(continuation)
        return false
      }
      if isOver { continuation.resume() }
    }
  }
}
