import LanguageModels
import PythonSyntax
import Testing

@Suite("The configuration of a model")
struct ModelConfigurationTests {
  private func tree(_ json: String) throws -> ConfigurationTree {
    ConfigurationTree(json: try JSONValue(parsing: json))
  }

  private func model(_ json: String) throws -> ModelConfiguration {
    try ModelConfiguration(tree(json), path: "models.yaml")
  }

  @Test("is known by the model's name")
  func names() throws {
    let gemini = try ModelConfiguration(named: "gemini-3.8-flash")
    #expect(gemini.provider == .gemini)
    #expect(gemini.key.variables == ["GEMINI_API_KEY", "GOOGLE_API_KEY"])
    #expect(
      gemini.endpoint(streamed: false)
        == "https://generativelanguage.googleapis.com/v1beta/models/gemini-3.8-flash:generateContent"
    )
    #expect(gemini.endpoint(streamed: true).hasSuffix(":streamGenerateContent?alt=sse"))
    for name in ["gpt-6-sol", "o3", "o4-mini"] {
      let model = try ModelConfiguration(named: name)
      #expect(model.provider == .openai)
      #expect(model.key == KeySource(variables: ["OPENAI_API_KEY"], isRequired: true))
      #expect(model.endpoint(streamed: false) == "https://api.openai.com/v1/chat/completions")
    }
    #expect(throws: ModelConfigurationError.self) { try ModelConfiguration(named: "qwen3-coder") }
    let local = try ModelConfiguration(named: "qwen3-coder", apiBase: "http://127.0.0.1:11434/v1/")
    #expect(!local.key.isRequired)
    #expect(local.endpoint(streamed: true) == "http://127.0.0.1:11434/v1/chat/completions")
    #expect(
      try ModelConfiguration(named: "m", apiBase: "http://[::1]:8080").endpoint(streamed: false)
        == "http://[::1]:8080/v1/chat/completions"
    )
  }

  @Test("finds Vertex AI in every place")
  func vertex() throws {
    func endpoint(_ location: String) throws -> String {
      try model(#"{"provider":"vertex","model":"gemini-3.8-flash","project":"p","location":"\#(location)"}"#)
        .endpoint(streamed: false)
    }
    let path = "/v1/projects/p/locations/"
    let end = "/publishers/google/models/gemini-3.8-flash:generateContent"
    #expect(try endpoint("global") == "https://aiplatform.googleapis.com\(path)global\(end)")
    #expect(try endpoint("us") == "https://aiplatform.us.rep.googleapis.com\(path)us\(end)")
    #expect(
      try endpoint("europe-west4")
        == "https://europe-west4-aiplatform.googleapis.com\(path)europe-west4\(end)"
    )
    let tuned = try model(
      #"{"provider":"vertex","model":"endpoints/123","project":"p","location":"us-east1"}"#
    )
    #expect(tuned.endpoint(streamed: false).hasSuffix("/locations/us-east1/endpoints/123:generateContent"))
    #expect(throws: ModelConfigurationError.self) {
      try model(#"{"provider":"vertex","model":"gemini-3.8-flash"}"#)
    }
  }

  static let full = #"""
    {"name":"fast","provider":"gemini","model":"gemini-2.5-flash","api_base":"http://127.0.0.1:9/v1beta","key_env":"MY_KEY",
     "weight":0.8,"temperature":0.7,"top_p":0.9,"top_k":40,"max_tokens":2048,"stop":["\n\n"],"seed":3,"thinking":1024,
     "tier":"flex","safety":{"dangerous_content":"block_none"},"price":{"input":1,"output":2.5,"cached":0.1},
     "requests_per_minute":60,"tokens_per_minute":100000,"concurrency":12,"connect_seconds":3,"first_byte_seconds":20,
     "idle_seconds":15,"attempt_seconds":100,"total_seconds":400,"stream":true,"always_send":["seed"],
     "extra":{"grammar":"root ::= \"a\"","min_p":0.1,"options":{"n":[1,true]}}}
    """#

  @Test("is read with all its keys, and reads back what it wrote")
  func roundTrip() throws {
    let model = try model(Self.full)
    #expect(model.sampling.stop == ["\n\n"])
    #expect(model.sampling.thinking == .budget(1024))
    #expect(model.safety == ["HARM_CATEGORY_DANGEROUS_CONTENT": "BLOCK_NONE"])
    #expect(model.deadlines.idle == .seconds(15))
    #expect(model.isStreamed)
    #expect(model.price(on: "2026-11-21") == ModelPrice(input: 1, output: 2.5, cached: 0.1))
    #expect(try ModelConfiguration(ConfigurationTree(json: model.json), path: nil) == model)
    for name in ["gemini-3.8-flash", "gpt-4o"] {
      let plain = try ModelConfiguration(named: name)
      #expect(try ModelConfiguration(ConfigurationTree(json: plain.json), path: nil) == plain)
    }
  }

  @Test(
    "says what is wrong and what was meant",
    arguments: [
      (#"{"model":"gemini-3.8-flash","temprature":1}"#, "did you mean \"temperature\"?"),
      (
        #"{"model":"gemini-3.8-flash","temperature":"hot"}"#,
        "\"temperature\" must be a number from 0.0 to 5.0, not hot"
      ),
      (#"{"model":"gemini-3.8-flash","temperature":"nan"}"#, "not nan"),
      (#"{"model":"gemini-3.8-flash","provider":"gemni"}"#, "did you mean gemini?"),
      (#"{"model":"gemini-3.8-flash","weight":0}"#, "\"weight\""),
      (#"{"model":"gemini-3.8-flash","thinking":"lots"}"#, "\"thinking\" must be one of none, minimal"),
      (#"{"model":"gemini-3.8-flash","price":{"input":1}}"#, "needs input and output"),
      (#"{"model":"x"}"#, "--api-base"),
      (#"{"name":"x"}"#, "\"model\" is missing"),
      (#"{"model":"x","api_base":"127.0.0.1:80"}"#, "none of http or https"),
      (#"{"model":"x","api_base":"http://user:secret@h/v1"}"#, "must hold no user, key"),
      (#"{"model":"x","api_base":"http://h/v1?key=abc"}"#, "must hold no user, key"),
      (#"{"model":"gemini-3.8-flash","key":"abc"}"#, "unknown key \"key\""),
      (#"{"model":"gemini-3.8-flash","max_tokens":1.5}"#, "whole number"),
    ]
  )
  func mistakes(json: String, detail: String) throws {
    let error = #expect(throws: ModelConfigurationError.self) { try model(json) }
    #expect(error?.description.contains(detail) == true, "\(String(describing: error))")
    #expect(error?.description.hasPrefix("models.yaml") == true)
  }

  @Test("of several models checks their names and who steps in")
  func several() throws {
    let list = #"[{"name":"a","model":"gemini-3.8-flash","failover":"b"},{"name":"b","model":"gpt-4o"}]"#
    let models = try ModelConfiguration.models(tree(list), path: nil)
    #expect(models.map(\.name) == ["a", "b"])
    let mapping = #"{"a":{"model":"gemini-3.8-flash"},"b":"gpt-4o"}"#
    #expect(
      try ModelConfiguration.models(tree(mapping), path: nil).map(\.model) == ["gemini-3.8-flash", "gpt-4o"]
    )
    for wrong in [
      #"[{"name":"a","model":"gpt-4o"},{"name":"a","model":"gpt-4o"}]"#,
      #"[{"name":"a","model":"gpt-4o","failover":["c"]}]"#,
      #"[{"name":"a","model":"gpt-4o","failover":["a"]}]"#,
      "[]", "\"x\"",
    ] {
      #expect(throws: ModelConfigurationError.self) { try ModelConfiguration.models(tree(wrong), path: nil) }
    }
  }
}

@Suite("A selection of models")
struct ModelSelectionTests {
  private func described() throws -> [ModelConfiguration] {
    var fast = try ModelConfiguration(named: "gemini-3.8-flash")
    fast.name = "fast"
    var strong = try ModelConfiguration(named: "gpt-4o")
    strong.name = "strong"
    return [fast, strong]
  }

  @Test("takes names, weights and models of a file")
  func choices() throws {
    let models = try ModelSelection.models(["fast:0.8", "strong:0.2"], described: try described())
    #expect(models.map(\.name) == ["fast", "strong"])
    #expect(models.map(\.weight) == [0.8, 0.2])
    #expect(try ModelSelection.models([], described: try described()).count == 2)
    let colon = try ModelSelection.models(["qwen3:30b", "qwen3:8b:2"], apiBase: "http://127.0.0.1:11434/v1")
    #expect(colon.map(\.model) == ["qwen3:30b", "qwen3:8b"])
    #expect(colon.map(\.weight) == [1, 2])
    #expect(try ModelSelection.models(["gemini-3.8-flash"])[0].provider == .gemini)
  }

  @Test(
    "names what is wrong with an argument",
    arguments: [
      ("fats", "did you mean fast?"), ("fast:0", "greater than 0"), ("fast:-1", "greater than 0"),
      ("", "no name"),
    ]
  )
  func mistakes(argument: String, detail: String) throws {
    let described = try described()
    let error = #expect(throws: ModelConfigurationError.self) {
      try ModelSelection.models([argument], described: described)
    }
    #expect(error?.description.contains(detail) == true, "\(String(describing: error))")
    #expect(throws: ModelConfigurationError.self) {
      try ModelSelection.models(["fast", "fast:2"], described: described)
    }
    #expect(throws: ModelConfigurationError.self) { try ModelSelection.models([], apiBase: "http://h/v1") }
  }
}

@Suite("A credential")
struct CredentialTests {
  private func find(
    _ configuration: ModelConfiguration,
    _ environment: [String: String]
  ) throws(ModelConfigurationError) -> Credential {
    try Credential.find(
      for: configuration,
      environment: environment,
      tokens: { _ in Secret("t") },
      timer: ManualTimer()
    )
  }

  @Test("names the variable to set when it is missing")
  func missing() throws {
    let gemini = try ModelConfiguration(named: "gemini-3.8-flash")
    let error = #expect(throws: ModelConfigurationError.self) { try find(gemini, [:]) }
    #expect(error?.detail.contains("GEMINI_API_KEY or GOOGLE_API_KEY") == true)
    #expect(throws: ModelConfigurationError.self) { try find(gemini, ["GEMINI_API_KEY": " "]) }
    guard case .key(let key) = try find(gemini, ["GOOGLE_API_KEY": " abc\n"]) else {
      Issue.record("no key")
      return
    }
    #expect(key.revealed == "abc")
    let local = try ModelConfiguration(named: "m", apiBase: "http://127.0.0.1:1")
    guard case .none = try find(local, [:]) else {
      Issue.record("a key from nowhere")
      return
    }
  }

  private static let keys = [
    "OPENAI_API_KEY": "openai", "GEMINI_API_KEY": "gemini", "OPENROUTER_API_KEY": "router",
    "FUNSEARCH_API_KEY": "own",
  ]

  @Test(
    "is the service's own for its own servers, and no other's",
    arguments: [
      ("https://api.openai.com/v1", "openai"), ("https://eu.api.openai.com/v1", "openai"),
      ("https://generativelanguage.googleapis.com/v1beta/openai", "gemini"),
      ("https://openrouter.ai/api/v1", "router"), ("http://api.openai.com/v1", "own"),
      ("https://api.openai.com.example.org/v1", "own"), ("https://notopenai.com/v1", "own"),
      ("https://example.org/api.openai.com/v1", "own"), ("https://evilgoogleapis.com/v1", "own"),
      ("http://127.0.0.1:11434/v1", "own"), ("http://[::1]:8080/v1", "own"),
    ]
  )
  func ownServers(address: String, expected: String) throws {
    let model = try ModelConfiguration(named: "gpt-4o", apiBase: address)
    guard case .key(let key) = try find(model, Self.keys) else {
      Issue.record("no key")
      return
    }
    #expect(key.revealed == expected)
    var others = Self.keys
    others["FUNSEARCH_API_KEY"] = nil
    guard expected == "own" else { return }
    guard case .none = try find(model, others) else {
      Issue.record("the key of another")
      return
    }
    #expect(model.price(on: "2026-11-21") == nil)
  }

  @Test("of Gemini goes to no other server of that protocol, unless the user says so")
  func otherProtocol() throws {
    func model(_ more: String) throws -> ModelConfiguration {
      let text = #"{"provider":"gemini","model":"gemini-3.8-flash","api_base":"http://127.0.0.1:1"\#(more)}"#
      return try ModelConfiguration(ConfigurationTree(json: JSONValue(parsing: text)), path: nil)
    }
    guard case .none = try find(try model(""), ["GEMINI_API_KEY": "gemini", "GOOGLE_API_KEY": "google"]) else {
      Issue.record("the key of another")
      return
    }
    guard case .key(let key) = try find(try model(#","key_env":"GEMINI_API_KEY""#), Self.keys) else {
      Issue.record("no key")
      return
    }
    #expect(key.revealed == "gemini")
  }

  @Test("does not let a key break out of its header, and does not show it")
  func breakout() throws {
    let gemini = try ModelConfiguration(named: "gemini-3.8-flash")
    let error = #expect(throws: ModelConfigurationError.self) {
      try find(gemini, ["GEMINI_API_KEY": "abc\r\nX: y"])
    }
    #expect(error?.detail.contains("abc") == false)
  }
}

@Suite("A capability")
struct ModelCapabilityTests {
  private func plan(_ name: String, _ sampling: ModelSampling) throws -> RequestPlan {
    var model = try ModelConfiguration(named: name)
    model.sampling = sampling
    return RequestPlan(model.request(system: "s", turns: FakeWorld.question), for: model)
  }

  @Test("keeps from models what they do not take, and says so")
  func restrictions() throws {
    let sampling = ModelSampling(
      temperature: 1,
      topP: 0.5,
      maximumTokens: 1_000_000,
      thinking: .level("minimal")
    )
    let flash = try plan("gemini-3.8-flash", sampling)
    #expect(flash.sent == [.maximumTokens, .thinking, .system])
    #expect(flash.thinking == .level("low"))
    #expect(flash.request.sampling.maximumTokens == 65_536)
    #expect(flash.notices.count == 4)
    let old = try plan("gemini-2.5-flash", sampling)
    #expect(old.sent == [.temperature, .topP, .maximumTokens, .thinking, .system])
    #expect(old.thinking == .budget(512))
    let reasoning = try plan("gpt-5-mini", sampling)
    #expect(reasoning.limitName == "max_completion_tokens")
    #expect(reasoning.systemRole == "developer")
    #expect(reasoning.sent == [.maximumTokens, .thinking, .system])
    let future = try plan("gemini-9-ultra", sampling)
    #expect(!future.sent.contains(.temperature))
    #expect(try plan("gpt-4o", sampling).sent == [.temperature, .topP, .maximumTokens, .system])
  }

  @Test("gives a thinking budget or level in the model's own terms")
  func thinking() throws {
    func told(_ name: String, _ thinking: ModelThinking) throws -> ModelThinking? {
      try plan(name, ModelSampling(thinking: thinking)).thinking
    }
    #expect(try told("gemini-2.5-flash", .budget(0)) == .budget(0))
    #expect(try told("gemini-2.5-pro", .budget(0)) == .budget(128))
    #expect(try told("gemini-2.5-pro", .level("high")) == .budget(32_768))
    #expect(try told("gemini-3.8-flash", .budget(10_000)) == .level("medium"))
    #expect(try told("gemini-3.8-flash", .budget(-1)) == nil)
    #expect(try told("gpt-4o", .level("high")) == nil)
  }

  @Test("has prices with an end, halves them in the flexible tier, and knows what it does not know")
  func prices() throws {
    var flash = try ModelConfiguration(named: "gemini-3.8-flash")
    #expect(flash.price(on: "2026-11-21")?.input == 0.75)
    #expect(flash.price(on: "2027-01-01") == nil)
    flash.isFlex = true
    #expect(flash.price(on: "2026-11-21")?.output == 1.875)
    #expect(try ModelConfiguration(named: "gpt-9").price(on: "2026-11-21") == nil)
    #expect(
      try ModelConfiguration(named: "gpt-4o", apiBase: "http://127.0.0.1:1").price(on: "2026-11-21") == nil
    )
    let price = ModelPrice(input: 1, output: 10, cached: 0.1)
    let cost = price.cost(of: TokenUsage(prompt: 1000, cached: 400, output: 200, thoughts: 100))
    #expect(abs(cost - (600 + 40 + 2000) / 1e6) < 1e-15)
  }
}
