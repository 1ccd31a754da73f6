import Crypto
package import ProblemFiles

/// What an experiment does: every method with every seed, under one budget.
package struct ExperimentPlan: Sendable {
  /// A name or path.
  package var problem: String
  /// What programs are scored on.
  package var inputs: InputChoice
  package var methods: [ComparedMethod]
  package var seeds: [UInt64]
  /// Settings of all methods: those that were given, then the budget.
  package var settings: [ComparedMethod.Assignment]
  /// Runs side by side.
  package var jobs: Int
  /// Name of its folder; nil for one made from the problem and what is not its own.
  package var name: String?
  /// The folder of all runs.
  package var results: String

  package init(
    problem: String,
    inputs: InputChoice = .training,
    methods: [ComparedMethod],
    seeds: [UInt64],
    settings: [ComparedMethod.Assignment],
    jobs: Int,
    name: String? = nil,
    results: String
  ) {
    self.problem = problem
    self.inputs = inputs
    self.methods = methods
    self.seeds = seeds
    self.settings = settings
    self.jobs = jobs
    self.name = name
    self.results = results
  }

  /// One run of the plan.
  package struct Cell: Hashable, Sendable {
    package let method: ComparedMethod
    package let seed: UInt64
    /// Every setting of the run, in the order they are applied.
    package let settings: [ComparedMethod.Assignment]
    package var run: String { "\(method.name)-\(seed)" }
  }

  /// The runs, seed by seed, so that what is there early compares all methods.
  package var cells: [Cell] {
    seeds.flatMap { seed in
      methods.map { method in
        Cell(
          method: method,
          seed: seed,
          settings: settings + method.settings + [ComparedMethod.Assignment("search.seed", String(seed))]
        )
      }
    }
  }

  /// Name of the experiment's folder, for a problem of this name.
  ///
  /// The same question has the same name, so that asking it again goes on: a larger budget, more seeds and other
  /// methods leave it as it is, other inputs and settings do not.
  package func folderName(problem: String) -> String {
    if let name { return name }
    let own = settings.filter { Setting.named($0.key)?.mayChange != true }
    guard inputs != .training || !own.isEmpty else { return problem }
    let text = "\(inputs) \(own.map { "\($0.key)=\($0.value)" })"
    return "\(problem)-\(SHA256.hash(data: Array(text.utf8)).hexadecimal.prefix(6))"
  }

  /// Refuses what cannot be run before anything is begun.
  package func check() throws {
    guard !methods.isEmpty else {
      throw RunError("an experiment needs a method; --methods names them", in: .usage)
    }
    guard jobs > 0 else { throw RunError("--jobs \(jobs): write a whole number from 1", in: .usage) }
    if let name { try ResultsFolder(path: results).check(name) }
    for (place, method) in methods.enumerated() {
      try ResultsFolder(path: results).check(method.name)
      guard !methods[..<place].contains(where: { $0.name == method.name }) else {
        throw RunError("the method \(method.name) is named twice; name it once", in: .usage)
      }
    }
  }
}

extension ExperimentPlan {
  /// The plan that a file states.
  ///
  /// - Parameters:
  ///   - file: read from a file.
  ///   - seconds: reads a time such as `10m`.
  ///   - jobs: runs side by side where the file does not say.
  ///   - results: the folder of all runs.
  /// - Throws: ``SettingError`` that names file and line.
  package init(
    _ file: ExperimentFile,
    seconds: (String) throws -> String,
    jobs: Int,
    results: String
  ) throws {
    func at<T>(_ line: Int, _ read: () throws -> T) throws -> T {
      do { return try read() } catch {
        throw SettingError(description: "\(file.path):\(line): \(error)", isInFile: true)
      }
    }
    func assignments(_ settings: [SearchSetting]) throws -> [ComparedMethod.Assignment] {
      try settings.map { setting in
        let key = setting.key.contains(".") ? setting.key : "search.\(setting.key)"
        return try at(setting.line) { try Self.checked(key, setting.value) }
      }
    }
    var settings = try assignments(file.settings)
    func take(_ entry: ExperimentFile.Entry?, _ key: String, _ read: (String) throws -> String = { $0 })
      throws
    {
      guard let entry else { return }
      settings.append(try at(entry.line) { try Self.checked(key, try read(entry.text)) })
    }
    try take(file.islands, "search.islands")
    try take(file.steps, "run.steps")
    try take(file.maxTime, "run.max_seconds", seconds)
    try take(file.target, "run.target")
    try take(file.workers, "run.workers")
    let methods = try file.methods.map { method in
      let base = try at(method.line) { try ComparedMethod.named(method.base) }
      return ComparedMethod(name: method.name, settings: base.settings + (try assignments(method.settings)))
    }
    let ownJobs = try file.jobs.map { entry in
      try at(entry.line) {
        guard let jobs = Int(entry.text), jobs > 0 else {
          throw RunError("\"jobs\" must be a whole number from 1, not \(entry.text)")
        }
        return jobs
      }
    }
    self.init(
      problem: file.problem.text,
      inputs: file.inputs.map(InputChoice.values) ?? .training,
      methods: methods.isEmpty ? Self.defaultMethods : methods,
      seeds: try file.seeds.map { entry in try at(entry.line) { try SeedList.parse(entry.text) } }
        ?? Self.defaultSeeds,
      settings: settings,
      jobs: ownJobs ?? jobs,
      name: file.name?.text,
      results: results
    )
  }

  /// The methods that are compared when none is named.
  package static var defaultMethods: [ComparedMethod] {
    ComparedMethod.all.map(\.method).filter { ["offline", "random", "hill-climb"].contains($0.name) }
  }

  package static var defaultSeeds: [UInt64] { Array(1...10) }

  /// A setting, tried on a configuration.
  /// - Throws: ``SettingError`` for an unknown setting or a value it cannot have.
  package static func checked(_ key: String, _ value: String) throws(SettingError)
    -> ComparedMethod.Assignment
  {
    guard key != "search.seed" else {
      throw SettingError(
        description: "\(key)=\(value): the seeds of an experiment are its own; name them by seeds"
      )
    }
    var scratch = RunConfiguration.scratch
    try scratch.set(key, to: value)
    return ComparedMethod.Assignment(key, value)
  }
}
