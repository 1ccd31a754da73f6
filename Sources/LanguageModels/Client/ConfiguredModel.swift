/// A model as it is configured: its own client, and those of the models that step in for it.
package struct ConfiguredModel: LanguageModel {
  private let client: ModelClient
  private let alternates: [ModelClient]
  private let timer: any CallTimer

  package init(_ client: ModelClient, alternates: [ModelClient] = [], timer: any CallTimer) {
    (self.client, self.alternates, self.timer) = (client, alternates, timer)
  }

  /// Where it is, how it is asked and what it costs.
  package var configuration: ModelConfiguration { client.configuration }

  package var name: String { configuration.name }

  package func answer(_ request: ModelRequest) async throws(ModelError) -> ModelReply {
    try await call(request).result.get()
  }

  /// Attempts at a model that another can step in for.
  private static let attemptsBeforeFailover = 3
  /// A wait that is shorter is worth more than another model.
  private static let shortSilence = Duration.seconds(5)

  /// Asks, and asks the models that step in where this one cannot answer.
  ///
  /// - Parameter request: the question; another model is asked as it is configured itself.
  /// - Returns: the answer or the error, with what all attempts took.
  package func call(_ request: ModelRequest) async -> ModelCall {
    let deadline = timer.now + configuration.deadlines.total
    var before: ModelCallStatistics?
    let clients = [client] + alternates
    for (index, candidate) in clients.enumerated() {
      let isLast = index == clients.count - 1
      if !isLast, let silence = await candidate.silence, silence > timer.now + Self.shortSilence { continue }
      let call = await candidate.call(
        index == 0 ? request : Self.readdressed(request, to: candidate.configuration),
        deadline: deadline,
        attempts: isLast ? nil : Self.attemptsBeforeFailover
      )
      let total = before?.followed(by: call.statistics) ?? call.statistics
      guard !isLast, case .failure(let error) = call.result, error.kind.mayBeAnothersStrength else {
        return ModelCall(result: call.result, statistics: total)
      }
      before = total
    }
    return ModelCall(
      result: .failure(ModelError(.unavailable, "\(name): no model is left to ask")),
      statistics: before ?? ModelCallStatistics(model: name)
    )
  }

  private static func readdressed(_ request: ModelRequest, to other: ModelConfiguration) -> ModelRequest {
    other.request(system: request.system, turns: request.turns, sample: request.sample)
  }
}

extension ModelError.Kind {
  /// Whether another model may do what this one could not.
  fileprivate var mayBeAnothersStrength: Bool {
    switch self {
    case .credentials, .notFound, .quota, .rateLimit, .unavailable, .connection, .deadline, .malformed,
      .tooLong:
      true
    case .badRequest, .budget, .notRecorded, .cancelled: false
    }
  }
}
