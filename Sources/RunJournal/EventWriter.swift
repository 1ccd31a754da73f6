import FunSearch
import GRDB
import PythonSyntax

/// Writes events as rows, through statements prepared once per connection.
struct EventWriter {
  /// The number of the last event written; events are read back in this order.
  private(set) var sequence: Int
  /// The newest row of each body written here.
  private(set) var added: [TreeHash: Int] = [:]
  /// The newest row of each body written before.
  private let known: [TreeHash: Int]
  private let islands: Int
  private let db: Database
  private let findBody: PreparedStatement
  private let insertBody: PreparedStatement
  private let insertStep: PreparedStatement

  init(_ db: Database, islands: Int, sequence: Int, bodies: [TreeHash: Int]) throws {
    self.db = db
    self.islands = islands
    self.sequence = sequence
    known = bodies
    findBody = try PreparedStatement(db, sql: "SELECT previous, tree, support, source FROM body WHERE id = ?")
    insertBody = try PreparedStatement(
      db,
      sql: "INSERT INTO body (hash, previous, tree, support, source) VALUES (?, ?, ?, ?, ?)"
    )
    insertStep = try PreparedStatement(
      db,
      sql: """
        INSERT INTO step (sequence, program, island, step, epoch, redraws, parents, operators, body,
          reused, registration, cpu_microseconds, wall_microseconds,
          outcome, total, scores, behaviour, message, line, input, limit_passed)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """
    )
  }

  /// The newest row of each body in the file.
  ///
  /// An index on the hash would do without this table in memory, but its pages are hit at random and cost more
  /// than the rest of a step.
  static func bodies(_ db: Database) throws -> [TreeHash: Int] {
    var bodies: [TreeHash: Int] = [:]
    let rows = try PreparedStatement(db, sql: "SELECT id, hash FROM body ORDER BY id")
    while try rows.next() { bodies[TreeHash(bytes: rows.bytes(1))] = rows.integer(0) }
    return bodies
  }

  mutating func write(_ event: SearchEvent) throws {
    sequence += 1
    switch event {
    case .founded(let record): try write(record)
    case .committed(let record): try write(record)
    case .reset(let record): try write(record)
    }
  }

  private mutating func write(_ record: StepRecord) throws {
    let program = record.step.program(islands: islands)
    let body = try body(
      record.hash,
      tree: record.encodedFunction,
      support: record.encodedSupport,
      source: record.source
    )
    insertStep.bind(sequence, at: 1)
    insertStep.bind(program.number, at: 2)
    insertStep.bind(record.step.island.number, at: 3)
    insertStep.bind(record.step.step, at: 4)
    insertStep.bind(record.epoch, at: 5)
    insertStep.bind(record.redraws, at: 6)
    insertStep.bind(JSONArray.text(record.parents.map(\.number)), at: 7)
    insertStep.bind(JSONArray.text(record.operators), at: 8)
    insertStep.bind(body, at: 9)
    insertStep.bind(record.reused ? 1 : 0, at: 10)
    insertStep.bind(record.registration.rawValue, at: 11)
    insertStep.bind(record.cpuMicroseconds, at: 12)
    insertStep.bind(record.wallMicroseconds, at: 13)
    bind(record.outcome)
    try insertStep.run()
    if let claim = record.claim { try write(claim, of: program) }
    if let scores = record.refuted {
      try db.execute(
        sql: "INSERT INTO refutation (program, total, scores, behaviour) VALUES (?, ?, ?, ?)",
        arguments: [program.number, scores.total, JSONArray.text(scores.perInput), scores.behaviour]
      )
    }
  }

  private func bind(_ outcome: Outcome) {
    for place in 15...21 as ClosedRange<Int32> { insertStep.bindNull(at: place) }
    switch outcome {
    case .scored(let scores):
      insertStep.bind("scored", at: 14)
      insertStep.bind(scores.total, at: 15)
      insertStep.bind(JSONArray.text(scores.perInput), at: 16)
      if let behaviour = scores.behaviour { insertStep.bind(behaviour, at: 17) }
    case .failed(let failure):
      insertStep.bind(failure.kind.rawValue, at: 14)
      insertStep.bind(failure.message, at: 18)
      if let line = failure.line { insertStep.bind(line, at: 19) }
      if let input = failure.input { insertStep.bind(input, at: 20) }
      if let limit = failure.limit { insertStep.bind(limit, at: 21) }
    }
  }

  private mutating func write(_ record: FounderRecord) throws {
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
    let insert = try PreparedStatement(
      db,
      sql: "INSERT INTO artifact (program, input, json) VALUES (?, ?, ?)"
    )
    for (input, json) in claim.artifacts.enumerated() {
      insert.bind(program.number, at: 1)
      insert.bind(input, at: 2)
      insert.bind(json, at: 3)
      try insert.run()
    }
  }

  /// The row of a body, written when it is new.
  ///
  /// Programs of one hash differ in local names only; each spelling is kept, since a tree is the start of
  /// further proposals and must come back as it was.
  private mutating func body(
    _ hash: TreeHash,
    tree: [UInt8],
    support: [UInt8],
    source: String
  ) throws -> Int {
    let newest = added[hash] ?? known[hash]
    var spelling = newest
    while let id = spelling {
      findBody.bind(id, at: 1)
      guard try findBody.next() else { break }
      let isSame =
        findBody.bytes(1) == tree && findBody.bytes(2) == support
        && findBody.text(3).utf8.elementsEqual(source.utf8)
      spelling = findBody.isNull(0) ? nil : findBody.integer(0)
      findBody.reset()
      if isSame { return id }
    }
    insertBody.bind(hash.bytes, at: 1)
    if let newest { insertBody.bind(newest, at: 2) } else { insertBody.bindNull(at: 2) }
    insertBody.bind(tree, at: 3)
    insertBody.bind(support, at: 4)
    insertBody.bind(source, at: 5)
    try insertBody.run()
    let id = Int(db.lastInsertedRowID)
    added[hash] = id
    return id
  }
}
