import FunSearch
import Yams

extension ProblemDescription {
  /// Reads `text`, the contents of the file shown as `path`.
  ///
  /// - Throws: ``ProblemFilesError/invalid(path:line:detail:)`` for the first thing that is wrong.
  package init(yaml text: String, path: String) throws(ProblemFilesError) {
    let reader = YAMLReader(path: path)
    let document = try reader.document(text)
    defer { withExtendedLifetime(document) {} }
    let mapping = try reader.mapping(document)
    var fields: [Field: Node] = [:]
    for (key, value) in mapping {
      let name = try reader.name(key)
      guard let field = Field(rawValue: name) else {
        throw reader.unknown(key, name, known: Field.allCases.map(\.rawValue))
      }
      fields[field] = value
    }
    guard let title = fields[.title] else {
      throw reader.invalid(1, "the key \"title\" is missing; add a line such as `title: Cap sets`")
    }
    self.init(title: try reader.text(title, "title"))
    for field in Field.allCases where field != .title {
      guard let node = fields[field] else { continue }
      try read(field, node, reader)
    }
  }

  /// The keys of `problem.yaml`.
  private enum Field: String, CaseIterable {
    case title, description, citation, specification, view, inputs, aggregate
    case knownBest = "known_best"
    case target
    case scoreUnit = "score_unit"
    case limits, trust, noise, search, requirements, baselines, vocabulary, prompt, models
  }

  private mutating func read(_ field: Field, _ node: Node, _ reader: YAMLReader) throws(ProblemFilesError) {
    switch field {
    case .title: title = try reader.text(node, field.rawValue)
    case .description: description = try reader.text(node, field.rawValue)
    case .citation: citation = try reader.text(node, field.rawValue)
    case .specification: specification = try reader.file(node, field.rawValue)
    case .view: view = try reader.file(node, field.rawValue)
    case .inputs: inputs = try reader.inputs(node)
    case .aggregate: aggregate = try reader.choice(node, field.rawValue)
    case .knownBest: knownBest = try reader.knownBest(node)
    case .target: target = try reader.finite(node, field.rawValue)
    case .scoreUnit: scoreUnit = try reader.positive(node, field.rawValue)
    case .limits: limits = try reader.limits(node)
    case .trust: trust = try reader.choice(node, field.rawValue)
    case .noise: noise = try reader.noise(node)
    case .search: search = try reader.settings(node)
    case .requirements: requirements = try reader.texts(node, field.rawValue)
    case .baselines: baselines = try reader.files(node, field.rawValue)
    case .vocabulary: vocabulary = try reader.vocabulary(node)
    case .prompt: prompt = try reader.prompt(node)
    case .models: models = try YAMLTree(node, reader)
    }
  }
}
