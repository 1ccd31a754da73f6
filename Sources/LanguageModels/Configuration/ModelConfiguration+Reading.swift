import FunSearch

extension ModelConfiguration {
  /// Reads the models of a configuration: a list, or a mapping of names.
  ///
  /// - Parameters:
  ///   - tree: the value of the key `models`.
  ///   - path: the file, for messages; nil for what is from none.
  /// - Returns: the models in the order in which they stand.
  /// - Throws: ``ModelConfigurationError`` for the first thing that is wrong.
  package static func models(
    _ tree: ConfigurationTree,
    path: String?
  ) throws(ModelConfigurationError) -> [ModelConfiguration] {
    let reader = ConfigurationReader(path: path)
    var models: [ModelConfiguration] = []
    var lines: [Int?] = []
    func add(_ item: ConfigurationTree, named name: String?, line: Int?) throws(ModelConfigurationError) {
      let model = try ModelConfiguration(item, named: name, path: path)
      guard !models.contains(where: { $0.name == model.name }) else {
        throw reader.failure("two models are named \"\(model.name)\"; give one another name", line)
      }
      models.append(model)
      lines.append(line)
    }
    switch tree.value {
    case .list(let items): for item in items { try add(item, named: nil, line: item.line) }
    case .mapping(let members):
      for member in members { try add(member.value, named: member.key, line: member.line) }
    case .scalar:
      throw reader.failure("\"models\" must be a list of models, or names with their models", tree.line)
    }
    guard !models.isEmpty else { throw reader.failure("\"models\" is empty; describe a model", tree.line) }
    for (model, line) in zip(models, lines) {
      for name in model.failover where name == model.name || !models.contains(where: { $0.name == name }) {
        throw reader.failure(
          "\"failover\" of \(model.name) names \(name), which is no other model of this file",
          line
        )
      }
    }
    return models
  }

  /// Reads one model: keys and values, or only its name.
  ///
  /// - Parameters:
  ///   - tree: the model.
  ///   - name: what it is called, where that stands before it.
  ///   - path: the file, for messages; nil for what is from none.
  /// - Throws: ``ModelConfigurationError`` for the first thing that is wrong.
  package init(
    _ tree: ConfigurationTree,
    named name: String? = nil,
    path: String?
  ) throws(ModelConfigurationError) {
    let reader = ConfigurationReader(path: path)
    let place = reader.failure("", tree.line).place
    if case .scalar = tree.value {
      try self.init(named: try reader.text(tree, name ?? "models"), place: place)
      self.name = name ?? model
      return
    }
    let members = try reader.mapping(tree, name ?? "a model", such: "`name: fast`, `model: gemini-3.8-flash`")
    var fields: [Field: ConfigurationTree] = [:]
    for member in members {
      guard let field = Field(rawValue: member.key) else {
        throw reader.unknown(member.key, member.line, known: Field.allCases.map(\.rawValue))
      }
      guard fields.updateValue(member.value, forKey: field) == nil else {
        throw reader.failure("the key \"\(member.key)\" appears twice; keep one", member.line)
      }
    }
    try self.init(fields, named: name, reader, line: tree.line)
    for field in Field.allCases {
      if let value = fields[field] { try read(field, value, reader) }
    }
    try check(reader, line: tree.line)
  }

  private enum Field: String, CaseIterable {
    case name, provider, model, weight, temperature, seed, stop, thinking, tier, safety, price, concurrency
    case stream, failover, extra, project, location
    case apiBase = "api_base"
    case keyVariable = "key_env"
    case keyFile = "key_file"
    case topP = "top_p"
    case topK = "top_k"
    case maximumTokens = "max_tokens"
    case requestsPerMinute = "requests_per_minute"
    case tokensPerMinute = "tokens_per_minute"
    case connect = "connect_seconds"
    case firstByte = "first_byte_seconds"
    case idle = "idle_seconds"
    case attempt = "attempt_seconds"
    case total = "total_seconds"
    case alwaysSent = "always_send"
    case tokenCommand = "token_command"
  }

  private enum Tier: String, CaseIterable {
    case standard, flex
  }

  /// Reads what tells whose model it is.
  private init(
    _ fields: [Field: ConfigurationTree],
    named name: String?,
    _ reader: ConfigurationReader,
    line: Int?
  ) throws(ModelConfigurationError) {
    let place = reader.failure("", line).place
    guard let modelTree = fields[.model] else {
      throw reader.failure("the key \"model\" is missing; add a line such as `model: gemini-3.8-flash`", line)
    }
    let model = try reader.text(modelTree, "model")
    var base: String?
    if let tree = fields[.apiBase] {
      base = try Self.checked(try reader.text(tree, "api_base"), reader.failure("", tree.line).place)
    }
    if let tree = fields[.provider] {
      let provider: ModelProvider = try reader.choice(tree, "provider")
      self.init(
        name: model,
        provider: provider,
        model: model,
        apiBase: base,
        key: Self.usualKey(provider, apiBase: base)
      )
    } else {
      try self.init(named: model, apiBase: base, place: place)
    }
    self.name = name ?? model
    if isFlexible(fields) {
      deadlines.attempt = .seconds(900)
      deadlines.total = .seconds(1800)
    }
  }

  private func isFlexible(_ fields: [Field: ConfigurationTree]) -> Bool {
    fields[.tier]?.value == .scalar(Tier.flex.rawValue)
  }

  private mutating func read(
    _ field: Field,
    _ tree: ConfigurationTree,
    _ reader: ConfigurationReader
  ) throws(ModelConfigurationError) {
    let key = field.rawValue
    switch field {
    case .provider, .model, .apiBase: break
    case .name: name = try reader.text(tree, key)
    case .keyVariable: self.key = KeySource(variables: try reader.texts(tree, key), isRequired: true)
    case .keyFile: self.key = KeySource(file: try reader.text(tree, key), isRequired: true)
    case .weight: weight = try reader.number(tree, key, in: 1e-9...1e9)
    case .temperature, .topP, .topK, .maximumTokens, .seed, .stop, .thinking:
      try readSampling(field, tree, reader)
    case .tier: isFlex = try (reader.choice(tree, key) as Tier) == .flex
    case .safety: safety = try Self.safety(tree, reader)
    case .price: givenPrice = try Self.price(tree, reader)
    case .requestsPerMinute: requestsPerMinute = try reader.number(tree, key, in: 0.001...1e9)
    case .tokensPerMinute: tokensPerMinute = try reader.number(tree, key, in: 1...1e12)
    case .concurrency: concurrency = try reader.whole(tree, key, in: 1...1024)
    case .connect: deadlines.connect = try reader.seconds(tree, key)
    case .firstByte: deadlines.firstByte = try reader.seconds(tree, key)
    case .idle: deadlines.idle = try reader.seconds(tree, key)
    case .attempt: deadlines.attempt = try reader.seconds(tree, key)
    case .total: deadlines.total = try reader.seconds(tree, key)
    case .stream: stream = try reader.flag(tree, key)
    case .failover: failover = try reader.texts(tree, key)
    case .alwaysSent: alwaysSent = try Self.parameters(tree, key, reader)
    case .extra:
      for member in try reader.mapping(tree, key, such: "{top_k: 40}") {
        extra[member.key] = member.value.json
      }
    case .project: project = try reader.text(tree, key)
    case .location: location = try reader.text(tree, key)
    case .tokenCommand:
      let words = try reader.texts(tree, key)
      tokenCommand = words.count == 1 ? words[0].split(separator: " ").map(String.init) : words
    }
  }

  private mutating func readSampling(
    _ field: Field,
    _ tree: ConfigurationTree,
    _ reader: ConfigurationReader
  ) throws(ModelConfigurationError) {
    let key = field.rawValue
    switch field {
    case .temperature: sampling.temperature = try reader.number(tree, key, in: 0...5)
    case .topP: sampling.topP = try reader.number(tree, key, in: 0...1)
    case .topK: sampling.topK = try reader.whole(tree, key, in: 1...1_000_000)
    case .maximumTokens: sampling.maximumTokens = try reader.whole(tree, key, in: 1...10_000_000)
    case .seed: sampling.seed = try reader.whole(tree, key, in: 0...Int(Int32.max))
    case .stop: sampling.stop = try Self.stops(tree, reader)
    default: sampling.thinking = try Self.thinking(tree, reader)
    }
  }

  /// As written: white space may be what an answer stops at.
  private static func stops(
    _ tree: ConfigurationTree,
    _ reader: ConfigurationReader
  ) throws(ModelConfigurationError) -> [String] {
    let items: [ConfigurationTree] = if case .list(let items) = tree.value { items } else { [tree] }
    var stops: [String] = []
    for item in items {
      guard case .scalar(let text) = item.value, !text.isEmpty else {
        throw reader.failure("\"stop\" must be a text or a list of texts that are not empty", item.line)
      }
      stops.append(text)
    }
    return stops
  }

  private static func thinking(
    _ tree: ConfigurationTree,
    _ reader: ConfigurationReader
  ) throws(ModelConfigurationError) -> ModelThinking {
    let text = try reader.text(tree, "thinking").lowercased()
    if let tokens = Int(text), tokens >= -1 { return .budget(tokens) }
    guard ModelThinking.levels.contains(text) else {
      throw reader.failure(
        "\"thinking\" must be one of \(ModelThinking.levels.joined(separator: ", ")), or a number of tokens, "
          + "not \(text)",
        tree.line
      )
    }
    return .level(text)
  }

  /// Such as `harassment: block_none`.
  private static func safety(
    _ tree: ConfigurationTree,
    _ reader: ConfigurationReader
  ) throws(ModelConfigurationError) -> [String: String] {
    let categories = [
      "harassment", "hate_speech", "sexually_explicit", "dangerous_content", "civic_integrity",
    ]
    var settings: [String: String] = [:]
    for member in try reader.mapping(tree, "safety", such: "{dangerous_content: block_none}") {
      guard categories.contains(member.key) else {
        throw reader.unknown(member.key, member.line, known: categories)
      }
      let threshold: SafetyThreshold = try reader.choice(member.value, "safety.\(member.key)")
      settings["HARM_CATEGORY_" + member.key.uppercased()] = threshold.rawValue.uppercased()
    }
    return settings
  }

  private enum SafetyThreshold: String, CaseIterable {
    case off
    case blockNone = "block_none"
    case blockOnlyHigh = "block_only_high"
    case blockMedium = "block_medium_and_above"
    case blockLow = "block_low_and_above"
  }

  private static func price(
    _ tree: ConfigurationTree,
    _ reader: ConfigurationReader
  ) throws(ModelConfigurationError) -> ModelPrice {
    let known = ["input", "output", "cached"]
    var values: [String: Double] = [:]
    for member in try reader.mapping(tree, "price", such: "{input: 0.75, output: 3.75}") {
      guard known.contains(member.key) else { throw reader.unknown(member.key, member.line, known: known) }
      values[member.key] = try reader.number(member.value, "price.\(member.key)", in: 0...1e6)
    }
    guard let input = values["input"], let output = values["output"] else {
      throw reader.failure("\"price\" needs input and output, in US dollars per million tokens", tree.line)
    }
    return ModelPrice(input: input, output: output, cached: values["cached"])
  }

  private static func parameters(
    _ tree: ConfigurationTree,
    _ key: String,
    _ reader: ConfigurationReader
  ) throws(ModelConfigurationError) -> Set<ModelParameter> {
    var parameters: Set<ModelParameter> = []
    let names = ModelParameter.allCases.map(\.rawValue)
    for name in try reader.texts(tree, key) {
      guard let parameter = ModelParameter(rawValue: name) else {
        let hint = nearestName(to: name, in: names).map { "; did you mean \($0)?" } ?? ""
        throw reader.failure("\"\(key)\" knows no \(name)\(hint)", tree.line)
      }
      parameters.insert(parameter)
    }
    return parameters
  }

  private func check(_ reader: ConfigurationReader, line: Int?) throws(ModelConfigurationError) {
    if provider == .vertex, project == nil, !model.hasPrefix("projects/") {
      throw reader.failure("the model \(name) is on Vertex AI and has no \"project\"; add one", line)
    }
    if provider == .vertex, tokenCommand.isEmpty {
      throw reader.failure("\"token_command\" of \(name) is empty; name a command that prints a token", line)
    }
  }
}
