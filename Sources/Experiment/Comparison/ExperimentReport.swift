package import FunSearch
package import PythonSyntax
import Reports

/// What came of an experiment: every run, and what is said of each method.
package struct ExperimentReport: Sendable {
  package let plan: ExperimentPlan
  package let folder: ExperimentFolder
  package let problem: Problem
  package let target: Double?
  package let runs: [ComparedRun]
  /// Whether every run of the plan came to its end.
  package let isWhole: Bool
  /// In the order of the plan.
  package let methods: [MethodSummary]
  /// Names of the sets of held-out inputs.
  package let heldOut: [String]

  init(
    plan: ExperimentPlan,
    folder: ExperimentFolder,
    problem: Problem,
    target: Double?,
    runs: [ComparedRun],
    isWhole: Bool
  ) {
    self.plan = plan
    self.folder = folder
    self.problem = problem
    self.target = target
    self.runs = runs
    self.isWhole = isWhole
    methods = plan.methods.compactMap { method in
      MethodSummary(method, runs.filter { $0.cell.method == method }, hasTarget: target != nil)
    }
    heldOut = HeldOutScores.ordered(Set(runs.flatMap { $0.heldOut.sets.keys }))
  }

  /// Writes the files of the experiment's folder.
  func write() throws {
    try folder.write(text, to: folder.report)
    try folder.write(runsTable, to: folder.runs)
    try folder.write(methodsTable, to: folder.methods)
    guard !runs.isEmpty else { return }
    let names = Dictionary(runs.map { ($0.folder, $0.cell.method.name) }) { first, _ in first }
    let comparison = try RunComparison(runs.map(\.folder), names: names)
    try folder.write(comparison.page.document, to: folder.page)
  }
}

// MARK: - JSON

extension ExperimentReport {
  /// The text of `experiment.json`: one key, run or method a line.
  package var text: String {
    func lines(_ values: [JSONValue]) -> String {
      values.isEmpty ? "[]" : "[\n" + values.map { "    " + $0.line }.joined(separator: ",\n") + "\n  ]"
    }
    let members: [(String, String)] =
      header.map { ($0, $1.line) } + [
        ("methods", lines(methods.map(json))), ("runs", lines(runs.map(json))),
      ]
    return "{\n" + members.map { "  \"\($0)\": \($1)" }.joined(separator: ",\n") + "\n}\n"
  }

  /// The same as one value.
  package var json: JSONValue {
    var object = Dictionary(uniqueKeysWithValues: header)
    object["methods"] = .array(methods.map(json))
    object["runs"] = .array(runs.map(json))
    return .object(object)
  }

  private var header: [(String, JSONValue)] {
    [
      ("format", 1), ("experiment", .string(folder.name)), ("folder", .string(folder.path)),
      ("state", .string(isWhole ? "finished" : "interrupted")), ("problem", .string(problem.name)),
      ("problem_hash", .string(problem.hash)),
      ("inputs", .array(problem.inputs.map { (try? JSONValue(parsing: $0.json)) ?? nil })),
      ("settings", Self.object(plan.settings)), ("target", target.map(JSONValue.double) ?? nil),
      ("seeds", .array(plan.seeds.map { .int(Int(truncatingIfNeeded: $0)) })),
      ("quantiles", "linear interpolation at place (n - 1) p of the values in ascending order"),
      (
        "intervals",
        [
          "method": "percentile bootstrap", "resamples": .int(Bootstrap.resamples),
          "level": .double(Bootstrap.level), "seed": .int(Int(Bootstrap.seed)),
        ]
      ),
    ]
  }

  private static func object(_ settings: [ComparedMethod.Assignment]) -> JSONValue {
    .object(Dictionary(settings.map { ($0.key, JSONValue.string($0.value)) }) { $1 })
  }

  private func json(_ method: MethodSummary) -> JSONValue {
    var object: [String: JSONValue] = [
      "method": .string(method.method.name), "settings": Self.object(method.method.settings),
      "runs": .int(method.runs), "score": method.scores.json, "evaluations": .int(method.evaluations),
      "cpu_seconds": .double(method.cpuSeconds), "wall_seconds": .double(method.wallSeconds),
    ]
    if let success = method.success {
      object["success"] = [
        "reached": .int(success.reached), "rate": .double(success.rate), "interval": success.interval.json,
      ]
    }
    if let toTarget = method.evaluationsToTarget {
      object["evaluations_to_target"] = [
        "median": finite(toTarget.median), "median_interval": toTarget.medianInterval.json,
        "quartiles": [finite(toTarget.lowerQuartile), finite(toTarget.upperQuartile)],
        "expected": finite(method.expectedEvaluations ?? .infinity),
      ]
    }
    if !heldOut.isEmpty { object["held_out"] = .object(method.heldOut.mapValues(\.json)) }
    return .object(object)
  }

  private func json(_ run: ComparedRun) -> JSONValue {
    var object: [String: JSONValue] = [
      "method": .string(run.cell.method.name), "seed": .int(Int(truncatingIfNeeded: run.cell.seed)),
      "run": .string(run.folder.path), "score": .double(run.score), "verified": .bool(run.verified),
      "program": .int(run.program.number), "steps": .int(run.steps), "evaluations": .int(run.evaluations),
      "failures": .int(run.failures), "digest": .string(run.digest),
      "steps_to_target": run.toTarget.map { .int($0.steps) } ?? nil,
      "evaluations_to_target": run.toTarget.map { .int($0.evaluations) } ?? nil,
      "cpu_seconds": .double(run.cpuSeconds), "wall_seconds": .double(run.wallSeconds),
    ]
    if !heldOut.isEmpty {
      object["held_out"] = .object(
        run.heldOut.sets.mapValues { result in
          switch result {
          case .scored(let score): .double(score)
          case .failed(let message): ["failure": .string(message)]
          }
        }
      )
    }
    return .object(object)
  }
}

/// What was never reached is null.
private func finite(_ value: Double) -> JSONValue { value.isFinite ? .double(value) : nil }

extension SampleStatistics {
  fileprivate var json: JSONValue {
    [
      "best": .double(best), "mean": .double(mean), "median": .double(median),
      "median_interval": medianInterval.json, "quartiles": [.double(lowerQuartile), .double(upperQuartile)],
      "count": .int(count),
    ]
  }
}

extension SampleStatistics.Interval {
  fileprivate var json: JSONValue { [finite(low), finite(high)] }
}

extension JSONValue {
  fileprivate var line: String { String(decoding: serialized, as: UTF8.self) }
}
