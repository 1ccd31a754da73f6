extension ModelConfiguration {
  /// A model by its name alone, as after `--model`.
  ///
  /// - Parameters:
  ///   - model: such as `gemini-3.8-flash`, `gpt-6-sol`, or any name where `apiBase` is given.
  ///   - apiBase: the address of a server that speaks chat completions.
  ///   - place: shown in errors.
  /// - Throws: ``ModelConfigurationError`` when the name does not tell whose model it is.
  package init(
    named model: String,
    apiBase: String? = nil,
    place: String? = nil
  ) throws(ModelConfigurationError) {
    guard let provider = Self.provider(of: model, apiBase: apiBase) else {
      throw ModelConfigurationError(
        "the name \(model) does not tell whose model it is; add --api-base URL for a server that speaks chat "
          + "completions, or describe the model in a file with keys provider and model",
        at: place
      )
    }
    self.init(
      name: model,
      provider: provider,
      model: model,
      apiBase: try apiBase.map { base throws(ModelConfigurationError) in try Self.checked(base, place) },
      key: Self.usualKey(provider, apiBase: apiBase)
    )
  }

  /// Whose model a name is; nil when it does not tell.
  static func provider(of model: String, apiBase: String?) -> ModelProvider? {
    if apiBase != nil { return .openai }
    let name = model.lowercased()
    if name.matches("gemini-*") || name.matches("models/*") || name.matches("gemma-*") { return .gemini }
    if name.matches("gpt-*") || name.matches("chatgpt-*") { return .openai }
    let isReasoning = name.first == "o" && name.dropFirst().first?.isNumber == true
    return isReasoning ? .openai : nil
  }

  /// Where the key of a server is usually found.
  ///
  /// The key of a service is for that service's own servers alone, whatever the protocol; any other server is given
  /// ``ownKey`` or what its description names.
  static func usualKey(_ provider: ModelProvider, apiBase: String?) -> KeySource {
    if provider == .vertex { return KeySource(isRequired: false) }
    if let service = service(provider, apiBase: apiBase) {
      return KeySource(variables: service.keys, isRequired: true)
    }
    return KeySource(variables: [ownKey], isRequired: false)
  }

  /// The variable whose key goes to servers that are no known service's.
  static let ownKey = "FUNSEARCH_API_KEY"

  /// A service whose servers have names of their own.
  struct Service: Hashable, Sendable {
    /// All hosts that are this or end in it after a dot are the service's.
    let domain: String
    /// Variables that hold its key.
    let keys: [String]
    /// Whether it asks others' models, at prices of its own.
    var isReseller = false
  }

  /// All services whose keys have usual variables.
  static let services = [
    Service(domain: "googleapis.com", keys: ["GEMINI_API_KEY", "GOOGLE_API_KEY"]),
    Service(domain: "openai.com", keys: ["OPENAI_API_KEY"]),
    Service(domain: "openrouter.ai", keys: ["OPENROUTER_API_KEY"], isReseller: true),
  ]

  /// The service that is asked; nil for any other server, and where a key would travel in the open.
  static func service(_ provider: ModelProvider, apiBase: String?) -> Service? {
    guard let apiBase else { return services[provider == .openai ? 1 : 0] }
    guard apiBase.lowercased().hasPrefix("https://") else { return nil }
    let host = host(of: apiBase)
    return services.first { host == $0.domain || host.hasSuffix("." + $0.domain) }
  }

  /// An address, checked as far as it can be without asking there.
  static func checked(_ base: String, _ place: String?) throws(ModelConfigurationError) -> String {
    let address = base.trimmed
    guard address.hasPrefix("http://") || address.hasPrefix("https://"), !host(of: address).isEmpty,
      address.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
    else {
      throw ModelConfigurationError(
        "the address \(base) is none of http or https; write one such as http://127.0.0.1:11434/v1",
        at: place
      )
    }
    guard !address.contains("@"), !address.contains("?"), !address.contains("#") else {
      throw ModelConfigurationError(
        "the address of a server must hold no user, key or question; keys come from the environment or a file",
        at: place
      )
    }
    return address
  }

  /// The host of an address, without its port.
  static func host(of address: String) -> String {
    guard let start = address.firstRange(of: "://") else { return "" }
    let rest = address[start.upperBound...].prefix { $0 != "/" }
    if rest.hasPrefix("[") { return rest.dropFirst().prefix { $0 != "]" }.lowercased() }
    return rest.prefix { $0 != ":" }.lowercased()
  }

  /// Whether the server is on this machine.
  package var isLocal: Bool {
    guard let host = apiBase.map(Self.host(of:)) else { return false }
    return host == "localhost" || host == "::1" || host.hasPrefix("127.")
  }
}
