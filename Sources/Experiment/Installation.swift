import Foundation

/// Where this program's own files are: the Python side, and the problems that come with it.
package struct Installation: Sendable {
  /// The folder with the worker's Python files.
  package let sandbox: String
  /// Folders that hold problems, in the order they are looked through.
  package let problems: [String]

  package init(sandbox: String, problems: [String]) {
    self.sandbox = sandbox
    self.problems = problems
  }

  /// Finds them beside the executable: `../share/funsearch` when installed, the checkout when built in place.
  package static func find() throws(RunError) -> Installation {
    let executable = URL(fileURLWithPath: executablePath()).resolvingSymlinksInPath()
    var candidates = [executable.deletingLastPathComponent().appendingPathComponent("../share/funsearch")]
    // .build/PLATFORM/release/funsearch stands four levels below the checkout, and .build/release three.
    var folder = executable.deletingLastPathComponent()
    for _ in 0..<4 {
      folder.deleteLastPathComponent()
      candidates.append(folder)
    }
    for candidate in candidates.map(\.standardizedFileURL.path)
    where FileManager.default.fileExists(atPath: "\(candidate)/Sandbox/worker.py") {
      return Installation(sandbox: "\(candidate)/Sandbox", problems: ["Problems", "\(candidate)/Problems"])
    }
    throw RunError(
      "the Python side of funsearch is not beside \(executable.path); run Scripts/install again, or "
        + "./funsearch in the checkout"
    )
  }

  private static func executablePath() -> String {
    #if os(Linux)
      if let path = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe") {
        return path
      }
    #endif
    return Bundle.main.executablePath ?? CommandLine.arguments[0]
  }
}
