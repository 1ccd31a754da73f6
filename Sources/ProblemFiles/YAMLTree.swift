import Foundation
import Yams

/// A value of a YAML file as it is written, with the line it stands in, for readers outside this module.
package struct YAMLTree: Hashable, Sendable {
  package enum Value: Hashable, Sendable {
    /// As written, without its quotes.
    case scalar(String)
    case list([YAMLTree])
    case mapping([Member])
  }

  /// A key and its value, in the order of the file.
  package struct Member: Hashable, Sendable {
    package let key: String
    /// 1-based.
    package let line: Int
    package let value: YAMLTree
  }

  package let value: Value
  /// 1-based.
  package let line: Int

  /// Reads the file at `path`.
  ///
  /// - Throws: ``ProblemFilesError`` when it cannot be read or is not one YAML document.
  package init(reading path: String) throws(ProblemFilesError) {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw .unreadable(path: path, detail: "the file cannot be read")
    }
    guard data.count <= 1 << 20, let text = String(data: data, encoding: .utf8) else {
      throw .unreadable(path: path, detail: "the file is not UTF-8 text of at most 1 MiB")
    }
    try self.init(yaml: text, path: path)
  }

  /// Reads `text`, the contents of the file shown as `path`.
  ///
  /// - Throws: ``ProblemFilesError/invalid(path:line:detail:)`` when it is not one YAML document.
  package init(yaml text: String, path: String) throws(ProblemFilesError) {
    let reader = YAMLReader(path: path)
    let document = try reader.document(text)
    defer { withExtendedLifetime(document) {} }
    guard let root = document.root else { throw reader.invalid(1, "the file is empty") }
    try self.init(root, reader)
  }

  /// A mapping of some members of another.
  package init(members: [Member], line: Int) {
    (value, self.line) = (.mapping(members), line)
  }

  /// Takes a value of a file that is being read.
  init(_ node: Node, _ reader: YAMLReader, depth: Int = 0) throws(ProblemFilesError) {
    guard depth < 32 else { throw reader.invalid(node, "nested more than 32 levels deep") }
    line = reader.line(node)
    switch node {
    case .scalar(let scalar): value = .scalar(scalar.string)
    case .sequence(let items):
      var list: [YAMLTree] = []
      for item in items { list.append(try YAMLTree(item, reader, depth: depth + 1)) }
      value = .list(list)
    case .mapping(let pairs):
      var members: [Member] = []
      for (key, item) in pairs {
        let tree = try YAMLTree(item, reader, depth: depth + 1)
        members.append(Member(key: try reader.name(key), line: reader.line(key), value: tree))
      }
      value = .mapping(members)
    case .alias: throw reader.invalid(node, "an alias cannot be used here; write the value out")
    }
  }
}
