import FunSearch
import ProblemFiles
package import Reports
import RunJournal

extension RunComparison {
  /// Reads runs of one problem; those that differ in the seed alone are a group.
  ///
  /// - Parameters:
  ///   - folders: the runs.
  ///   - names: what the runs in some folders are called together, as the methods of an experiment are; others are
  ///     called by the settings in which they differ.
  /// - Throws: ``RunError`` for runs of different problems or inputs, or what is wrong with a journal.
  package init(_ folders: [RunFolder], names: [RunFolder: String] = [:]) throws {
    var runs: [StoredRun] = []
    for folder in folders where !runs.contains(where: { $0.folder.path == folder.path }) {
      runs.append(try StoredRun(folder))
    }
    guard let first = runs.first else { throw RunError("name runs to compare", in: .usage) }
    for run in runs.dropFirst() { try Self.check(first, run) }
    let problem = try? ProblemFolder(first.folder.frozenProblem)
    let target = first.metadata["run.target"].flatMap(Double.init)
    var groups: [(key: [String: String], name: String?, runs: [StoredRun])] = []
    for run in runs {
      let (key, name) = (Self.configuration(run), names[run.folder])
      if let place = groups.firstIndex(where: { $0.key == key && $0.name == name }) {
        groups[place].runs.append(run)
      } else {
        groups.append((key, name, [run]))
      }
    }
    let labels = Self.labels(groups.map(\.key))
    self.init(
      problem: first.metadata["problem"] ?? first.folder.problem,
      title: problem?.description.title ?? first.folder.problem,
      target: target,
      knownBest: try RunReport.knownBest(first),
      groups: try zip(groups, labels).map { group, label in
        try Self.group(group.name ?? label, group.runs, target)
      }
    )
  }

  private static func check(_ first: StoredRun, _ run: StoredRun) throws(RunError) {
    let (a, b) = (first.metadata["problem"] ?? "", run.metadata["problem"] ?? "")
    guard a == b else {
      throw RunError(
        "\(first.folder.path) is a run of \(a), and \(run.folder.path) one of \(b): scores of different problems say "
          + "nothing about each other; compare runs of one problem",
        in: .usage
      )
    }
    guard first.metadata["problem_hash"] == run.metadata["problem_hash"] else {
      throw RunError(
        "\(first.folder.path) and \(run.folder.path) score differently: their inputs are "
          + "\(first.metadata["inputs"] ?? "?") and \(run.metadata["inputs"] ?? "?"), or the problem was changed "
          + "between them; compare runs of the same",
        in: .usage
      )
    }
  }

  /// What makes a history beside the seed.
  private static func configuration(_ run: StoredRun) -> [String: String] {
    let others = [
      "search.seed", "run.steps", "run.workers", "run.max_seconds", "run.isolation", "run.target",
    ]
    return run.metadata.filter { Setting.named($0.key) != nil && !others.contains($0.key) }
  }

  /// Settings in which groups differ; `all runs` for a single one.
  private static func labels(_ keys: [[String: String]]) -> [String] {
    guard keys.count > 1 else { return ["all runs"] }
    let names = Set(keys.flatMap(\.keys)).sorted().filter { name in Set(keys.map { $0[name] }).count > 1 }
    return keys.enumerated().map { place, key in
      let parts = names.map { "\($0)=\(key[$0] ?? "")" }
      return parts.isEmpty ? "group \(place + 1)" : parts.joined(separator: " ")
    }
  }

  private static func group(_ name: String, _ stored: [StoredRun], _ target: Double?) throws -> Group {
    let runs = try stored.map(run)
    guard let statistics = SampleStatistics(runs.map(\.best)) else {
      throw RunError("there is no run in \(name)")
    }
    return Group(
      name: name,
      runs: runs,
      median: statistics.median,
      quartiles: (statistics.lowerQuartile, statistics.upperQuartile),
      best: statistics.best,
      reached: target.map { target in runs.count { $0.best >= target } },
      medianCurve: medianCurve(runs, target)
    )
  }

  private static func run(_ stored: StoredRun) throws -> Run {
    guard let founder = stored.founder else {
      throw RunError("\(stored.folder.path) holds no program yet: the run ended before its first evaluation")
    }
    let course = try RunCourse(stored.reader, founder: founder, length: try stored.historyLength)
    return Run(
      name: "\(stored.folder.problem)/\(stored.folder.name)",
      seed: stored.metadata["search.seed"] ?? "?",
      verified: try stored.reader.bestClaim(length: course.steps)?.verified ?? false,
      evaluations: course.outcomes.evaluations,
      failures: course.failures.values.reduce(0, +),
      cpuSeconds: Double(course.outcomes.cpuMicroseconds) * 1e-6,
      elapsedSeconds: try stored.elapsedSeconds,
      models: try ModelReport(stored.reader, try stored.configuration)?.costs.total,
      steps: course.steps,
      curve: course.best
    )
  }

  /// The median of what the runs had at each step, as far as all of them go; one that ended at the target keeps it.
  static func medianCurve(_ runs: [Run], _ target: Double?) -> [ChartPoint] {
    let open = runs.filter { run in target.map { run.best < $0 } ?? true }
    let end = Double(open.map(\.steps).min() ?? runs.map(\.steps).max() ?? 0)
    let places = Set(runs.flatMap(\.curve).map(\.x) + [end]).filter { $0 <= end }.sorted()
    var next = Array(repeating: 0, count: runs.count)
    var curve: [ChartPoint] = []
    for place in places {
      var values: [Double] = []
      for (index, run) in runs.enumerated() {
        while next[index] < run.curve.count, run.curve[next[index]].x <= place { next[index] += 1 }
        values.append(run.curve[max(0, next[index] - 1)].y)
      }
      curve.append(ChartPoint(place, SampleStatistics.quantile(0.5, of: values.sorted())))
    }
    return curve
  }
}
