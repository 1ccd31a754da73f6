import Foundation
package import LanguageModels

/// One short question to a model, to see that it answers.
package struct ModelTrial: Sendable {
  package let model: ModelView
  package let result: Result<ModelReply, ModelError>
  package let statistics: ModelCallStatistics
  /// What a user should know of the model.
  package let notices: [String]

  package var isFine: Bool {
    if case .success = result { true } else { false }
  }

  /// From the question to its end.
  package var seconds: Double { statistics.elapsed.inSeconds }

  /// Asks each model for a word.
  ///
  /// - Parameters:
  ///   - models: how they are configured.
  ///   - environment: the variables of the process, for keys.
  /// - Returns: a trial of each, in their order.
  /// - Throws: `ModelConfigurationError` when a key is missing.
  package static func make(
    _ models: [ModelConfiguration],
    environment: [String: String]
  ) async throws -> [ModelTrial] {
    let notices = NoticeList()
    var hasty = models
    // A server that is not there is to be told soon; one that loads a model first needs its minute.
    for index in hasty.indices { hasty[index].deadlines.total = .seconds(60) }
    let service = try ModelService.live(hasty, environment: environment) { notices.add($0) }
    var trials: [ModelTrial] = []
    for model in service.models {
      var request = model.configuration.request(
        system: nil,
        turns: [ModelTurn(role: .user, text: "Answer with the one word: ready")]
      )
      // One token says that it answers; models that think need some more before they say it.
      request.sampling.maximumTokens = model.configuration.capability.thinking == .none ? 1 : 64
      let call = await model.call(request)
      trials.append(
        ModelTrial(
          model: ModelView(model.configuration, environment: environment),
          result: call.result,
          statistics: call.statistics,
          notices: notices.of(model.name)
        )
      )
    }
    await service.close()
    return trials
  }
}
