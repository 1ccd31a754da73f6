import Experiment
import FunSearch

/// One element of `/api/v1/runs`.
struct RunLineObject: Encodable {
  let problem: String
  let run: String
  let state: String
  let steps: Int?
  let best: Double?
  let islands: Int?
  let seed: String?
  let started: Double?
  let error: String?

  init(_ line: RunCatalog.Line) {
    problem = line.folder.problem
    run = line.folder.name
    state = line.state
    let readable = line.readable
    steps = readable?.steps
    best = readable?.best
    islands = readable?.islands
    seed = readable?.seed
    started = readable?.started
    if case .unreadable(let reason) = line.content { error = reason } else { error = nil }
  }
}

/// The object of `/api/v1/runs/PROBLEM/RUN`, and the data of its events.
struct RunObject: Encodable {
  let problem: String
  let run: String
  let state: String
  let started: Double?
  let steps: Int
  let counted: Int
  let evaluations: Int
  let duplicates: Int
  let failures: [String: Int]
  let cpuSeconds: Double
  let stepsPerSecond: Double?
  let target: Double?
  let best: ImprovementObject?
  let improvements: [ImprovementObject]
  let islands: [IslandObject]
  let operators: [OperatorObject]
  let resets: Int
  let settings: [String: String]
  /// As in `funsearch status --json`; absent where no model was asked.
  let models: ModelsObject?

  struct ImprovementObject: Encodable {
    let program: Int
    let score: Double
    let verified: Bool
    let island: Int?
    let operators: [String]
  }

  struct IslandObject: Encodable {
    let island: Int
    let steps: Int
    let foundedInEpoch: Int
    let best: Double?
    let program: Int?
    let stepsSinceGain: Int
    let bests: Int

    enum CodingKeys: String, CodingKey {
      case island, steps, best, program, bests
      case foundedInEpoch = "founded_in_epoch"
      case stepsSinceGain = "steps_since_gain"
    }
  }

  struct OperatorObject: Encodable {
    let name: String
    let programs: Int
    let bests: Int
  }

  enum CodingKeys: String, CodingKey {
    case problem, run, state, started, steps, counted, evaluations, duplicates, failures, target, best
    case improvements, islands, operators, resets, settings, models
    case cpuSeconds = "cpu_seconds"
    case stepsPerSecond = "steps_per_second"
  }

  init(_ snapshot: RunSnapshot) {
    problem = snapshot.folder.problem
    run = snapshot.folder.name
    state = snapshot.state
    started = snapshot.started
    steps = snapshot.steps
    counted = snapshot.counted
    evaluations = snapshot.evaluations
    duplicates = snapshot.duplicates
    failures = snapshot.failures
    cpuSeconds = snapshot.cpuSeconds
    stepsPerSecond = snapshot.stepsPerSecond
    target = snapshot.target
    improvements = snapshot.improvements.map { step in
      ImprovementObject(
        program: step.program,
        score: step.score,
        verified: step.verified,
        island: step.island,
        operators: step.operators
      )
    }
    best = improvements.last
    islands = snapshot.islands.map { island in
      IslandObject(
        island: island.number,
        steps: island.steps,
        foundedInEpoch: island.foundedInEpoch,
        best: island.best?.score,
        program: island.best?.program,
        stepsSinceGain: island.stepsSinceGain,
        bests: island.bests
      )
    }
    operators = snapshot.operators.map {
      OperatorObject(name: $0.name, programs: $0.programs, bests: $0.bests)
    }
    resets = snapshot.resets.count
    settings = snapshot.settings
    models = snapshot.models.map(ModelsObject.init)
  }
}

/// The data of an event: what changed most, so that a listener need not ask for everything.
struct PulseObject: Encodable {
  let state: String
  let steps: Int
  let counted: Int
  let best: Double?
  let program: Int?
  let stepsPerSecond: Double?

  enum CodingKeys: String, CodingKey {
    case state, steps, counted, best, program
    case stepsPerSecond = "steps_per_second"
  }

  init(_ snapshot: RunSnapshot) {
    state = snapshot.state
    steps = snapshot.steps
    counted = snapshot.counted
    best = snapshot.best?.score
    program = snapshot.best?.program
    stepsPerSecond = snapshot.stepsPerSecond
  }
}
