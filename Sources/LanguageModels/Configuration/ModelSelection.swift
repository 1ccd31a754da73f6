import FunSearch

/// The models of a run: what `--model`, `--api-base` and a file of models say together.
package enum ModelSelection {
  /// Resolves the models of a command line.
  ///
  /// Each argument is a model of the file, or the name of a model that says whose it is; `:` and a number behind it
  /// are its weight. Without arguments the models of the file are used.
  ///
  /// - Parameters:
  ///   - arguments: what stood after each `--model`.
  ///   - apiBase: the address after `--api-base`; it is that of every model that the file does not describe.
  ///   - described: the models of the file.
  /// - Returns: the models, each once, in the order of the arguments.
  /// - Throws: ``ModelConfigurationError`` for the first argument that is wrong.
  package static func models(
    _ arguments: [String],
    apiBase: String? = nil,
    described: [ModelConfiguration] = []
  ) throws(ModelConfigurationError) -> [ModelConfiguration] {
    if arguments.isEmpty, let apiBase {
      throw ModelConfigurationError("there is no --model to ask at \(apiBase); add one", at: "--api-base")
    }
    guard !arguments.isEmpty else { return described }
    var models: [ModelConfiguration] = []
    for argument in arguments {
      let model = try self.model(argument, apiBase: apiBase, described: described)
      guard !models.contains(where: { $0.name == model.name }) else {
        throw ModelConfigurationError(
          "the model \(model.name) is given twice; keep one",
          at: "--model \(argument)"
        )
      }
      models.append(model)
    }
    return models
  }

  private static func model(
    _ argument: String,
    apiBase: String?,
    described: [ModelConfiguration]
  ) throws(ModelConfigurationError) -> ModelConfiguration {
    let place = "--model \(argument)"
    func find(_ name: String) -> ModelConfiguration? { described.first { $0.name == name } }
    if let model = find(argument) { return model }
    let (name, weight) = try split(argument, place)
    guard !name.isEmpty else {
      throw ModelConfigurationError("there is no name; write one such as gemini-3.8-flash", at: place)
    }
    var model: ModelConfiguration
    if let found = find(name) {
      model = found
    } else if apiBase == nil, ModelConfiguration.provider(of: name, apiBase: nil) == nil, !described.isEmpty {
      let names = described.map(\.name)
      let hint = nearestName(to: name, in: names).map { "; did you mean \($0)?" }
      throw ModelConfigurationError(
        "no model is named \(name)" + (hint ?? "; there are \(names.joined(separator: ", "))"),
        at: place
      )
    } else {
      model = try ModelConfiguration(named: name, apiBase: apiBase, place: place)
    }
    if let weight { model.weight = weight }
    return model
  }

  /// The name and the weight behind its last colon; names have colons themselves, as `qwen3:30b`.
  private static func split(
    _ argument: String,
    _ place: String
  ) throws(ModelConfigurationError) -> (name: String, weight: Double?) {
    guard let colon = argument.lastIndex(of: ":") else { return (argument.trimmed, nil) }
    let end = argument[argument.index(after: colon)...]
    guard let weight = Double(end), end.allSatisfy({ $0.isNumber || $0 == "." || $0 == "e" || $0 == "-" })
    else {
      return (argument.trimmed, nil)
    }
    guard weight > 0, weight <= 1e9 else {
      throw ModelConfigurationError("a weight must be greater than 0, not \(end)", at: place)
    }
    return (argument[..<colon].trimmed, weight)
  }
}
