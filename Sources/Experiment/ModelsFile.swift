import FunSearch
package import LanguageModels
package import ProblemFiles

/// What describes models, under the key `models`: a file of nothing else, or `problem.yaml`.
package enum ModelsFile {
  /// The name under which it is looked for where none is given.
  package static let usualName = "models.yaml"

  /// Reads the file at `path`; of a `problem.yaml` the models alone.
  ///
  /// - Throws: `ProblemFilesError` or `ModelConfigurationError` for the first thing that is wrong, with its line.
  package static func models(reading path: String) throws -> [ModelConfiguration] {
    let root = try YAMLTree(reading: path)
    guard path.split(separator: "/").last == "problem.yaml", case .mapping(let members) = root.value else {
      return try models(root, path: path)
    }
    return try models(
      YAMLTree(members: members.filter { $0.key == "models" }, line: root.line),
      path: path
    )
  }

  /// The models that a problem describes; none where it describes none.
  ///
  /// - Throws: `ModelConfigurationError` for the first thing that is wrong, with its line.
  package static func models(of problem: ProblemFolder) throws -> [ModelConfiguration] {
    guard let models = problem.description.models else { return [] }
    return try ModelConfiguration.models(ConfigurationTree(models), path: "\(problem.path)/problem.yaml")
  }

  /// Reads `text`, the contents of the file shown as `path`.
  ///
  /// - Throws: `ProblemFilesError` or `ModelConfigurationError` for the first thing that is wrong, with its line.
  package static func models(yaml text: String, path: String) throws -> [ModelConfiguration] {
    try models(YAMLTree(yaml: text, path: path), path: path)
  }

  private static func models(_ root: YAMLTree, path: String) throws -> [ModelConfiguration] {
    guard case .mapping(let members) = root.value else {
      throw ModelConfigurationError("the file must have the key \"models\" and below it the models", at: path)
    }
    for member in members where member.key != "models" {
      let hint = nearestName(to: member.key, in: ["models"]).map { "; did you mean \"\($0)\"?" }
      throw ModelConfigurationError(
        "unknown key \"\(member.key)\"" + (hint ?? "; there is only models"),
        at: "\(path):\(member.line)"
      )
    }
    guard let models = members.first else {
      throw ModelConfigurationError("no models are described; write some under the key \"models\"", at: path)
    }
    return try ModelConfiguration.models(ConfigurationTree(models.value), path: path)
  }
}

extension ConfigurationTree {
  fileprivate init(_ tree: YAMLTree) {
    let value: Value =
      switch tree.value {
      case .scalar(let text): .scalar(text)
      case .list(let items): .list(items.map { ConfigurationTree($0) })
      case .mapping(let members):
        .mapping(
          members.map { Member(key: $0.key, line: $0.line, value: ConfigurationTree($0.value)) }
        )
      }
    self.init(value, line: tree.line)
  }
}
