import Foundation
import FunSearch
import ProblemFiles
import PythonSyntax
import SandboxWorkers

/// What the best program of a run scores on inputs that it was not searched on: one value for each named set of the
/// problem beside `train`.
package struct HeldOutScores: Hashable, Sendable {
  /// By name of the set.
  package internal(set) var sets: [String: Result] = [:]

  /// Names of sets as they are shown: validation, test, then the others.
  static func ordered(_ names: Set<String>) -> [String] {
    let known = ["validation", "test"]
    return known.filter(names.contains) + names.subtracting(known).sorted()
  }

  /// What came of one set.
  package enum Result: Hashable, Sendable {
    case scored(Double)
    /// The kind of failure, and its message.
    case failed(String)

    package var score: Double? { if case .scored(let score) = self { score } else { nil } }
  }
}

/// Evaluates programs on held-out inputs, in processes of its own.
struct HeldOutEvaluator: Sendable {
  /// In this order: validation, test, then the others by name.
  let names: [String]
  private let pools: [String: (pool: SandboxPool, hash: String)]

  /// Opens the problem once for each set.
  init(_ plan: ExperimentPlan, _ opened: OpenProblem, isolation: IsolationChoice, installation: Installation)
    async throws
  {
    let sets = opened.folder?.description.inputs.filter { $0.key != "train" } ?? [:]
    names = HeldOutScores.ordered(Set(sets.keys))
    var pools: [String: (pool: SandboxPool, hash: String)] = [:]
    for name in names {
      let held = try await OpenProblem.open(
        plan.problem,
        inputs: .sets([name]),
        isolation: isolation,
        installation: installation,
        environment: { ProcessInfo.processInfo.environment[$0] }
      )
      let pool = try held.pool(workers: plan.jobs)
      pools[name] = (pool, held.problem.hash)
    }
    self.pools = pools
  }

  /// The scores of a run's best program: those that stand in its folder already, or new ones, which are put there.
  func scores(of program: ProgramView, in folder: RunFolder) async throws -> HeldOutScores {
    var scores = HeldOutScores()
    var known = Self.read(folder)
    for name in names {
      guard let (pool, hash) = pools[name] else { continue }
      let key = "\(hash) \(program.hash)"
      if let old = known[name], old.key == key {
        scores.sets[name] = old.result
        continue
      }
      let code = try program.code
      let outcome = try await pool.evaluate(EvaluationJob(code: code, source: code.source)).outcome
      let result: HeldOutScores.Result =
        switch outcome {
        case .scored(let found): .scored(found.total)
        case .failed(let failure): .failed("\(failure.kind.rawValue): \(failure.message)")
        }
      scores.sets[name] = result
      known[name] = (key, result)
      try folder.write(Self.text(known), to: Self.file(folder))
    }
    return scores
  }

  func stop() async {
    for (pool, _) in pools.values { await pool.stop() }
  }

  private static func file(_ folder: RunFolder) -> String { "\(folder.path)/held-out.json" }

  private static func text(_ known: [String: (key: String, result: HeldOutScores.Result)]) -> String {
    let object = JSONValue.object(
      known.mapValues { entry in
        switch entry.result {
        case .scored(let score): ["of": .string(entry.key), "score": .double(score)]
        case .failed(let message): ["of": .string(entry.key), "failure": .string(message)]
        }
      }
    )
    return String(decoding: object.serialized, as: UTF8.self) + "\n"
  }

  /// What was evaluated before; a file that cannot be read is written anew.
  private static func read(_ folder: RunFolder) -> [String: (key: String, result: HeldOutScores.Result)] {
    guard let data = FileManager.default.contents(atPath: file(folder)),
      let sets = try? JSONValue(parsing: [UInt8](data)).object
    else { return [:] }
    return sets.compactMapValues { entry in
      guard let key = entry["of"]?.string else { return nil }
      if let score = entry["score"]?.double { return (key, .scored(score)) }
      return entry["failure"]?.string.map { (key, .failed($0)) }
    }
  }
}
