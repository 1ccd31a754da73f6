/// Which steps ask a language model, and how far ahead of their island's commits.
public struct ModelSteps: Hashable, Sendable {
  /// Share of steps that ask a model, drawn for each: 0 for none, 1 for all.
  public var share: Double
  /// Steps that a question may be ahead of its island's last committed one.
  ///
  /// It is the part of ``SearchConfiguration/lag`` for steps that ask: their prompts show the island as it stood so
  /// many steps ago, while the steps between go on without waiting for the answer.
  ///
  /// Nil for as many as let about four questions of an island be under way, whatever the share.
  public var lag: Int?
  /// Consecutive steps that ask with one prompt.
  public var samples: Int
  /// How often another answer is asked for when one is a duplicate.
  public var redraws: Int
  /// How the model of a step is chosen among several.
  public var choice: ModelChoice

  /// Which steps ask, and how; `lag` nil for about four questions of an island under way.
  public init(
    share: Double,
    lag: Int? = nil,
    samples: Int = 1,
    redraws: Int = 2,
    choice: ModelChoice = .weight
  ) {
    self.choice = choice
    self.share = share
    self.lag = lag
    self.samples = samples
    self.redraws = redraws
  }

  /// Asks no model.
  public static let none = ModelSteps(share: 0)

  /// ``lag``, or what stands for it.
  public var questionLag: Int {
    if let lag { return lag }
    return share > 0 ? Int(min(1000, (4 / share).rounded(.up))) : 1
  }
}

/// How the model of a step is chosen among several; a function of the history, never of a clock.
public enum ModelChoice: String, Hashable, Sendable, CaseIterable {
  /// Each with a chance in proportion to its weight.
  case weight
  /// Rather those whose latest answers in the island were better than what they had been shown, weights considered.
  case bandit
}

extension SearchConfiguration {
  /// The place of a step among those that share its prompt; groups do not cross the meetings of islands.
  func sample(of step: Int) -> Int {
    step % epochSteps % models.samples
  }

  /// Whether a step asks a model; drawn once for a group that shares a prompt.
  func asksModel(_ step: StepID) -> Bool {
    guard models.share > 0 else { return false }
    guard models.share < 1 else { return true }
    var stream = RandomStream(
      seed: seed,
      island: step.island.number,
      step: step.step - sample(of: step.step),
      purpose: .model
    )
    return stream.chance(models.share)
  }
}
