import Foundation

extension ProblemFolder {
  /// The most files and bytes a problem's folder may hold.
  private static let mostFiles = 1000
  private static let mostBytes = 64 << 20

  /// All files below a folder but hidden ones and what Python keeps, in order of their names.
  ///
  /// - Throws: ``ProblemFilesError/unreadable(path:detail:)``, also for a folder that holds too much.
  static func files(below folder: String) throws(ProblemFilesError) -> [ProblemFile] {
    var names: [String] = []
    var waiting = [""]
    while let inner = waiting.popLast() {
      let entries = (try? FileManager.default.contentsOfDirectory(atPath: joined(folder, inner))) ?? []
      for entry in entries where !entry.hasPrefix(".") && entry != "__pycache__" {
        let name = inner.isEmpty ? entry : inner + "/" + entry
        if isFolder(joined(folder, name)) { waiting.append(name) } else { names.append(name) }
      }
      guard names.count + waiting.count <= mostFiles else { throw tooMuch(folder, "\(mostFiles) files") }
    }
    var bytes = 0
    var files: [ProblemFile] = []
    for name in names.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
      files.append(ProblemFile(name: name, contents: try contents(joined(folder, name))))
      bytes += files[files.count - 1].contents.count
      guard bytes <= mostBytes else { throw tooMuch(folder, "\(mostBytes >> 20) MiB") }
    }
    return files
  }

  private static func tooMuch(_ folder: String, _ limit: String) -> ProblemFilesError {
    .unreadable(
      path: folder,
      detail: "the problem's folder holds more than \(limit), all of which a run keeps a copy of; "
        + "move what the specification does not read elsewhere"
    )
  }

  /// The files of the Python modules in a folder that a source imports, directly or through one another.
  static func modules(importedBy source: String, in folder: String) throws(ProblemFilesError) -> [ProblemFile]
  {
    var found: [ProblemFile] = []
    var seen: Set<String> = []
    var sources = [source]
    while let next = sources.popLast() {
      for module in importedModules(next).sorted() where seen.insert(module).inserted {
        let alone = module + ".py"
        var files: [ProblemFile] = []
        if isFile(joined(folder, alone)) {
          files = [ProblemFile(name: alone, contents: try contents(joined(folder, alone)))]
        } else if isFolder(joined(folder, module)) {
          files = try Self.files(below: joined(folder, module)).filter { $0.name.hasSuffix(".py") }
            .map { ProblemFile(name: module + "/" + $0.name, contents: $0.contents) }
        }
        found += files
        sources += files.compactMap(\.text)
      }
    }
    return found.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
  }

  /// First parts of the names after `import` and `from`, wherever a line begins with one.
  private static func importedModules(_ source: String) -> Set<String> {
    var modules: Set<String> = []
    for line in source.split(whereSeparator: \.isNewline) {
      let words = line.split { $0 == " " || $0 == "\t" }
      guard let first = words.first, words.count > 1 else { continue }
      if first == "from" { modules.insert(String(words[1].prefix { $0 != "." })) }
      guard first == "import" else { continue }
      for item in words.dropFirst().joined(separator: " ").split(separator: ",") {
        let name = item.drop { $0 == " " }.prefix { $0 != " " && $0 != "." && $0 != ";" && $0 != "#" }
        modules.insert(String(name))
      }
    }
    return modules.filter { !$0.isEmpty }
  }

  static func contents(_ path: String) throws(ProblemFilesError) -> Data {
    do {
      return try Data(contentsOf: URL(fileURLWithPath: path))
    } catch {
      throw .unreadable(
        path: path,
        detail: "cannot be read (\(error.localizedDescription)); check its permissions"
      )
    }
  }
}
