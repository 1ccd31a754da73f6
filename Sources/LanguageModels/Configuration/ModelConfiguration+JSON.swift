import FunSearch
package import PythonSyntax

extension ModelConfiguration {
  /// The model in the keys in which a file describes it; ``init(_:named:path:)`` reads it back, and it has no key.
  package var json: JSONValue {
    var fields: [String: JSONValue] = [
      "name": .string(name), "provider": .string(provider.rawValue), "model": .string(model),
      "weight": .double(weight),
    ]
    fields["api_base"] = apiBase.map { .string($0) }
    if let file = key.file {
      fields["key_file"] = .string(file)
    } else if key != Self.usualKey(provider, apiBase: apiBase), !key.variables.isEmpty {
      fields["key_env"] = .array(key.variables.map { .string($0) })
    }
    addSampling(to: &fields)
    addLimits(to: &fields)
    if isFlex { fields["tier"] = "flex" }
    if !safety.isEmpty {
      let short = safety.map { category, threshold in
        (
          category.lowercased().replacing("harm_category_", with: ""),
          JSONValue.string(threshold.lowercased())
        )
      }
      fields["safety"] = .object(Dictionary(short, uniquingKeysWith: { first, _ in first }))
    }
    if let price = givenPrice {
      var parts: [String: JSONValue] = ["input": .double(price.input), "output": .double(price.output)]
      parts["cached"] = price.cached.map { .double($0) }
      fields["price"] = .object(parts)
    }
    fields["stream"] = stream.map { .bool($0) }
    if !failover.isEmpty { fields["failover"] = .array(failover.map { .string($0) }) }
    if !alwaysSent.isEmpty {
      fields["always_send"] = .array(alwaysSent.map(\.rawValue).sorted().map { .string($0) })
    }
    if !extra.isEmpty { fields["extra"] = .object(extra) }
    if provider == .vertex {
      fields["project"] = project.map { .string($0) }
      fields["location"] = .string(location)
      fields["token_command"] = .array(tokenCommand.map { .string($0) })
    }
    return .object(fields)
  }

  private func addSampling(to fields: inout [String: JSONValue]) {
    fields["temperature"] = sampling.temperature.map { .double($0) }
    fields["top_p"] = sampling.topP.map { .double($0) }
    fields["top_k"] = sampling.topK.map { .int($0) }
    fields["max_tokens"] = sampling.maximumTokens.map { .int($0) }
    fields["seed"] = sampling.seed.map { .int($0) }
    if !sampling.stop.isEmpty { fields["stop"] = .array(sampling.stop.map { .string($0) }) }
    switch sampling.thinking {
    case .level(let name): fields["thinking"] = .string(name)
    case .budget(let tokens): fields["thinking"] = .int(tokens)
    case nil: break
    }
  }

  private func addLimits(to fields: inout [String: JSONValue]) {
    fields["requests_per_minute"] = requestsPerMinute.map { .double($0) }
    fields["tokens_per_minute"] = tokensPerMinute.map { .double($0) }
    fields["concurrency"] = concurrency.map { .int($0) }
    fields["connect_seconds"] = .double(deadlines.connect.inSeconds)
    fields["first_byte_seconds"] = deadlines.firstByte.map { .double($0.inSeconds) }
    fields["idle_seconds"] = deadlines.idle.map { .double($0.inSeconds) }
    fields["attempt_seconds"] = .double(deadlines.attempt.inSeconds)
    fields["total_seconds"] = .double(deadlines.total.inSeconds)
  }
}
