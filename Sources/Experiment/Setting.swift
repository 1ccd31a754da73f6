import FunSearch
import LanguageModels
import Mutation
import SandboxWorkers

/// One number or word of a run's configuration that can be set by name: with `--set key=value`, in
/// `problem.yaml` under `search:`, and read back from a journal.
package struct Setting: Sendable {
  /// Such as `search.lag`.
  package let key: String
  /// One line for help texts, with unit.
  package let meaning: String
  /// Whether a resumed run may have another value: it does not change the history, only its length or cost.
  package let mayChange: Bool
  package let read: @Sendable (RunConfiguration) -> String
  /// Nil when taken, else what a value must be.
  package let write: @Sendable (inout RunConfiguration, String) -> String?

  /// All settings, in the order they are listed.
  package static let all: [Setting] =
    proposer + models + prompt + search + budget + evaluation + mutator

  /// The setting with this key.
  package static func named(_ key: String) -> Setting? {
    all.first { $0.key == key }
  }
}

/// A `--set` or `search:` entry that cannot be used.
package struct SettingError: Error, Hashable, CustomStringConvertible {
  package let description: String
  /// Whether it stands in a file and not in what was typed.
  package var isInFile = false
}

extension RunConfiguration {
  /// Takes one setting by name.
  package mutating func set(_ key: String, to value: String) throws(SettingError) {
    if key == "search.preset" { return try apply(preset: value) }
    guard let setting = Setting.named(key) else {
      let keys = Setting.all.map(\.key) + ["search.preset"]
      let hint = nearestName(to: key, in: keys).map { "; did you mean \"\($0)\"?" } ?? ""
      throw SettingError(description: "unknown setting \"\(key)\"\(hint)")
    }
    if let expected = setting.write(&self, value) {
      throw SettingError(description: "\(key)=\(value): \(key) is \(expected)")
    }
  }

  /// All settings as text, by key.
  package var settings: [String: String] {
    Dictionary(uniqueKeysWithValues: Setting.all.map { ($0.key, $0.read(self)) })
  }

  /// Named sets of settings: `default`, and `paper` for the published algorithm.
  private mutating func apply(preset: String) throws(SettingError) {
    switch preset {
    case "default":
      let models = search.models
      search = Self.defaultSearch(seed: search.seed)
      search.models = models
      promptForm = .chat
    case "paper":
      // Methods and SI Table E.2; the reset after four hours becomes one after as many steps as by default,
      // since no history here depends on a clock.
      search = SearchConfiguration(
        seed: search.seed,
        islands: 10,
        parents: 2,
        temperature: .sawtooth(initial: 0.1, period: 30_000),
        clusterSize: nil,
        refound: false,
        models: search.models
      )
      search.models.samples = 4
      promptForm = .paper
      promptFailures = 0
    default:
      throw SettingError(description: "search.preset=\(preset): the presets are default and paper")
    }
  }
}

// MARK: - The table

extension Setting {
  private static let proposer: [Setting] = [
    Setting(
      key: "proposer.method",
      meaning: "how programs are proposed: "
        + ProposalMethod.allCases.map(\.rawValue).joined(separator: ", "),
      mayChange: false,
      read: { $0.method.rawValue },
      write: { configuration, text in
        guard let method = ProposalMethod(rawValue: text) else {
          let names = ProposalMethod.allCases.map(\.rawValue)
          let hint = nearestName(to: text, in: names).map { "; did you mean \($0)?" } ?? ""
          return "one of \(names.joined(separator: ", "))\(hint)"
        }
        configuration.method = method
        return nil
      }
    )
  ]

  private static let prompt: [Setting] = [
    Setting(
      key: "prompt.form",
      meaning: "what models are sent: paper for the published prompt alone, chat for the problem's template",
      mayChange: false,
      read: { $0.promptForm.rawValue },
      write: { configuration, text in
        guard let form = PromptForm(rawValue: text) else { return "paper or chat" }
        configuration.promptForm = form
        return nil
      }
    ),
    whole(
      "prompt.failures",
      "failures of the versions' last children that models are told, at most; chat form only",
      \.promptFailures,
      in: 0...32
    ),
  ]

  private static let search: [Setting] = [
    whole("search.seed", "key of all random numbers", \.search.seed.asInt, in: 0...Int.max),
    whole("search.islands", "number of islands", \.search.islands, in: 1...10_000),
    whole("search.parents", "programs in a prompt", \.search.parents, in: 1...100),
    whole("search.lag", "steps an island may be ahead of its last committed one", \.search.lag, in: 1...1000),
    whole("search.epoch_steps", "steps of an island between resets", \.search.epochSteps, in: 1...Int.max),
    Setting(
      key: "search.temperature",
      meaning: "of the softmax over clusters, in score units; or T0/N for the sawtooth",
      mayChange: false,
      read: { $0.search.temperature.text },
      write: { configuration, text in
        guard let schedule = TemperatureSchedule(text) else {
          return "a number above 0, such as 1, or T0/N, such as 0.1/30000"
        }
        configuration.search.temperature = schedule
        return nil
      }
    ),
    Setting(
      key: "search.cluster_size",
      meaning: "programs kept in one cluster, or all",
      mayChange: false,
      read: { $0.search.clusterSize.map(String.init) ?? "all" },
      write: { configuration, text in
        guard text == "all" || (Int(text) ?? 0) > 0 else { return "a whole number from 1, or all" }
        configuration.search.clusterSize = Int(text)
        return nil
      }
    ),
    flag(
      "search.cluster_by_behaviour",
      "clusters of their own for other behaviour",
      \.search.clusterByBehaviour
    ),
    whole("search.redraws", "draws before a duplicate is let through", \.search.redraws, in: 0...1000),
    flag("search.refound", "one reset island starts from the specification's program", \.search.refound),
    share(
      "search.climb_share",
      "share of steps that climb with tables, where sequences of small whole numbers are scored",
      \.search.climbShare,
      upToOne: true
    ),
    share(
      "search.climb_share_later",
      "the same once the islands have met twice; without effect where climb_share is 0",
      \.search.climbShareLater,
      upToOne: true
    ),
    whole("search.climb_steps", "steps after which a climb is over", \.search.climbSteps, in: 1...Int.max),
    whole(
      "search.climb_patience",
      "steps without a gain after which a climb is over",
      \.search.climbPatience,
      in: 1...Int.max
    ),
    share(
      "search.climb_race",
      "share of climbs that are given up at each of two looks, those behind",
      \.search.climbRace
    ),
  ]

  private static let budget: [Setting] = [
    optional(
      "run.steps",
      "steps of all islands in total, or unlimited",
      \.steps,
      read: { String($0) },
      parse: { wholeNumber($0).flatMap { $0 >= 0 ? $0 : nil } },
      expected: "a whole number from 0"
    ),
    optional(
      "run.max_seconds",
      "seconds of running in total, or unlimited",
      \.maxSeconds,
      read: { "\($0)" },
      parse: { positive($0) },
      expected: "a number above 0"
    ),
    optional(
      "run.target",
      "score that ends the run, or unlimited",
      \.target,
      read: { "\($0)" },
      parse: { Double($0).flatMap { $0.isFinite ? $0 : nil } },
      expected: "a number"
    ),
    optional(
      "run.max_evaluations",
      "programs run in the sandbox in total, or unlimited",
      \.maxEvaluations,
      read: { String($0) },
      parse: { wholeNumber($0).flatMap { $0 > 0 ? $0 : nil } },
      expected: "a whole number above 0"
    ),
    whole("run.workers", "sandboxed worker processes", \.workers, in: 1...1024, mayChange: true),
    flag("run.reuse", "a program scored before is not evaluated again", \.reusesOutcomes, mayChange: true),
  ]

  private static let evaluation: [Setting] = [
    Setting(
      key: "run.isolation",
      meaning: "auto, kernel (no namespaces), or none",
      mayChange: false,
      read: { $0.isolation.rawValue },
      write: { configuration, text in
        guard let choice = IsolationChoice(rawValue: text) else { return "auto, kernel or none" }
        configuration.isolation = choice
        return nil
      }
    ),
    seconds("limits.cpu_seconds", "CPU time of one input, in seconds", \.limits.cpuSeconds),
    seconds("limits.wall_seconds", "time of one input, in seconds", \.limits.wallSeconds),
    whole("limits.memory_bytes", "memory of one candidate", \.limits.memoryBytes, in: 1 << 26...Int.max),
    whole("limits.output_bytes", "what a candidate may print", \.limits.outputBytes, in: 0...1 << 30),
  ]

  private static let mutator: [Setting] =
    [
      whole(
        "mutation.max_nodes",
        "size limit of a program, in tree nodes",
        \.mutation.maxNodes,
        in: 10...100_000
      ),
      share("mutation.further_operator", "probability of one more operator", \.mutation.furtherOperator),
      share(
        "mutation.random_programs",
        "share of fresh random programs",
        \.mutation.randomPrograms,
        upToOne: true
      ),
      share(
        "mutation.best_parent",
        "share of children of the best parent",
        \.mutation.bestParent,
        upToOne: true
      ),
    ]
    + MutationSettings.operatorNames.map { name in
      Setting(
        key: "mutation.weights.\(name)",
        meaning: "weight of the operator \(name)",
        mayChange: false,
        read: { "\($0.mutation.weights[name] ?? 0)" },
        write: { configuration, text in
          guard let value = Double(text), value >= 0, value.isFinite else { return "a number from 0" }
          configuration.mutation.weights[name] = value
          return nil
        }
      )
    }

  static func share(
    _ key: String,
    _ meaning: String,
    _ path: SettingPath<Double>,
    upToOne: Bool = false
  ) -> Setting {
    Setting(
      key: key,
      meaning: meaning,
      mayChange: false,
      read: { "\($0[keyPath: path])" },
      write: { configuration, text in
        guard let value = Double(text), (0...1).contains(value), upToOne || value < 1 else {
          return upToOne ? "a number from 0 to 1" : "a number from 0, below 1"
        }
        configuration[keyPath: path] = value
        return nil
      }
    )
  }

  static func positive(_ text: String) -> Double? {
    Double(text).flatMap { $0.isFinite && $0 > 0 ? $0 : nil }
  }

  static func whole(
    _ key: String,
    _ meaning: String,
    _ path: SettingPath<Int>,
    in range: ClosedRange<Int>,
    mayChange: Bool = false
  ) -> Setting {
    Setting(
      key: key,
      meaning: meaning,
      mayChange: mayChange,
      read: { String($0[keyPath: path]) },
      write: { configuration, text in
        guard let value = wholeNumber(text), range.contains(value) else {
          return range.upperBound == Int.max
            ? "a whole number from \(range.lowerBound)"
            : "a whole number from \(range.lowerBound) to \(range.upperBound)"
        }
        configuration[keyPath: path] = value
        return nil
      }
    )
  }

  private static func seconds(
    _ key: String,
    _ meaning: String,
    _ path: SettingPath<Double>
  ) -> Setting {
    Setting(
      key: key,
      meaning: meaning,
      mayChange: false,
      read: { "\($0[keyPath: path])" },
      write: { configuration, text in
        guard let value = positive(text) else { return "a number above 0, in seconds" }
        configuration[keyPath: path] = value
        return nil
      }
    )
  }

  private static func flag(
    _ key: String,
    _ meaning: String,
    _ path: SettingPath<Bool>,
    mayChange: Bool = false
  ) -> Setting {
    Setting(
      key: key,
      meaning: meaning,
      mayChange: mayChange,
      read: { String($0[keyPath: path]) },
      write: { configuration, text in
        guard let value = Bool(text) else { return "true or false" }
        configuration[keyPath: path] = value
        return nil
      }
    )
  }

  static func optional<Value: Sendable>(
    _ key: String,
    _ meaning: String,
    _ path: SettingPath<Value?>,
    read: @escaping @Sendable (Value) -> String,
    parse: @escaping @Sendable (String) -> Value?,
    expected: String
  ) -> Setting {
    Setting(
      key: key,
      meaning: meaning,
      mayChange: true,
      read: { $0[keyPath: path].map(read) ?? "unlimited" },
      write: { configuration, text in
        let value = parse(text)
        guard value != nil || text == "unlimited" else { return expected + ", or unlimited" }
        configuration[keyPath: path] = value
        return nil
      }
    )
  }
}

/// Whole numbers as people write them: `5000`, `5e3`, `2_000`.
func wholeNumber(_ text: String) -> Int? {
  if let value = Int(text.replacing("_", with: "")) { return value }
  guard text.contains(where: { $0 == "e" || $0 == "E" }), let value = Double(text) else { return nil }
  return Int(exactly: value)
}

extension UInt64 {
  /// The same number as a signed one; seeds are not negative.
  fileprivate var asInt: Int {
    get { Int(truncatingIfNeeded: self) }
    set { self = UInt64(truncatingIfNeeded: newValue) }
  }
}

extension TemperatureSchedule {
  fileprivate var text: String {
    switch self {
    case .constant(let temperature): "\(temperature)"
    case .sawtooth(let initial, let period): "\(initial)/\(period)"
    }
  }

  fileprivate init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard let first = parts.first.flatMap({ Double($0) }), first > 0, first.isFinite, parts.count <= 2 else {
      return nil
    }
    if parts.count == 1 {
      self = .constant(first)
    } else {
      guard let period = Int(parts[1]), period > 0 else { return nil }
      self = .sawtooth(initial: first, period: period)
    }
  }
}

/// Where a setting's value lies in the configuration.
typealias SettingPath<Value> = any WritableKeyPath<RunConfiguration, Value> & Sendable
