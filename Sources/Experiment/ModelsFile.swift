import FunSearch
package import LanguageModels
import ProblemFiles

/// A file that describes models, under its one key `models`.
package enum ModelsFile {
  /// The name under which it is looked for where none is given.
  package static let usualName = "models.yaml"

  /// Reads the file at `path`.
  ///
  /// - Throws: `ProblemFilesError` or `ModelConfigurationError` for the first thing that is wrong, with its line.
  package static func models(reading path: String) throws -> [ModelConfiguration] {
    try models(YAMLTree(reading: path), path: path)
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
      throw ModelConfigurationError("the file is empty; describe a model under the key \"models\"", at: path)
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
