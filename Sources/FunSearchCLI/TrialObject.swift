import Experiment
import LanguageModels

/// A model in `doctor --json`.
struct TrialObject: Encodable {
  let name: String
  let isFine: Bool
  let error: String?
  let reply: String?
  let version: String?
  let tokens: ModelsObject.TokensObject?
  let seconds: Double
  let usd: Double?
  let notices: [String]

  enum CodingKeys: String, CodingKey {
    case name, error, reply, version, tokens, seconds, usd, notices
    case isFine = "ok"
  }

  init(_ trial: ModelTrial) {
    name = trial.model.name
    isFine = trial.isFine
    seconds = trial.seconds
    usd = trial.statistics.cost
    notices = trial.notices
    switch trial.result {
    case .success(let reply):
      error = nil
      self.reply = reply.text
      version = reply.version
      tokens = ModelsObject.TokensObject(reply.usage)
    case .failure(let failure):
      error = "\(failure.kind.rawValue): \(failure)"
      (reply, version, tokens) = (nil, nil, nil)
    }
  }
}

extension ModelTrial {
  /// What people read of it.
  var lines: [String] {
    let price = model.price.map {
      "\(numberText($0.input)) / \(numberText($0.output)) USD per million tokens"
    }
    let first: String =
      switch result {
      case .success(let reply):
        "ok      model \(model.name): answered \"\(reply.text.prefix(40))\" in \(numberText(seconds)) s, "
          + "\(reply.usage.prompt) tokens in, \(reply.usage.output) out; price \(price ?? "not known")"
      case .failure(let failure): "FAILED  model \(model.name): \(failure.kind.rawValue): \(failure)"
      }
    return [first] + notices.map { "        \($0)" }
  }
}
