package import LanguageModels
import PythonSyntax

/// What a run has set about language models, beside which steps ask one (``ModelSteps``).
package struct ModelSettings: Sendable {
  /// The models asked, each by its weight; without keys.
  package var list: [ModelConfiguration] = []
  /// What they may take, over all sessions.
  package var limits = SpendLimits()
  /// Calls without an answer, one after the other, that end a session.
  package var failures = 10
  /// The run whose recorded answers are taken; nil where models are asked.
  package var replay: String?

  package init(_ list: [ModelConfiguration] = []) {
    self.list = list
  }

  /// The part of ``list`` that a history depends on: who is asked what, and how often.
  ///
  /// Where a model is, what it costs and how long it may take are none of it.
  var historyText: String {
    let members = list.map { model -> JSONValue in
      let kept = [
        "name", "model", "weight", "temperature", "top_p", "top_k", "max_tokens", "seed", "stop", "thinking",
      ]
      return .object((model.json.object ?? [:]).filter { kept.contains($0.key) })
    }
    return String(decoding: JSONValue.array(members).serialized, as: UTF8.self)
  }

  /// Reads ``listText`` back.
  static func list(_ text: String) throws -> [ModelConfiguration] {
    let json = try JSONValue(parsing: text)
    if json.array?.isEmpty == true { return [] }
    return try ModelConfiguration.models(ConfigurationTree(json: json), path: nil)
  }

  /// ``list`` as it is stored: JSON in the keys of a file of models.
  package var listText: String {
    String(decoding: JSONValue.array(list.map(\.json)).serialized, as: UTF8.self)
  }
}
