#if os(Linux)
  import Foundation

  /// All processes below a process, parents before children.
  func descendants(of process: Int32) -> [Int32] {
    let children = threads(of: process).flatMap { thread -> [Int32] in
      let text =
        (try? String(contentsOfFile: "/proc/\(process)/task/\(thread)/children", encoding: .utf8)) ?? ""
      return text.split(separator: " ").compactMap { Int32($0) }
    }
    return children.flatMap { [$0] + descendants(of: $0) }
  }

  /// Whether a process has ended and only waits to be reaped.
  func isZombie(_ process: Int32) -> Bool {
    let text = (try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)) ?? ""
    // The state follows the name, which is in parentheses and may hold anything.
    return text.split(separator: ")").last?.hasPrefix(" Z") ?? true
  }

  private func threads(of process: Int32) -> [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(process)/task")) ?? []
  }
#endif
