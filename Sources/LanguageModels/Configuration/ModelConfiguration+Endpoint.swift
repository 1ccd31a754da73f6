extension ModelConfiguration {
  /// How the model's server is spoken to.
  package var format: any WireFormat {
    switch provider {
    case .gemini, .vertex: GeminiFormat()
    case .openai: ChatFormat()
    }
  }

  /// The address that a call is sent to.
  package func endpoint(streamed: Bool) -> String {
    let base = self.base
    switch provider {
    case .openai: return base + "/chat/completions"
    case .gemini, .vertex:
      return base + "/" + Self.escaped(resource)
        + (streamed ? ":streamGenerateContent?alt=sse" : ":generateContent")
    }
  }

  /// Where calls go, for messages and statistics.
  package var host: String { Self.host(of: base) }

  /// What the model is called under the base address of the Gemini API or of Vertex AI.
  private var resource: String {
    if provider == .gemini { return model.contains("/") ? model : "models/" + model }
    if model.hasPrefix("projects/") { return model }
    let parent = "projects/\(project ?? "")/locations/\(location)/"
    return parent + (model.contains("/") ? model : "publishers/google/models/" + model)
  }

  private var base: String {
    guard var base = apiBase else { return providersBase }
    while base.hasSuffix("/") { base.removeLast() }
    let end = base.split(separator: "/").last.map(String.init) ?? ""
    switch provider {
    case .gemini: return end == "v1" || end == "v1beta" ? base : base + "/v1beta"
    case .vertex: return end == "v1" || end == "v1beta1" ? base : base + "/v1"
    case .openai:
      if base.hasSuffix("/chat/completions") { base.removeLast("/chat/completions".count) }
      // A bare host is meant with the path that all such servers have.
      return base.split(separator: "/").count <= 2 ? base + "/v1" : base
    }
  }

  private var providersBase: String {
    switch provider {
    case .gemini: "https://generativelanguage.googleapis.com/v1beta"
    case .openai: "https://api.openai.com/v1"
    case .vertex:
      switch location {
      case "global": "https://aiplatform.googleapis.com/v1"
      case "us", "eu": "https://aiplatform.\(location).rep.googleapis.com/v1"
      default: "https://\(location)-aiplatform.googleapis.com/v1"
      }
    }
  }

  private static func escaped(_ path: String) -> String {
    var result = ""
    for byte in path.utf8 {
      let scalar = Unicode.Scalar(byte)
      if byte < 0x80,
        scalar.properties.isAlphabetic || scalar.properties.numericType != nil
          || "-._~/@".unicodeScalars.contains(scalar)
      {
        result.unicodeScalars.append(scalar)
      } else {
        let digits = String(byte, radix: 16, uppercase: true)
        result += digits.count == 1 ? "%0" + digits : "%" + digits
      }
    }
    return result
  }
}
