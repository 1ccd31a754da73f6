import Foundation
import FunSearch
import Yams

extension ExperimentFile {
  /// Reads the file at `path`.
  ///
  /// - Throws: ``ProblemFilesError`` for the first thing that is wrong.
  package init(reading path: String) throws(ProblemFilesError) {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw .unreadable(path: path, detail: "the file cannot be read; name the file of an experiment")
    }
    guard data.count <= 1 << 20, let text = String(data: data, encoding: .utf8) else {
      throw .unreadable(path: path, detail: "the file is not UTF-8 text of at most 1 MiB")
    }
    try self.init(yaml: text, path: path)
  }

  /// Reads `text`, the contents of the file shown as `path`.
  ///
  /// - Throws: ``ProblemFilesError/invalid(path:line:detail:)`` for the first thing that is wrong.
  package init(yaml text: String, path: String) throws(ProblemFilesError) {
    let reader = YAMLReader(path: path)
    let document = try reader.document(text)
    defer { withExtendedLifetime(document) {} }
    guard let mapping = document.root?.mapping else {
      throw reader.invalid(1, "the file must have keys and values, such as `problem: cap-set`")
    }
    var fields: [Field: Node] = [:]
    for (key, value) in mapping {
      let name = try reader.name(key)
      guard let field = Field(rawValue: name) else {
        throw reader.unknown(key, name, known: Field.allCases.map(\.rawValue))
      }
      fields[field] = value
    }
    guard let problem = fields[.problem] else {
      throw reader.invalid(1, "the key \"problem\" is missing; add a line such as `problem: cap-set`")
    }
    self.path = path
    self.problem = try Self.entry(problem, .problem, reader)
    for field in Field.allCases where field != .problem {
      guard let node = fields[field] else { continue }
      try read(field, node, reader)
    }
  }

  private enum Field: String, CaseIterable {
    case problem, name, inputs, seeds, steps
    case maxTime = "max_time"
    case target, islands, workers, jobs, settings, methods
  }

  private mutating func read(_ field: Field, _ node: Node, _ reader: YAMLReader) throws(ProblemFilesError) {
    switch field {
    case .problem: problem = try Self.entry(node, field, reader)
    case .name: name = try Self.entry(node, field, reader)
    case .inputs: inputs = try Self.inputs(node, reader)
    case .seeds: seeds = try Self.seeds(node, reader)
    case .steps: steps = try Self.entry(node, field, reader)
    case .maxTime: maxTime = try Self.entry(node, field, reader)
    case .target: target = try Self.entry(node, field, reader)
    case .islands: islands = try Self.entry(node, field, reader)
    case .workers: workers = try Self.entry(node, field, reader)
    case .jobs: jobs = try Self.entry(node, field, reader)
    case .settings: settings = try Self.settings(node, reader)
    case .methods: methods = try Self.methods(node, reader)
    }
  }

  private static func entry(_ node: Node, _ field: Field, _ reader: YAMLReader) throws(ProblemFilesError)
    -> Entry
  {
    Entry(text: try reader.text(node, field.rawValue), line: reader.line(node))
  }

  private static func inputs(_ node: Node, _ reader: YAMLReader) throws(ProblemFilesError) -> [String] {
    guard let items = node.sequence, !items.isEmpty else {
      throw reader.invalid(node, "\"inputs\" must be a list of inputs, such as [8]")
    }
    var texts: [String] = []
    for item in items { texts.append(try reader.json(item)) }
    return texts
  }

  private static func seeds(_ node: Node, _ reader: YAMLReader) throws(ProblemFilesError) -> Entry {
    guard let items = node.sequence else { return try entry(node, .seeds, reader) }
    let texts = try reader.texts(node, "seeds")
    guard !items.isEmpty else { throw reader.invalid(node, "\"seeds\" is empty; write seeds: 10") }
    return Entry(text: texts.joined(separator: ","), line: reader.line(node))
  }

  private static func settings(_ node: Node, _ reader: YAMLReader) throws(ProblemFilesError)
    -> [SearchSetting]
  {
    guard node.mapping != nil else {
      throw reader.invalid(node, "\"settings\" must map settings to values, such as {search.islands: 10}")
    }
    return try reader.settings(node)
  }

  private static func methods(_ node: Node, _ reader: YAMLReader) throws(ProblemFilesError) -> [Method] {
    guard let items = node.sequence, !items.isEmpty else {
      throw reader.invalid(node, "\"methods\" must be a list, such as [offline, random]")
    }
    var methods: [Method] = []
    for item in items {
      let method = try method(item, reader)
      guard !methods.contains(where: { $0.name == method.name }) else {
        throw reader.invalid(item, "two methods are named \"\(method.name)\"; give one another `name`")
      }
      methods.append(method)
    }
    return methods
  }

  private static func method(_ node: Node, _ reader: YAMLReader) throws(ProblemFilesError) -> Method {
    guard let mapping = node.mapping else {
      let base = try reader.text(node, "methods")
      return Method(name: base, base: base, settings: [], line: reader.line(node))
    }
    let known = ["name", "method", "settings"]
    var (name, base): (String?, String?)
    var settings: [SearchSetting] = []
    for (key, value) in mapping {
      let field = try reader.name(key)
      switch field {
      case "name": name = try reader.text(value, "name")
      case "method": base = try reader.text(value, "method")
      case "settings": settings = try Self.settings(value, reader)
      default: throw reader.unknown(key, field, known: known)
      }
    }
    guard let base else {
      throw reader.invalid(node, "the key \"method\" is missing; name one, such as `method: offline`")
    }
    return Method(name: name ?? base, base: base, settings: settings, line: reader.line(node))
  }
}
