package import PythonSyntax

/// One model: where it is, how it is asked, what it costs and how much it may be given.
///
/// It holds no key, only where the key is to be found, and may be stored and shown.
package struct ModelConfiguration: Hashable, Sendable {
  /// The name under which it is chosen, counted and reported.
  package var name: String
  package var provider: ModelProvider
  /// Its name as its server knows it.
  package var model: String
  /// The server's address up to `/models` or `/chat/completions`; nil for the provider's own.
  package var apiBase: String?
  package var key: KeySource
  /// Its share of the calls, against the weights of the other models.
  package var weight = 1.0
  /// How it is asked; nil for as the server sees fit.
  package var sampling = ModelSampling()
  /// Whether it is asked in the cheaper tier that may let calls wait for minutes.
  package var isFlex = false
  /// Thresholds by category, in the server's words.
  package var safety: [String: String] = [:]
  /// What the user says it costs; nil for what the table says.
  package var givenPrice: ModelPrice?
  package var requestsPerMinute: Double?
  package var tokensPerMinute: Double?
  /// The most calls at once; nil for as many as are good for the kind of server.
  package var concurrency: Int?
  package var deadlines = ModelDeadlines()
  /// Whether answers are asked for in pieces; nil for where an idle deadline needs it.
  package var stream: Bool?
  /// Names of the models that are asked when this one cannot answer, in order.
  package var failover: [String] = []
  /// Sent whatever the capability table says.
  package var alwaysSent: Set<ModelParameter> = []
  /// Fields of the request's body that only its server knows, such as `grammar` of llama.cpp.
  package var extra: [String: JSONValue] = [:]
  /// Of Vertex AI.
  package var project: String?
  package var location = "global"
  /// Prints a token for Vertex AI.
  package var tokenCommand = ["gcloud", "auth", "print-access-token"]

  package init(name: String, provider: ModelProvider, model: String, apiBase: String? = nil, key: KeySource) {
    self.name = name
    self.provider = provider
    self.model = model
    self.apiBase = apiBase
    self.key = key
  }

  /// Whether the server is one of the user's choice.
  package var isOwnServer: Bool { apiBase != nil }

  /// What the model takes.
  package var capability: ModelCapability {
    ModelCapability.of(model, at: provider, isOwnServer: isOwnServer)
  }

  /// Whether answers are asked for in pieces.
  package var isStreamed: Bool { stream ?? (deadlines.idle != nil) }

  /// What it costs on a day such as `2026-11-21`; nil where no price is known, which is not free.
  package func price(on day: String) -> ModelPrice? {
    if let givenPrice { return givenPrice }
    guard let service = Self.service(provider, apiBase: apiBase), !service.isReseller else { return nil }
    return ModelPrice.of(model, at: provider, isFlex: isFlex, on: day)
  }

  /// A question to this model, asked as it is configured.
  ///
  /// - Parameters:
  ///   - system: what holds for the whole exchange; nil for none.
  ///   - turns: in order, the last the user's.
  ///   - sample: the place among samples of one prompt.
  /// - Returns: the request.
  package func request(system: String?, turns: [ModelTurn], sample: Int = 0) -> ModelRequest {
    ModelRequest(model: model, system: system, turns: turns, sampling: sampling, sample: sample)
  }
}

/// How long a call and its parts may take.
package struct ModelDeadlines: Hashable, Sendable {
  /// Until a connection stands.
  package var connect = Duration.seconds(10)
  /// From the request to the head of its answer; nil for as long as an attempt.
  package var firstByte: Duration?
  /// Between two pieces of an answer, which is then asked for in pieces; nil for no such deadline.
  package var idle: Duration?
  /// One attempt.
  package var attempt = Duration.seconds(300)
  /// The call with all its attempts and waits.
  package var total = Duration.seconds(600)

  package init() {}
}

/// Where a key is to be found.
package struct KeySource: Hashable, Sendable {
  /// Variables of the environment; the first that is set holds.
  package var variables: [String]
  /// A file with nothing but the key; it goes before the variables.
  package var file: String?
  /// Whether the server must have one.
  package var isRequired: Bool

  package init(variables: [String] = [], file: String? = nil, isRequired: Bool) {
    (self.variables, self.file, self.isRequired) = (variables, file, isRequired)
  }
}
