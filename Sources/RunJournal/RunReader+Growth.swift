package import FunSearch
import GRDB

/// What a step says of itself in a few bytes, for lists that are chosen and counted in memory.
package struct StepBrief: Sendable {
  package let sequence: Int
  package let program: Int
  package let epoch: Int
  /// `scored`, or the kind of failure.
  package let outcome: String
  /// Nil for failures.
  package let total: Double?
  /// The names of its operators as they stand in the table, a JSON array.
  package let operators: String
  /// Whether its outcome was not known before.
  package let isEvaluation: Bool
  /// Candidates of its island that it had proposed before: those drawn again, and this one.
  package let duplicates: Int
  package let cpuMicroseconds: Int
  /// What came of the model's answer, as one step; nil where no model was asked.
  package let answer: ModelStepCount?
}

extension RunReader {
  /// The steps committed after an event, in the order they were committed.
  ///
  /// - Parameters:
  ///   - sequence: the last event that is known; 0 for none.
  ///   - limit: how many at most.
  ///   - body: called with each.
  /// - Throws: what is wrong with the journal.
  package func steps(
    after sequence: Int,
    limit: Int,
    _ body: (StepBrief) -> Void
  ) throws(JournalError) {
    try read { db in
      let row = try PreparedStatement(
        db,
        sql: """
          SELECT sequence, program, epoch, outcome, total, operators, reused,
            redraws + (registration = 'duplicate'), cpu_microseconds, registration, limit_passed
          FROM step WHERE sequence > ? ORDER BY sequence LIMIT ?
          """
      )
      defer { row.reset() }
      row.bind(sequence, at: 1)
      row.bind(limit, at: 2)
      while try row.next() {
        let (outcome, operators) = (row.text(3), row.text(5))
        body(
          StepBrief(
            sequence: row.integer(0),
            program: row.integer(1),
            epoch: row.integer(2),
            outcome: outcome,
            total: row.isNull(4) ? nil : row.double(4),
            operators: operators,
            isEvaluation: row.integer(6) == 0,
            duplicates: row.integer(7),
            cpuMicroseconds: row.integer(8),
            answer: answer(outcome, operators, row)
          )
        )
      }
    }
  }

  private func answer(_ outcome: String, _ operators: String, _ row: PreparedStatement) -> ModelStepCount? {
    let prefix = Candidate.modelOperator("")
    guard operators.hasPrefix("[\"" + prefix), let name = JSONArray.strings(operators)?.first,
      let registration = Registration(rawValue: row.text(9))
    else { return nil }
    return ModelStepCount(
      model: String(name.dropFirst(prefix.count)),
      outcome: outcome,
      detail: row.isNull(10) ? "" : row.text(10),
      registration: registration,
      steps: 1
    )
  }

  /// Whether the scores of programs that were a best of their island were recomputed by the verifier.
  package func claims() throws(JournalError) -> [ProgramID: Bool] {
    try read { db in
      var claims: [ProgramID: Bool] = [:]
      let rows = try PreparedStatement(db, sql: "SELECT program, verified FROM claim")
      defer { rows.reset() }
      while try rows.next() { claims[ProgramID(rows.integer(0))] = rows.integer(1) == 1 }
      return claims
    }
  }

  /// All meetings of the islands, oldest first.
  package func resetRecords() throws(JournalError) -> [ResetRecord] {
    try read { db in
      try resets(db).compactMap { _, event -> ResetRecord? in
        guard case .reset(let record) = event else { return nil }
        return record
      }.sorted { $0.epoch < $1.epoch }
    }
  }

  /// Number of committed steps, told by the number of the last one: events are numbered without gaps.
  ///
  /// Counting the rows takes a time that grows with the run.
  package func quickCount() throws(JournalError) -> Int {
    try read { db in
      guard let last = try Int.fetchOne(db, sql: "SELECT max(sequence) FROM step") else { return 0 }
      let others = try Int.fetchOne(
        db,
        sql: """
          SELECT (SELECT count(*) FROM founder WHERE sequence < ?1)
            + (SELECT count(*) FROM reset WHERE sequence < ?1)
          """,
        arguments: [last]
      )
      return last - (others ?? 0)
    }
  }

  /// The best score of the run, the founder's included; nil while there is none.
  ///
  /// A program that is better than its island's best is confirmed and has a claim, so that only these are read.
  package func bestTotal() throws(JournalError) -> Double? {
    try read { db in
      try Double.fetchOne(
        db,
        sql: """
          SELECT max(total) FROM (
            SELECT step.total FROM claim JOIN step ON step.program = claim.program
            UNION ALL SELECT total FROM founder)
          """
      )
    }
  }
}
