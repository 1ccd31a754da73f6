import Experiment
import FunSearch
import PythonSyntax
import RunJournal

/// The object of `/api/v1/runs/PROBLEM/RUN/programs`.
struct ProgramPageObject: Encodable {
  let programs: [ProgramRowObject]
  /// Addresses of the pages before and behind this one.
  let earlier: String?
  let next: String?
  /// How many programs the list has in all; absent where that was not counted.
  let count: Int?

  init(_ page: RunBoard.Page, _ query: ProgramQuery, _ folder: RunFolder) {
    programs = page.rows.map(ProgramRowObject.init)
    count = page.count
    func address(_ cursor: String, _ row: StepRow) -> String {
      SitePath.json(
        SitePath.programs(folder, query.filterParameters + [(cursor, String(row.program.number))])
      )
    }
    earlier = page.hasEarlier ? page.rows.first.map { address("before", $0) } : nil
    next = page.hasLater ? page.rows.last.map { address("after", $0) } : nil
  }
}

/// One program of a list or of a lineage.
struct ProgramRowObject: Encodable {
  let program: Int
  let island: Int
  let step: Int
  let epoch: Int
  let redraws: Int
  let parents: [Int]
  let operators: [String]
  let hash: String
  let outcome: String
  let score: Double?
  let scores: [Double]?
  let message: String?
  let line: Int?
  let reused: Bool
  let registration: String
  let verified: Bool?
  let cpuMicroseconds: Int
  let wallMicroseconds: Int

  enum CodingKeys: String, CodingKey {
    case program, island, step, epoch, redraws, parents, operators, hash, outcome, score, scores, message,
      line
    case reused, registration, verified
    case cpuMicroseconds = "cpu_microseconds"
    case wallMicroseconds = "wall_microseconds"
  }

  init(_ row: StepRow) {
    program = row.program.number
    island = row.step.island.number
    step = row.step.step
    epoch = row.epoch
    redraws = row.redraws
    parents = row.parents.map(\.number)
    operators = row.operators
    hash = row.hash.description
    reused = row.reused
    registration = row.registration
    verified = row.verified
    cpuMicroseconds = row.cpuMicroseconds
    wallMicroseconds = row.wallMicroseconds
    switch row.outcome {
    case .scored(let result):
      (outcome, score, scores, message, line) = ("scored", result.total, result.perInput, nil, nil)
    case .failed(let failure):
      (outcome, score, scores, message, line) = (
        failure.kind.rawValue, nil, nil, failure.message, failure.line
      )
    }
  }
}

/// The object of `/api/v1/runs/PROBLEM/RUN/programs/NUMBER`.
struct ProgramDetailObject: Encodable {
  let program: Int
  let outcome: String
  let score: Double?
  let scores: [Double]?
  let message: String?
  let line: Int?
  let verified: Bool?
  let hash: String
  let source: String
  /// JSON texts of the objects found, by input.
  let artifacts: [String]
  /// The text of the first program it was made from.
  let parentSource: String?
  let lineage: [ProgramRowObject]
  /// Absent where no model wrote the program.
  let exchange: ExchangeObject?

  enum CodingKeys: String, CodingKey {
    case program, outcome, score, scores, message, line, verified, hash, source, artifacts, lineage, exchange
    case parentSource = "parent_source"
  }

  init(_ detail: ProgramDetail) {
    let view = detail.view
    program = view.program.number
    switch view.outcome {
    case .scored(let result):
      (outcome, score, scores, message, line) = ("scored", result.total, result.perInput, nil, nil)
    case .failed(let failure):
      (outcome, score, scores, message, line) = (
        failure.kind.rawValue, nil, nil, failure.message, failure.line
      )
    }
    verified = view.claim?.verified
    hash = view.hash.description
    source = view.source
    artifacts = view.claim?.artifacts ?? []
    parentSource = detail.parent?.source
    lineage = detail.line.map(ProgramRowObject.init)
    exchange = detail.exchange.map(ExchangeObject.init)
  }
}
