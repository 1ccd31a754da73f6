package import FunSearch

/// The models of a run, of which each question is put to one.
package struct ModelEnsemble: Sendable {
  package let members: [Member]
  private let choice: ModelChoice
  private let seed: UInt64

  /// One model and how often it is asked.
  package struct Member: Sendable {
    package let model: any LanguageModel
    /// How it is asked, and its part of the questions.
    package let configuration: ModelConfiguration
    /// Nil where it is not known.
    package let price: ModelPrice?

    package init(model: any LanguageModel, configuration: ModelConfiguration, price: ModelPrice?) {
      self.model = model
      self.configuration = configuration
      self.price = price
    }

    /// Asks; with what all attempts took, where the model tells.
    func call(
      _ request: ModelRequest
    ) async -> (result: Result<ModelReply, ModelError>, statistics: ModelCallStatistics?) {
      guard let configured = model as? ConfiguredModel else {
        do throws(ModelError) {
          return (.success(try await model.answer(request)), nil)
        } catch {
          return (.failure(error), nil)
        }
      }
      let call = await configured.call(request)
      return (call.result, call.statistics)
    }
  }

  /// - Parameters:
  ///   - members: at least one; in an order that stays the same over the sessions of a run.
  ///   - choice: how one of them is chosen.
  ///   - seed: the run's.
  package init(_ members: [Member], choice: ModelChoice, seed: UInt64) {
    precondition(!members.isEmpty, "an ensemble has at least one model")
    self.members = members
    self.choice = choice
    self.seed = seed
  }

  /// The model that answers a prompt; a function of the run's seed, the step, the attempt, and what the prompt tells
  /// of earlier answers.
  package func member(for prompt: Prompt, attempt: Int) -> Member {
    guard members.count > 1 else { return members[0] }
    var stream = RandomStream(
      seed: seed,
      island: prompt.step.island.number,
      step: prompt.step.step,
      attempt: attempt,
      purpose: .ensemble
    )
    let weights = members.map(\.configuration.weight)
    switch choice {
    case .weight: return members[stream.index(weights: weights)]
    case .bandit:
      let worth = zip(members, weights).map { member, weight in
        weight * Self.draw(prompt.answers.latest(of: member.model.name), from: &stream)
      }
      let best = worth.indices.reduce(0) { worth[$1] > worth[$0] ? $1 : $0 }
      return members[best]
    }
  }

  /// How likely an answer of a model is to be better, drawn from what is known of it: from Beta(better + 1, others + 1).
  ///
  /// Choosing by the highest of such draws is Thompson sampling (Biometrika 25, 1933, doi 10.1093/biomet/25.3-4.285):
  /// it asks a model as often as that one may be the best, and so never gives one up for good. Of whole numbers the
  /// draw is an order statistic, the (better + 1)-th smallest of better + others + 1 numbers from 0 to 1, which is
  /// the same on every machine.
  private static func draw(
    _ answers: (better: Int, others: Int),
    from stream: inout RandomStream
  ) -> Double {
    let numbers = (0...(answers.better + answers.others)).map { _ in stream.unit() }
    return numbers.sorted()[answers.better]
  }
}
