package import FunSearch

/// The models of a run, of which each question is put to one.
package struct ModelEnsemble: Sendable {
  package let members: [Member]
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
  ///   - seed: the run's.
  package init(_ members: [Member], seed: UInt64) {
    precondition(!members.isEmpty, "an ensemble has at least one model")
    self.members = members
    self.seed = seed
  }

  /// The model that answers a prompt; a function of the run's seed, the step and the attempt alone.
  package func member(for prompt: Prompt, attempt: Int) -> Member {
    guard members.count > 1 else { return members[0] }
    var stream = RandomStream(
      seed: seed,
      island: prompt.step.island.number,
      step: prompt.step.step,
      attempt: attempt,
      purpose: .ensemble
    )
    return members[stream.index(weights: members.map(\.configuration.weight))]
  }
}
