import Foundation
import Yams

/// Reads YAML strictly, with the file and line in every message.
struct YAMLReader {
  /// As shown in messages.
  let path: String

  /// A read text; its nodes know their anchors only as long as it lives.
  final class Document {
    /// The one value of the text; nil when there is none.
    let root: Node?
    private let parser: Parser

    fileprivate init(_ text: String) throws {
      parser = try Parser(yaml: text)
      root = try parser.singleRoot()
    }
  }

  func document(_ text: String) throws(ProblemFilesError) -> Document {
    do {
      return try Document(text)
    } catch let error as YamlError {
      throw failure(error, text)
    } catch {
      throw invalid(1, String(describing: error))
    }
  }

  /// The one mapping that the text is.
  func mapping(_ document: Document) throws(ProblemFilesError) -> Node.Mapping {
    guard let node = document.root, node.scalar?.string != "" else {
      throw invalid(1, "the file is empty; it needs at least a title and inputs")
    }
    guard let mapping = node.mapping else {
      throw invalid(line(node), "expected keys and values, such as `title: Cap sets`")
    }
    return mapping
  }

  /// 1-based line of `node`.
  func line(_ node: Node) -> Int { node.mark?.line ?? 1 }

  func invalid(_ line: Int, _ detail: String) -> ProblemFilesError {
    .invalid(path: path, line: line, detail: detail)
  }

  func invalid(_ node: Node, _ detail: String) -> ProblemFilesError { invalid(line(node), detail) }

  /// What the library found wrong with the text, where, and what to do.
  private func failure(_ error: YamlError, _ text: String) -> ProblemFilesError {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _):
      return invalid(mark.line, "not YAML: \(problem); check indentation, quotes and brackets")
    case .composer(let context, _, let mark, _) where context?.text.contains("single document") == true:
      return invalid(mark.line, "a second document begins here; keep one, without `---` between")
    case .composer(_, let problem, let mark, _):
      return invalid(mark.line, "not YAML: \(problem)")
    case .reader(let problem, let offset, _, _):
      let lines = text.unicodeScalars.prefix(offset ?? 0).count { $0 == "\n" }
      return invalid(1 + lines, "not YAML: \(problem); remove the character")
    case .duplicatedKeysInMapping(let keys, let context):
      let key = keys.first ?? ""
      return invalid(second(key, from: context.mark.line, in: text), "key \"\(key)\" appears twice; keep one")
    case .no, .memory, .writer, .emitter, .representer, .dataCouldNotBeDecoded:
      return invalid(1, "not YAML: \(error)")
    }
  }

  /// The line where `key` appears again, after `line`; `line` where that cannot be told.
  private func second(_ key: String, from line: Int, in text: String) -> Int {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    for (index, content) in lines.enumerated().dropFirst(line) {
      let start = content.drop { $0 == " " || $0 == "\"" || $0 == "'" }
      guard start.hasPrefix(key) else { continue }
      let rest = start.dropFirst(key.count).drop { $0 == "\"" || $0 == "'" || $0 == " " }
      if rest.first == ":" { return index + 1 }
    }
    return line
  }
}
