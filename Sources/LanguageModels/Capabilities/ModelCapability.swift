/// What a model takes, as far as it is known before the first call.
package struct ModelCapability: Hashable, Sendable {
  /// How a model is told to think more or less.
  package enum Thinking: Hashable, Sendable {
    /// It is not told.
    case none
    /// By a level's name, from the least to the most.
    case levels([String])
    /// By a number of tokens; whether 0 switches it off.
    case budget(ClosedRange<Int>, canBeOff: Bool)
  }

  /// What may be sent when it is asked for.
  package var parameters: Set<ModelParameter>
  package var thinking: Thinking
  /// The name of the limit of tokens in chat completions.
  package var limitName: String
  /// Who speaks the system instruction in chat completions.
  package var systemRole: String
  /// The most tokens of an answer; nil when not known.
  package var maximumOutput: Int?
  /// The most tokens of a question; nil when not known.
  package var maximumInput: Int?
  /// Where this is from, and of which day; nil for a model nobody has described.
  package var source: String?

  package init(
    parameters: Set<ModelParameter>,
    thinking: Thinking,
    limitName: String = "max_tokens",
    systemRole: String = "system",
    maximumOutput: Int? = nil,
    maximumInput: Int? = nil,
    source: String? = nil
  ) {
    self.parameters = parameters
    self.thinking = thinking
    self.limitName = limitName
    self.systemRole = systemRole
    self.maximumOutput = maximumOutput
    self.maximumInput = maximumInput
    self.source = source
  }

  /// Whether the table describes the model.
  package var isKnown: Bool { source != nil }
}
