import Foundation
import FunSearch

extension ProblemFolder {
  /// Finds a problem by name or path.
  ///
  /// - Parameters:
  ///   - nameOrPath: a name such as `cap-set`, the path of a folder, or that of a specification or `problem.yaml`.
  ///   - directories: where names are looked for, in this order, such as `Problems` and the share folder.
  /// - Returns: the problem's folder, read.
  /// - Throws: ``ProblemFilesError/notFound(_:available:nearest:)``, or what is wrong with its files.
  package static func find(
    _ nameOrPath: String,
    searchIn directories: [String]
  ) throws(ProblemFilesError) -> ProblemFolder {
    let isName = !nameOrPath.isEmpty && !nameOrPath.contains("/") && nameOrPath != "." && nameOrPath != ".."
    if isName {
      for directory in directories {
        let folder = joined(directory, nameOrPath)
        if holdsProblem(folder) { return try ProblemFolder(folder, searchIn: directories) }
      }
    }
    if holdsProblem(nameOrPath) { return try ProblemFolder(nameOrPath, searchIn: directories) }
    if isFile(nameOrPath) { return try file(nameOrPath, directories) }
    if isFolder(nameOrPath) {
      throw .unreadable(
        path: nameOrPath,
        detail: "the folder holds neither problem.yaml nor specification.py; is it a problem's?"
      )
    }
    let available = names(in: directories)
    throw .notFound(nameOrPath, available: available, nearest: nearestName(to: nameOrPath, in: available))
  }

  /// Names of the problems in `directories`, sorted, each once.
  package static func names(in directories: [String]) -> [String] {
    var names: Set<String> = []
    for directory in directories {
      let entries = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
      names.formUnion(entries.filter { holdsProblem(joined(directory, $0)) })
    }
    return names.sorted()
  }

  private static func holdsProblem(_ folder: String) -> Bool {
    isFile(joined(folder, "problem.yaml")) || isFile(joined(folder, "specification.py"))
  }

  /// The problem of a file: of its folder when the folder's `problem.yaml` names it, else the file alone.
  private static func file(_ path: String, _ directories: [String]) throws(ProblemFilesError) -> ProblemFolder
  {
    let name = (path as NSString).lastPathComponent
    let parent = (path as NSString).deletingLastPathComponent
    let folder = parent.isEmpty ? "." : parent
    if name == "problem.yaml" { return try ProblemFolder(folder, searchIn: directories) }
    guard name.hasSuffix(".py") else {
      throw .unreadable(
        path: path,
        detail: "not a problem; give its folder, or a specification ending in .py"
      )
    }
    guard isFile(joined(folder, "problem.yaml")) else {
      return try ProblemFolder(folder, specification: name)
    }
    let problem = try ProblemFolder(folder, searchIn: directories)
    guard problem.description.specification == name else {
      throw .unreadable(
        path: path,
        detail: "the problem.yaml beside it names \(problem.description.specification); "
          + "name this file there, or move it to a folder of its own"
      )
    }
    return problem
  }
}
