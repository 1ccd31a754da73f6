import Foundation
import FunSearch
import GRDB
import PythonSyntax

/// Writes events as rows, through statements prepared once per connection.
struct EventWriter {
  /// The number of the last event written; events are read back in this order.
  private(set) var sequence: Int
  private let islands: Int
  private let db: Database
  private let findBody: GRDB.Statement
  private let insertBody: GRDB.Statement
  private let insertStep: GRDB.Statement

  init(_ db: Database, islands: Int, sequence: Int) throws {
    self.db = db
    self.islands = islands
    self.sequence = sequence
    findBody = try db.cachedStatement(
      sql: "SELECT id, tree, support, source FROM body WHERE hash = ? ORDER BY spelling"
    )
    insertBody = try db.cachedStatement(
      sql: "INSERT INTO body (hash, spelling, tree, support, source) VALUES (?, ?, ?, ?, CAST(? AS TEXT))"
    )
    insertStep = try db.cachedStatement(
      sql: """
        INSERT INTO step (sequence, program, island, step, epoch, redraws, parents, operators, body,
          outcome, total, scores, behaviour, message, line, input, limit_passed,
          reused, registration, cpu_microseconds, wall_microseconds)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, CAST(? AS TEXT), ?, ?, ?, ?, ?, ?, ?)
        """
    )
  }

  mutating func write(_ event: SearchEvent) throws {
    sequence += 1
    switch event {
    case .founded(let record): try write(record)
    case .committed(let record): try write(record)
    case .reset(let record): try write(record)
    }
  }

  private func write(_ record: StepRecord) throws {
    let program = record.step.program(islands: islands)
    let body = try body(
      record.hash,
      tree: record.encodedFunction,
      support: record.encodedSupport,
      source: record.source
    )
    var values: [DatabaseValue] = [
      sequence.databaseValue, program.number.databaseValue, record.step.island.number.databaseValue,
      record.step.step.databaseValue, record.epoch.databaseValue, record.redraws.databaseValue,
      JSONArray.text(record.parents.map(\.number)).databaseValue,
      JSONArray.text(record.operators).databaseValue, body.databaseValue,
    ]
    switch record.outcome {
    case .scored(let scores):
      values += [
        "scored".databaseValue, scores.total.databaseValue, JSONArray.text(scores.perInput).databaseValue,
        scores.behaviour?.databaseValue ?? .null, .null, .null, .null, .null,
      ]
    case .failed(let failure):
      values += [
        failure.kind.rawValue.databaseValue, .null, .null, .null, Self.text(failure.message),
        failure.line?.databaseValue ?? .null, failure.input?.databaseValue ?? .null,
        failure.limit?.databaseValue ?? .null,
      ]
    }
    values += [
      record.reused.databaseValue, record.registration.rawValue.databaseValue,
      record.cpuMicroseconds.databaseValue, record.wallMicroseconds.databaseValue,
    ]
    try run(insertStep, values)
    if let claim = record.claim { try write(claim, of: program) }
  }

  private func write(_ record: FounderRecord) throws {
    let body = try body(record.hash, tree: record.encodedFunction, support: [], source: record.source)
    try db.execute(
      sql:
        "INSERT INTO founder (program, sequence, body, total, scores, behaviour) VALUES (0, ?, ?, ?, ?, ?)",
      arguments: [
        sequence, body, record.scores.total, JSONArray.text(record.scores.perInput), record.scores.behaviour,
      ]
    )
    try write(record.claim, of: .founder)
  }

  private func write(_ record: ResetRecord) throws {
    try db.execute(
      sql: "INSERT INTO reset (epoch, sequence) VALUES (?, ?)",
      arguments: [record.epoch, sequence]
    )
    for (place, founding) in record.foundings.enumerated() {
      try db.execute(
        sql: "INSERT INTO founding (epoch, place, island, survivor, founder) VALUES (?, ?, ?, ?, ?)",
        arguments: [
          record.epoch, place, founding.island.number, founding.from?.number, founding.founder.number,
        ]
      )
    }
  }

  private func write(_ claim: Claim, of program: ProgramID) throws {
    try db.execute(
      sql: "INSERT INTO claim (program, verified) VALUES (?, ?)",
      arguments: [program.number, claim.verified]
    )
    for (input, json) in claim.artifacts.enumerated() {
      try db.execute(
        sql: "INSERT INTO artifact (program, input, json) VALUES (?, ?, CAST(? AS TEXT))",
        arguments: [program.number, input, Self.text(json)]
      )
    }
  }

  /// The row of a body, written when it is new.
  ///
  /// Programs of one hash differ in local names only; each spelling is kept, since a tree is the start of
  /// further proposals and must come back as it was.
  private func body(_ hash: TreeHash, tree: [UInt8], support: [UInt8], source: String) throws -> Int64 {
    let key = hash.bytes.databaseValue
    let tree = Data(tree)
    let support = Data(support)
    let text = Data(source.utf8)
    findBody.setUncheckedArguments(StatementArguments([key]))
    var spelling = 0
    let rows = try Row.fetchCursor(findBody)
    while let row = try rows.next() {
      let same =
        try row.withUnsafeData(atIndex: 1) { $0 ?? Data() == tree }
        && row.withUnsafeData(atIndex: 2) { $0 ?? Data() == support }
        && row.withUnsafeData(atIndex: 3) { $0 ?? Data() == text }
      if same { return row[0] }
      spelling += 1
    }
    try run(
      insertBody,
      [key, spelling.databaseValue, tree.databaseValue, support.databaseValue, text.databaseValue]
    )
    return db.lastInsertedRowID
  }

  /// Text that may hold a zero character, which would end it were it bound as text.
  private static func text(_ string: String) -> DatabaseValue {
    string.utf8.contains(0) ? Data(string.utf8).databaseValue : string.databaseValue
  }

  private func run(_ statement: GRDB.Statement, _ values: [DatabaseValue]) throws {
    statement.setUncheckedArguments(StatementArguments(values))
    try statement.execute()
  }
}
