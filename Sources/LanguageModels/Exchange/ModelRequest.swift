/// One question to one model, in terms that every provider can express.
package struct ModelRequest: Hashable, Sendable {
  /// The model's name as its server knows it.
  package var model: String
  /// What holds for the whole exchange; nil for none.
  package var system: String?
  /// Turns in order; the last is the user's.
  package var turns: [ModelTurn]
  package var sampling: ModelSampling
  /// The place among samples of one prompt, which tells equal requests apart when they are recorded.
  package var sample: Int

  package init(
    model: String,
    system: String?,
    turns: [ModelTurn],
    sampling: ModelSampling = ModelSampling(),
    sample: Int = 0
  ) {
    self.model = model
    self.system = system
    self.turns = turns
    self.sampling = sampling
    self.sample = sample
  }
}

/// What one side said.
package struct ModelTurn: Hashable, Sendable {
  package enum Role: String, Hashable, Sendable {
    case user, model
  }

  package let role: Role
  package let text: String

  package init(role: Role, text: String) {
    self.role = role
    self.text = text
  }
}

/// How a model is to answer; nil leaves it to the server.
package struct ModelSampling: Hashable, Sendable {
  package var temperature: Double?
  package var topP: Double?
  package var topK: Int?
  /// The most tokens of an answer, thoughts included.
  package var maximumTokens: Int?
  package var stop: [String]
  package var seed: Int?
  package var thinking: ModelThinking?

  package init(
    temperature: Double? = nil,
    topP: Double? = nil,
    topK: Int? = nil,
    maximumTokens: Int? = nil,
    stop: [String] = [],
    seed: Int? = nil,
    thinking: ModelThinking? = nil
  ) {
    self.temperature = temperature
    self.topP = topP
    self.topK = topK
    self.maximumTokens = maximumTokens
    self.stop = stop
    self.seed = seed
    self.thinking = thinking
  }
}

/// How much a model thinks before it answers.
package enum ModelThinking: Hashable, Sendable {
  /// A level by name, such as `low`.
  case level(String)
  /// At most so many tokens; 0 for none, -1 for as the model sees fit.
  case budget(Int)
}
