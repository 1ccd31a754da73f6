import Foundation
package import FunSearch
package import PythonSyntax

/// A claim that a stranger can check: the best program, its scores and the object it found, with the
/// specification that scores them (`best.json`).
package struct Certificate: Sendable {
  package let problem: String
  package let problemHash: String
  /// The specification's text: it holds evaluator and verifier.
  package let specification: String
  /// What the specification may read beside itself: texts by file name.
  package var files: [String: String]
  package let inputs: [JSONValue]
  package let aggregate: Aggregate
  package let trust: Trust
  /// Number of the program in its run, and its text.
  package let program: ProgramID
  package let source: String
  package let scores: [Double]
  package let score: Double
  /// One object per input, where the evaluator gives them.
  package let artifacts: [JSONValue]
  /// Whether the specification's verifier recomputed every score from its artifact alone.
  package let verified: Bool
  package let run: String
  package let seed: UInt64
  package let settings: [String: String]
  /// The run this one was forked from; nil for one that was started from nothing.
  package let origin: RunOrigin?
  /// Digest of the run's history, and how many programs it covers.
  package let digest: String
  package let steps: Int
  package let isolation: String
  package let funsearch: String
  package let python: String

  /// The best program of a run, from its journal.
  init(
    _ stored: StoredRun,
    problem: Problem,
    files: [String: String],
    history: HistorySummary
  ) throws {
    let best = try ProgramView.program(history.tally.best.program, in: stored.folder)
    guard case .scored(let result) = best.outcome else { preconditionFailure("a best program has scores") }
    self.problem = problem.name
    problemHash = stored.metadata["problem_hash"] ?? problem.hash
    self.files = files
    specification = problem.specification.source
    inputs = try problem.inputs.map { try JSONValue(parsing: $0.json) }
    aggregate = problem.aggregate
    trust = problem.trust
    program = best.program
    source = best.source
    scores = result.perInput
    score = result.total
    artifacts = try (best.claim?.artifacts ?? []).map { try JSONValue(parsing: $0) }
    verified = best.claim?.verified ?? false
    run = "\(stored.folder.problem)/\(stored.folder.name)"
    settings = stored.metadata.filter { Setting.named($0.key) != nil }
    seed = UInt64(settings["search.seed"] ?? "") ?? 0
    origin = stored.origins.last
    digest = history.digest
    steps = history.tally.steps
    isolation = stored.metadata["isolation"] ?? "unknown"
    funsearch = stored.metadata["version"] ?? "unknown"
    python = stored.metadata["python"] ?? "unknown"
  }

  /// The text of `best.json`: one key a line.
  package var text: String {
    var members: [(String, JSONValue)] = [
      ("format", .int(1)), ("problem", .string(problem)), ("score", .double(score)),
      ("verified", .bool(verified)),
      ("scores", .array(scores.map(JSONValue.double))), ("inputs", .array(inputs)),
      ("aggregate", .string(aggregate.rawValue)), ("trust", .string(trust.rawValue)),
      ("program_number", .int(program.number)), ("program", .string(source)),
      ("artifacts", .array(artifacts)),
      ("run", .string(run)), ("seed", .int(Int(truncatingIfNeeded: seed))), ("steps", .int(steps)),
      ("digest", .string(digest)), ("settings", .object(settings.mapValues(JSONValue.string))),
      ("isolation", .string(isolation)), ("funsearch", .string(funsearch)), ("python", .string(python)),
      ("problem_hash", .string(problemHash)), ("specification", .string(specification)),
    ]
    if !files.isEmpty { members.append(("files", .object(files.mapValues(JSONValue.string)))) }
    if let origin { members.append(("origin", origin.json)) }
    let lines = members.map { "  \"\($0)\": " + String(decoding: $1.serialized, as: UTF8.self) }
    return "{\n" + lines.joined(separator: ",\n") + "\n}\n"
  }

  /// Reads `best.json`.
  /// - Throws: ``RunError`` that says what is wrong with the file.
  package init(reading path: String) throws(RunError) {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw RunError("\(path) cannot be read; name a run or its best.json", in: .data)
    }
    let json: JSONValue
    do {
      json = try JSONValue(parsing: [UInt8](data))
    } catch {
      throw RunError("\(path) is not JSON: \(error)", in: .data)
    }
    func value<T>(_ key: String, _ read: (JSONValue) -> T?) throws(RunError) -> T {
      guard let value = json[key].flatMap(read) else {
        throw RunError(
          "\(path) is not a certificate of funsearch: \"\(key)\" is missing or of another kind",
          in: .data
        )
      }
      return value
    }
    guard try value("format", { $0.int }) == 1 else {
      throw RunError("\(path) is of another format; this version reads format 1", in: .data)
    }
    problem = try value("problem") { $0.string }
    problemHash = try value("problem_hash") { $0.string }
    specification = try value("specification") { $0.string }
    inputs = try value("inputs") { $0.array }
    aggregate = try value("aggregate") { $0.string.flatMap(Aggregate.init(rawValue:)) }
    trust = try value("trust") { $0.string.flatMap(Trust.init(rawValue:)) }
    program = ProgramID(try value("program_number") { $0.int })
    source = try value("program") { $0.string }
    scores = try value("scores") { $0.array?.compactMap(\.double) }
    score = try value("score") { $0.double }
    artifacts = try value("artifacts") { $0.array }
    verified = try value("verified") { $0.bool }
    run = try value("run") { $0.string }
    seed = UInt64(truncatingIfNeeded: try value("seed") { $0.int })
    settings = try value("settings") { $0.object?.compactMapValues(\.string) }
    files = json["files"]?.object?.compactMapValues(\.string) ?? [:]
    for name in files.keys.sorted() where name.hasPrefix("/") || name.split(separator: "/").contains("..") {
      throw RunError("\(path) has a file outside the problem's folder: \(name)", in: .data)
    }
    origin = json["origin"].flatMap(RunOrigin.init)
    digest = try value("digest") { $0.string }
    steps = try value("steps") { $0.int }
    isolation = try value("isolation") { $0.string }
    funsearch = try value("funsearch") { $0.string }
    python = try value("python") { $0.string }
    guard scores.count == inputs.count, artifacts.isEmpty || artifacts.count == inputs.count else {
      throw RunError(
        "\(path) has not one score and one artifact for each of its \(inputs.count) inputs",
        in: .data
      )
    }
  }
}
