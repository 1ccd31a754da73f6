import Experiment
import FunSearch
import FunSearchTestSupport
import Testing

@Suite("The settings")
struct SettingTests {
  private static var configuration: RunConfiguration {
    RunConfiguration(problem: .toy, workers: 2)
  }

  /// Another value than the default, by key.
  private static let others = [
    "proposer.method": "hill-climb",
    "search.seed": "18446744073", "search.islands": "7", "search.parents": "3", "search.lag": "9",
    "search.epoch_steps": "123", "search.temperature": "0.1/30000", "search.cluster_size": "5",
    "search.cluster_by_behaviour": "true", "search.redraws": "11", "search.refound": "false",
    "search.climb_share": "0.25", "search.climb_steps": "77", "search.climb_patience": "31",
    "search.climb_race": "0.5", "search.climb_share_later": "0.625", "run.reuse": "false",
    "run.steps": "unlimited", "run.max_seconds": "90.5", "run.target": "-0.25", "run.workers": "3",
    "run.isolation": "none", "limits.cpu_seconds": "0.75", "limits.wall_seconds": "1.5",
    "limits.memory_bytes": "134217728", "limits.output_bytes": "17", "mutation.max_nodes": "77",
    "mutation.further_operator": "0.125", "mutation.random_programs": "0.0625",
    "mutation.best_parent": "0.875", "prompt.form": "paper", "prompt.failures": "5",
    "models.list": #"[{"model":"gemini-3.8-flash","name":"fast"}]"#, "models.share": "0.25",
    "models.lag": "40", "models.choice": "bandit", "models.samples": "4", "models.redraws": "3", "models.failures": "7",
    "models.max_requests": "100", "models.max_tokens": "2000000", "models.max_prompt_tokens": "1500000",
    "models.max_output_tokens": "500000", "models.max_usd": "2.5",
    "models.replay": "Results/cap-set/0001", "run.max_evaluations": "1000",
  ]

  @Test("have keys of their own, each with a meaning and a default")
  func haveKeys() {
    #expect(Set(Setting.all.map(\.key)).count == Setting.all.count)
    #expect(Setting.all.allSatisfy { !$0.meaning.isEmpty && $0.key.contains(".") })
    #expect(RunConfiguration.documentedDefaults.map(\.key) == Setting.all.map(\.key))
  }

  @Test("read what they wrote", arguments: Setting.all.map(\.key))
  func readWhatTheyWrote(_ key: String) throws {
    let setting = try #require(Setting.named(key))
    let before = Self.configuration
    // The default reads back as itself.
    var same = before
    try same.set(key, to: setting.read(before))
    #expect(same.settings == before.settings)
    let other = try #require(Self.others[key] ?? (key.hasPrefix("mutation.weights.") ? "3.5" : nil), "\(key)")
    var changed = before
    try changed.set(key, to: other)
    #expect(setting.read(changed) != setting.read(before), "\(other) is the default; choose another")
    var again = before
    try again.set(key, to: setting.read(changed))
    #expect(again.settings == changed.settings)
    // Nothing else moved.
    #expect(changed.settings.filter { $0.key != key } == before.settings.filter { $0.key != key })
  }

  @Test("refuse what they cannot be, and stay as they are", arguments: Setting.all.map(\.key))
  func refuse(_ key: String) throws {
    for value in ["", " ", "nonsense", "nan", "-1x", "0x", "1e999"] {
      var configuration = Self.configuration
      let before = configuration.settings
      let error = #expect(throws: SettingError.self, "\(key)=\(value)") {
        try configuration.set(key, to: value)
      }
      #expect(error?.description.hasPrefix("\(key)=\(value): \(key) is ") == true)
      #expect(configuration.settings == before)
    }
  }

  @Test("take whole numbers as people write them", arguments: ["5000", "5e3", "5_000", "5E3"])
  func takeWholeNumbers(_ text: String) throws {
    var configuration = Self.configuration
    try configuration.set("search.islands", to: text)
    try configuration.set("run.steps", to: text)
    #expect(configuration.search.islands == 5000 && configuration.steps == 5000)
  }

  @Test(
    "name the nearest key for one that is not there",
    arguments: [
      ("search.lga", "search.lag"), ("search.island", "search.islands"), ("run.step", "run.steps"),
      ("limits.cpu_second", "limits.cpu_seconds"), ("search.presets", "search.preset"),
    ]
  )
  func nameNearest(_ key: String, _ nearest: String) {
    var configuration = Self.configuration
    let error = #expect(throws: SettingError.self) { try configuration.set(key, to: "1") }
    #expect(error?.description == "unknown setting \"\(key)\"; did you mean \"\(nearest)\"?")
  }

  @Test("have the published algorithm as a preset, which keeps the seed")
  func havePreset() throws {
    var configuration = Self.configuration
    try configuration.set("search.seed", to: "9")
    try configuration.set("search.preset", to: "paper")
    #expect(
      configuration.search.seed == 9 && configuration.search.islands == 10
        && configuration.search.parents == 2
    )
    #expect(configuration.settings["search.temperature"] == "0.1/30000")
    #expect(configuration.settings["prompt.form"] == "paper")
    try configuration.set("search.preset", to: "default")
    #expect(configuration.search.seed == 9)
    #expect(throws: SettingError.self) { try configuration.set("search.preset", to: "papper") }
  }
}
