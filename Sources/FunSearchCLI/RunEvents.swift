import Experiment
import FunSearch

/// The JSON lines of `run --json` and `resume --json`.
struct StartedEvent: Encodable {
  let event = "started"
  let run: String
  let directory: String
  let problem: String
  let seed: UInt64
  let isolation: String
  let resumedAt: Int

  enum CodingKeys: String, CodingKey {
    case event, run, directory, problem, seed, isolation
    case resumedAt = "resumed_at"
  }
}

struct ImprovedEvent: Encodable {
  let event = "improved"
  let program: Int
  let island: Int
  let step: Int
  let score: Double
  let verified: Bool
}

struct NoticeEvent: Encodable {
  let event = "notice"
  let text: String
}

struct ResetEvent: Encodable {
  let event = "reset"
  let epoch: Int
  let islands: [Int]
}

/// The last line of every run.
struct FinishedEvent: Encodable {
  let event = "finished"
  let ending: String
  let run: String
  let directory: String
  let problem: String
  let seed: UInt64
  let steps: Int
  let evaluations: Int
  let duplicates: Int
  let failures: [String: Int]
  /// Absent without models.
  let models: ModelsObject?
  let error: String?
  let best: BestObject
  let reachedTarget: Bool
  let digest: String
  let wallSeconds: Double
  let cpuSeconds: CPUSeconds

  struct BestObject: Encodable {
    let score: Double
    let program: Int
    let verified: Bool
  }

  struct CPUSeconds: Encodable {
    let engine: Double
    let workers: Double
    /// Of ``workers``, for evaluating bests again and verifying them.
    let checks: Double
    /// The part of the engine's that went into the journal.
    let journal: Double
  }

  enum CodingKeys: String, CodingKey {
    case event, ending, run, directory, problem, seed, steps, evaluations, duplicates, failures, best, digest
    case models, error
    case reachedTarget = "reached_target"
    case wallSeconds = "wall_seconds"
    case cpuSeconds = "cpu_seconds"
  }

  init(_ summary: RunSummary) {
    let tally = summary.tally
    ending = summary.ending.rawValue
    run = summary.folder.name
    directory = summary.folder.path
    problem = summary.folder.problem
    seed = summary.seed
    steps = tally.steps
    evaluations = tally.evaluations
    duplicates = tally.duplicates
    failures = Dictionary(uniqueKeysWithValues: tally.failures.map { ($0.key.rawValue, $0.value) })
    best = BestObject(
      score: tally.best.total,
      program: tally.best.program.number,
      verified: tally.best.verified
    )
    models = summary.models.map(ModelsObject.init)
    error = summary.notice
    reachedTarget = summary.ending == .target
    digest = summary.digest
    wallSeconds = summary.wallSeconds
    cpuSeconds = CPUSeconds(
      engine: summary.engineSeconds,
      workers: summary.workerSeconds,
      checks: summary.checkSeconds,
      journal: summary.journalSeconds
    )
  }
}
