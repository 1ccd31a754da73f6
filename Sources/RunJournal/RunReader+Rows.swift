package import FunSearch
import GRDB
package import PythonSyntax

/// One step as a table shows it: without its text, its trees and its artifacts.
package struct StepRow: Hashable, Sendable {
  package let program: ProgramID
  package let step: StepID
  package let epoch: Int
  package let redraws: Int
  package let parents: [ProgramID]
  package let operators: [String]
  package let hash: TreeHash
  package let outcome: Outcome
  package let reused: Bool
  package let registration: String
  /// Whether the verifier recomputed its scores; nil for programs that were no best of their island.
  package let verified: Bool?
  package let cpuMicroseconds: Int
  package let wallMicroseconds: Int
}

extension RunReader {
  /// The rows of these programs, in the order of `programs`; those that are not committed are left out.
  package func rows(_ programs: [ProgramID]) throws(JournalError) -> [StepRow] {
    let numbers = programs.map { String($0.number) }.joined(separator: ",")
    let found = try rows("WHERE step.program IN (\(numbers))", [])
    let byProgram = Dictionary(uniqueKeysWithValues: found.map { ($0.program, $0) })
    return programs.compactMap { byProgram[$0] }
  }

  /// Up to `limit` rows in order of program number, on from a key and without it.
  ///
  /// - Parameters:
  ///   - key: where to go on; nil begins at that end.
  ///   - descending: from the highest number down.
  ///   - limit: how many at most.
  ///   - filter: which steps to choose from; those that few pass take a look at all.
  /// - Returns: the rows.
  /// - Throws: what is wrong with the journal.
  package func rows(
    after key: ProgramID?,
    descending: Bool,
    limit: Int,
    of filter: StepFilter = StepFilter()
  ) throws(JournalError) -> [StepRow] {
    let place = key.map(\.number) ?? (descending ? Int.max : 0)
    let order = descending ? ("<", "DESC") : (">", "ASC")
    let (parts, arguments) = filter.conditions
    let conditions = (parts + ["step.program \(order.0) ?"]).joined(separator: " AND ")
    return try rows(
      "WHERE \(conditions) ORDER BY step.program \(order.1) LIMIT ?",
      arguments + [.integer(place), .integer(limit)]
    )
  }

  /// The programs that became a best of their island, in order of program number.
  package func bestRows() throws(JournalError) -> [StepRow] {
    try rows("WHERE step.program IN (SELECT program FROM claim) ORDER BY step.program", [])
  }

  /// The program, its first parent, the first parent of that, and so on, up to `limit` rows.
  package func mainLine(from program: ProgramID, limit: Int) throws(JournalError) -> [StepRow] {
    var line: [StepRow] = []
    var next: ProgramID? = program
    while let program = next, line.count < limit, let row = try rows([program]).first {
      line.append(row)
      next = row.parents.first
    }
    return line
  }

  private func rows(_ clause: String, _ arguments: [Argument]) throws(JournalError) -> [StepRow] {
    try read { db in
      let statement = try PreparedStatement(
        db,
        sql: """
          SELECT step.program, island, step, epoch, redraws, parents, operators, hash, outcome, total, scores,
            behaviour, message, line, input, limit_passed, reused, registration, verified, cpu_microseconds,
            wall_microseconds
          FROM step JOIN body ON body.id = step.body LEFT JOIN claim ON claim.program = step.program
          \(clause)
          """
      )
      defer { statement.reset() }
      statement.bind(arguments)
      var rows: [StepRow] = []
      while try statement.next() { rows.append(try row(statement)) }
      return rows
    }
  }

  private func row(_ row: PreparedStatement) throws(JournalError) -> StepRow {
    let program = ProgramID(row.integer(0))
    guard let parents = row.integers(5), let operators = JSONArray.strings(row.text(6)),
      let outcome = outcome(row)
    else { throw damaged("the row of program \(program) cannot be read") }
    return StepRow(
      program: program,
      step: StepID(island: IslandID(row.integer(1)), step: row.integer(2)),
      epoch: row.integer(3),
      redraws: row.integer(4),
      parents: parents.map(ProgramID.init),
      operators: operators,
      hash: row.hash(7),
      outcome: outcome,
      reused: row.integer(16) == 1,
      registration: row.text(17),
      verified: row.isNull(18) ? nil : row.integer(18) == 1,
      cpuMicroseconds: row.integer(19),
      wallMicroseconds: row.integer(20)
    )
  }

  private func outcome(_ row: PreparedStatement) -> Outcome? {
    if row.isNull(9) {
      return FailureKind(rawValue: row.text(8)).map { kind in
        .failed(
          Failure(
            kind,
            row.text(12),
            line: row.isNull(13) ? nil : row.integer(13),
            input: row.isNull(14) ? nil : row.integer(14),
            limit: row.isNull(15) ? nil : row.text(15)
          )
        )
      }
    }
    return JSONArray.doubles(row.text(10)).map { perInput in
      .scored(
        Scores(
          perInput: perInput,
          total: row.double(9),
          behaviour: row.isNull(11) ? nil : row.text(11)
        )
      )
    }
  }
}
