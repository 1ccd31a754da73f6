import LanguageModels

extension StoredRun {
  /// What a run that replays this one takes over where it names no models itself.
  package var modelSettings: [(key: String, value: String)] {
    let own = ["models.replay", "models.failures"]
    return Setting.all.map(\.key).filter {
      ($0.hasPrefix("models.") || $0.hasPrefix("prompt.")) && !$0.hasPrefix("models.max_")
        && !own.contains($0)
    }.compactMap { key in metadata[key].map { (key, $0) } }
  }

  /// ``ModelSettings/listText`` of the run, with every server of the user's own at another address.
  ///
  /// - Throws: `ModelConfigurationError` when the address is none.
  package func models(movedTo address: String) throws -> String {
    var models = try configuration.models
    let checked = try ModelConfiguration(named: "any", apiBase: address, place: "--api-base")
    for index in models.list.indices where models.list[index].apiBase != nil {
      models.list[index].apiBase = checked.apiBase
    }
    return models.listText
  }
}
