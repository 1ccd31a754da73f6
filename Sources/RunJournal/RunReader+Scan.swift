package import FunSearch
import GRDB

/// What a step came to, without its program: all that counts and curves need.
package struct StepPoint: Sendable {
  package let program: Int
  package let island: Int
  package let epoch: Int
  package let redraws: Int
  package let parents: [Int]
  package let operators: [String]
  /// Nil when it was scored.
  package let failure: FailureKind?
  /// Nil for a failure.
  package let total: Double?
  package let reused: Bool
  package let registration: Registration
  /// Nil for a program that was never a confirmed best of its island.
  package let verified: Bool?
  package let cpuMicroseconds: Int
  package let wallMicroseconds: Int
}

/// An event as a scan gives it.
package enum ScannedEvent: Sendable {
  case step(StepPoint)
  case reset(ResetRecord)
}

/// A reason why programs failed, and how many did.
package struct FailureCount: Hashable, Sendable {
  package let kind: FailureKind
  package let message: String
  package let count: Int
  /// The first that failed so.
  package let program: Int
}

extension RunReader {
  /// Hands every step of the history to `body`, in order of program number, without trees and texts.
  ///
  /// - Parameters:
  ///   - length: the last program.
  ///   - body: called with each step; what it throws ends the reading.
  /// - Throws: what `body` throws, or ``JournalError`` when the file is damaged.
  package func scan(length: Int, _ body: (StepPoint) throws -> Void) throws {
    try scan("WHERE program <= ? ORDER BY program", length) { _, step in try body(step) }
  }

  /// The same for what was committed after the event `sequence`, in the order it was, resets among it.
  ///
  /// - Returns: the last event there is.
  package func scan(after sequence: Int, _ body: (ScannedEvent) throws -> Void) throws -> Int {
    var resets = try read { try self.resets($0) }.filter { $0.sequence > sequence }
      .sorted { $0.sequence < $1.sequence }[...]
    var last = sequence
    func hand(_ before: Int) throws {
      while let reset = resets.first, reset.sequence < before {
        resets.removeFirst()
        last = max(last, reset.sequence)
        if case .reset(let record) = reset.event { try body(.reset(record)) }
      }
    }
    try scan("WHERE sequence > ? ORDER BY sequence", sequence) { place, step in
      try hand(place)
      last = max(last, place)
      try body(.step(step))
    }
    // A reset that was written after the steps were read comes next time, before the steps behind it.
    return last
  }

  private func scan(_ clause: String, _ bound: Int, _ body: (Int, StepPoint) throws -> Void) throws {
    do {
      try queue.read { db in
        let claims = try claimed(db)
        var lists = DecodedTexts<[String]>()
        let rows = try PreparedStatement(
          db,
          sql: """
            SELECT program, island, epoch, redraws, parents, operators, outcome, total, reused, registration,
              cpu_microseconds, wall_microseconds, sequence
            FROM step \(clause)
            """
        )
        defer { rows.reset() }
        rows.bind(bound, at: 1)
        while try rows.next() { try body(rows.integer(12), try point(rows, claims, &lists)) }
      }
    } catch let error as DatabaseError {
      throw JournalError(error, path: path)
    }
  }

  /// The text of a program; nil when there is none, or it cannot be read.
  package func source(of program: ProgramID) -> String? {
    try? read { db in
      try String.fetchOne(
        db,
        sql: """
          SELECT source FROM body WHERE id = (
            SELECT body FROM step WHERE program = ? UNION ALL SELECT body FROM founder WHERE program = ?)
          """,
        arguments: [program.number, program.number]
      )
    }
  }

  private func claimed(_ db: Database) throws -> [Int: Bool] {
    var claims: [Int: Bool] = [:]
    let rows = try PreparedStatement(db, sql: "SELECT program, verified FROM claim")
    while try rows.next() { claims[rows.integer(0)] = rows.integer(1) == 1 }
    return claims
  }

  private func point(
    _ row: PreparedStatement,
    _ claims: [Int: Bool],
    _ lists: inout DecodedTexts<[String]>
  ) throws -> StepPoint {
    let program = row.integer(0)
    let isScored = !row.isNull(7)
    guard let parents = row.integers(4),
      let operators = lists.value(row.text(5), JSONArray.strings),
      let registration = Registration(rawValue: row.text(9))
    else { throw damaged("the row of program \(program) cannot be read") }
    let failure = isScored ? nil : FailureKind(rawValue: row.text(6))
    guard isScored || failure != nil else { throw damaged("the row of program \(program) cannot be read") }
    return StepPoint(
      program: program,
      island: row.integer(1),
      epoch: row.integer(2),
      redraws: row.integer(3),
      parents: parents,
      operators: operators,
      failure: failure,
      total: isScored ? row.double(7) : nil,
      reused: row.integer(8) == 1,
      registration: registration,
      verified: claims[program],
      cpuMicroseconds: row.integer(10),
      wallMicroseconds: row.integer(11)
    )
  }

  /// The reasons that most programs of each kind failed for.
  ///
  /// - Parameters:
  ///   - length: the last program that counts.
  ///   - perKind: the most reasons of one kind.
  /// - Returns: by kind, the frequent first.
  /// - Throws: ``JournalError`` when the file is damaged.
  package func failureReasons(length: Int, perKind: Int) throws(JournalError) -> [FailureCount] {
    try read { db in
      var found: [FailureCount] = []
      let rows = try PreparedStatement(
        db,
        sql: """
          SELECT outcome, message, count(*), min(program) FROM step WHERE outcome <> 'scored' AND program <= ?
          GROUP BY outcome, message ORDER BY outcome, count(*) DESC, min(program)
          """
      )
      rows.bind(length, at: 1)
      var (kind, taken) = ("", 0)
      while try rows.next() {
        let name = rows.text(0)
        if name != kind { (kind, taken) = (name, 0) }
        taken += 1
        guard taken <= perKind, let failure = FailureKind(rawValue: name) else { continue }
        found.append(
          FailureCount(kind: failure, message: rows.text(1), count: rows.integer(2), program: rows.integer(3))
        )
      }
      return found
    }
  }

  /// The claim of the best confirmed program up to `length`, the first of equal ones; nil before there is one.
  package func bestClaim(length: Int) throws(JournalError) -> Claim? {
    try read { db in
      let best = try Int.fetchOne(
        db,
        sql: """
          SELECT claim.program FROM claim LEFT JOIN step ON step.program = claim.program
            LEFT JOIN founder ON founder.program = claim.program
          WHERE claim.program <= ? ORDER BY coalesce(step.total, founder.total) DESC, claim.program LIMIT 1
          """,
        arguments: [length]
      )
      return try best.flatMap { try Claims(db, program: $0)[$0] }
    }
  }
}
