package import Crypto
package import Foundation

/// A file of a problem's folder, as it was read.
package struct ProblemFile: Hashable, Sendable {
  /// Its path within the folder.
  package let name: String
  package let contents: Data

  /// Makes a file of a text.
  package init(name: String, text: String) {
    self.init(name: name, contents: Data(text.utf8))
  }

  init(name: String, contents: Data) {
    self.name = name
    self.contents = contents
  }

  /// The contents as text; nil for what is not UTF-8.
  package var text: String? { String(data: contents, encoding: .utf8) }

  /// The file that draws artifacts for people.
  package static let viewName = "view.py"

  /// Whether it is for people, and decides no score: a document, or what draws artifacts.
  var isDocument: Bool { name.hasSuffix(".md") || name == Self.viewName }

  /// SHA-256 of the contents, hex.
  var digest: String { SHA256.hash(data: contents).hexadecimal }
}

extension SHA256.Digest {
  /// The digest as 64 digits.
  package var hexadecimal: String {
    map { byte in
      let digits = String(byte, radix: 16)
      return byte < 16 ? "0" + digits : digits
    }.joined()
  }
}

extension [ProblemFile] {
  /// Writes the files below a folder, which is made where it is missing.
  ///
  /// - Throws: ``ProblemFilesError/unreadable(path:detail:)`` for one that cannot be written.
  package func write(below folder: String) throws(ProblemFilesError) {
    for file in self {
      let url = URL(fileURLWithPath: folder + "/" + file.name)
      do {
        let parent = url.deletingLastPathComponent()
        try FileManager.default.createDirectory(at: parent, withIntermediateDirectories: true)
        try file.contents.write(to: url)
      } catch {
        throw .unreadable(path: url.path, detail: "cannot be written: \(error.localizedDescription)")
      }
    }
  }
}
