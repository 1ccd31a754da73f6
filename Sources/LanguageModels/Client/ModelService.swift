import FunSearch

/// The models of a run, ready to be asked; ``close()`` must be called last.
package final class ModelService: Sendable {
  /// In the order of the configurations.
  package let models: [ConfiguredModel]
  private let notebook: CapabilityNotebook
  private let exchanges: [any HTTPExchange]

  /// Makes the models ready; nothing is sent before the first question.
  ///
  /// - Parameters:
  ///   - configurations: the models that are asked.
  ///   - described: all models, among which those that step in are looked for.
  ///   - environment: the variables of the process, for keys.
  ///   - learned: what an earlier run learned of servers.
  ///   - world: time, chance and who is told of notices.
  ///   - tokens: runs a command that prints a token.
  ///   - exchange: makes the way to a model's server.
  /// - Throws: ``ModelConfigurationError`` when a key is missing, naming what to set.
  package init(
    _ configurations: [ModelConfiguration],
    described: [ModelConfiguration] = [],
    environment: [String: String],
    learned: LearnedCapabilities = LearnedCapabilities(),
    world: CallWorld,
    tokens: @escaping TokenReader = { command throws(ModelError) in try await TokenCommand.run(command) },
    exchange: (ModelConfiguration) throws(ModelConfigurationError) -> any HTTPExchange
  ) throws(ModelConfigurationError) {
    let notebook = CapabilityNotebook(learned)
    var clients: [String: ModelClient] = [:]
    var exchanges: [any HTTPExchange] = []
    func client(_ configuration: ModelConfiguration) throws(ModelConfigurationError) -> ModelClient {
      if let client = clients[configuration.name] { return client }
      let credential = try Credential.find(
        for: configuration,
        environment: environment,
        tokens: tokens,
        timer: world.timer
      )
      let way = try exchange(configuration)
      exchanges.append(way)
      let state = BackendState(limits: configuration.limits, now: world.timer.now)
      let client = ModelClient(
        configuration,
        exchange: way,
        credential: credential,
        gate: BackendGate(state, timer: world.timer),
        notebook: notebook,
        world: world
      )
      clients[configuration.name] = client
      return client
    }
    var models: [ConfiguredModel] = []
    let known = configurations + described
    for configuration in configurations {
      var alternates: [ModelClient] = []
      for name in configuration.failover {
        guard let other = known.first(where: { $0.name == name }) else {
          throw ModelConfigurationError(
            "\"failover\" of \(configuration.name) names \(name), which is not described"
          )
        }
        alternates.append(try client(other))
      }
      models.append(ConfiguredModel(try client(configuration), alternates: alternates, timer: world.timer))
    }
    self.models = models
    self.notebook = notebook
    self.exchanges = exchanges
  }

  /// What was learned of servers, for the run to keep.
  package var learned: LearnedCapabilities { notebook.learned }

  /// Closes all connections.
  package func close() async {
    for exchange in exchanges { await exchange.close() }
  }

  /// The models, asked over the network in real time.
  ///
  /// - Parameters:
  ///   - configurations: the models that are asked.
  ///   - described: all models, among which those that step in are looked for.
  ///   - environment: the variables of the process, for keys.
  ///   - learned: what an earlier run learned of servers.
  ///   - notice: is told of each notice once.
  /// - Returns: the models, to be closed at the end.
  /// - Throws: ``ModelConfigurationError`` when a key is missing, or this program was built without network.
  package static func live(
    _ configurations: [ModelConfiguration],
    described: [ModelConfiguration] = [],
    environment: [String: String],
    learned: LearnedCapabilities = LearnedCapabilities(),
    notice: @escaping @Sendable (ModelNotice) -> Void
  ) throws(ModelConfigurationError) -> ModelService {
    let world = CallWorld(timer: SystemTimer(), draw: { Double.random(in: 0..<1) }, notice: notice)
    return try ModelService(
      configurations,
      described: described,
      environment: environment,
      learned: learned,
      world: world
    ) { configuration throws(ModelConfigurationError) in try way(to: configuration) }
  }

  #if Network
    private static func way(
      to configuration: ModelConfiguration
    ) throws(ModelConfigurationError) -> any HTTPExchange {
      AsyncHTTPExchange(
        connect: configuration.deadlines.connect,
        connections: configuration.limits.concurrency
      )
    }
  #else
    private static func way(
      to configuration: ModelConfiguration
    ) throws(ModelConfigurationError) -> any HTTPExchange {
      throw ModelConfigurationError(
        "the model \(configuration.name) cannot be asked: this program was built without the trait Network"
      )
    }
  #endif
}

extension ModelConfiguration {
  /// What its server is given.
  package var limits: BackendState.Limits {
    // A server on this machine mostly queues; one that was given a number is trusted with it at once.
    let most = concurrency ?? (isLocal ? 8 : 64)
    return BackendState.Limits(
      concurrency: most,
      start: concurrency ?? min(most, 16),
      requestsPerMinute: requestsPerMinute,
      tokensPerMinute: tokensPerMinute
    )
  }
}
