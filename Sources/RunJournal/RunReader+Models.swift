import Foundation
package import FunSearch
import GRDB

extension RunReader {
  /// Answers of a run by the key of their request, read one at a time.
  package func modelAnswers() throws(JournalError) -> [String: Int] {
    try read { db in
      guard try Self.hasModels(db) else { return [:] }
      var answers: [String: Int] = [:]
      let rows = try Row.fetchCursor(
        db,
        sql: "SELECT key, id FROM model_call WHERE state IN ('answered', 'failed')"
      )
      while let row = try rows.next() { answers[row[0]] = row[1] as Int }
      return answers
    }
  }

  /// One call by its number.
  package func modelCall(_ id: Int) throws(JournalError) -> JournaledCall? {
    try read { db in
      try Row.fetchOne(db, sql: Self.calls + " WHERE model_call.id = ?", arguments: [id]).map(call)
    }
  }

  /// The calls of one step, in the order they were made.
  package func modelCalls(of step: StepID) throws(JournalError) -> [JournaledCall] {
    try read { db in
      guard try Self.hasModels(db) else { return [] }
      return try Row.fetchAll(
        db,
        sql: Self.calls + " WHERE island = ? AND step = ? ORDER BY model_call.id",
        arguments: [step.island.number, step.step]
      ).map(call)
    }
  }

  /// Hands every call to `body`, in the order they were made.
  ///
  /// - Throws: what `body` throws, or ``JournalError`` when the file is damaged.
  package func modelCalls(_ body: (JournaledCall) throws -> Void) throws {
    do {
      try queue.read { db in
        guard try Self.hasModels(db) else { return }
        let rows = try Row.fetchCursor(db, sql: Self.calls + " ORDER BY model_call.id")
        while let row = try rows.next() { try body(call(row)) }
      }
    } catch let error as DatabaseError {
      throw JournalError(error, path: path)
    }
  }

  /// What the calls of each model and state took, taken-over ones left out.
  package func modelTotals() throws(JournalError) -> [ModelTotal] {
    try read { db in
      guard try Self.hasModels(db) else { return [] }
      return try totals(db, after: 0, upTo: Int.max)
    }
  }

  /// The same for calls that came after `first`, in two parts.
  ///
  /// - Parameter first: the number of a call.
  /// - Returns: those up to `end`, which have come to their end, and those behind it, of which some have not.
  /// - Throws: ``JournalError`` when the file is damaged.
  func modelTotals(
    after first: Int
  ) throws(JournalError) -> (settled: [ModelTotal], end: Int, open: [ModelTotal]) {
    try read { db in
      guard try Self.hasModels(db) else { return ([], first, []) }
      let asked = try Int.fetchOne(
        db,
        sql: "SELECT min(id) FROM model_call WHERE id > ? AND state = 'asked'",
        arguments: [first]
      )
      let last = try Int.fetchOne(db, sql: "SELECT max(id) FROM model_call") ?? first
      let end = max(first, asked.map { $0 - 1 } ?? last)
      return (
        try totals(db, after: first, upTo: end), end,
        asked == nil ? [] : try totals(db, after: end, upTo: Int.max)
      )
    }
  }

  private func totals(_ db: Database, after first: Int, upTo last: Int) throws -> [ModelTotal] {
    try Row.fetchAll(
      db,
      sql: """
        SELECT model, state, count(*), sum(tokens_prompt), sum(tokens_cached), sum(tokens_output),
          sum(tokens_thought), max(estimated), sum(cost), count(cost), sum(wait_microseconds)
        FROM model_call WHERE taken_from IS NULL AND id > ? AND id <= ?
        GROUP BY model, state ORDER BY model, state
        """,
      arguments: [first, last]
    ).map { row in
      guard let state = JournaledCall.State(rawValue: row[1]) else {
        throw damaged("state \(row[1] as String)")
      }
      let (count, priced): (Int, Int) = (row[2], row[9])
      return ModelTotal(
        model: row[0],
        state: state,
        calls: count,
        spend: ModelSpend(
          promptTokens: row[3],
          cachedTokens: row[4],
          outputTokens: row[5],
          thoughtTokens: row[6],
          isEstimated: row[7],
          cost: priced == count ? row[8] : nil
        ),
        waitMicroseconds: row[10]
      )
    }
  }

  /// How many steps that asked a model came to what.
  package func modelSteps() throws(JournalError) -> [ModelStepCount] {
    try read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT substr(json_extract(operators, '$[0]'), 7), outcome, coalesce(limit_passed, ''), registration,
            count(*)
          FROM step WHERE operators LIKE '["model:%' GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
          """
      ).map { row in
        guard let registration = Registration(rawValue: row[3]) else {
          throw damaged("registration \(row[3] as String)")
        }
        return ModelStepCount(
          model: row[0],
          outcome: row[1],
          detail: row[2],
          registration: registration,
          steps: row[4]
        )
      }
    }
  }

  /// How many programs of each model were better than all before them in the run, in order of program number.
  package func modelImprovements() throws(JournalError) -> [String: Int] {
    try read { db in
      var best = try Double.fetchOne(db, sql: "SELECT total FROM founder") ?? -.infinity
      var counts: [String: Int] = [:]
      let rows = try Row.fetchCursor(
        db,
        sql: """
          SELECT total, iif(operators LIKE '["model:%', substr(json_extract(operators, '$[0]'), 7), NULL)
          FROM step JOIN claim ON claim.program = step.program ORDER BY step.program
          """
      )
      while let row = try rows.next() {
        let total: Double = row[0]
        guard total > best else { continue }
        best = total
        if let model: String = row[1] { counts[model, default: 0] += 1 }
      }
      return counts
    }
  }

  /// Programs that were run in the sandbox.
  package func evaluations() throws(JournalError) -> Int {
    try read {
      try Int.fetchOne(
        $0,
        sql: "SELECT count(*) FROM step WHERE reused = 0 AND outcome <> 'discarded'"
      ) ?? 0
    }
  }

  /// The number of the latest call; 0 where there is none.
  package func lastModelCall() throws(JournalError) -> Int {
    try read { db in
      guard try Self.hasModels(db) else { return 0 }
      return try Int.fetchOne(db, sql: "SELECT max(id) FROM model_call") ?? 0
    }
  }

  /// Format 2 and those before have no calls.
  private static func hasModels(_ db: Database) throws -> Bool {
    try db.tableExists("model_call")
  }

  private static let calls = """
    SELECT island, step, attempt, model, key, json, state, taken_from, CAST(text AS BLOB),
      CAST(thoughts AS BLOB), finish, version,
      wait_microseconds, error, message, tokens_prompt, tokens_cached, tokens_output, tokens_thought, estimated, cost
    FROM model_call JOIN model_request ON model_request.id = request
    """

  private func call(_ row: Row) throws -> JournaledCall {
    guard let state = JournaledCall.State(rawValue: row[6]) else {
      throw damaged("state \(row[6] as String)")
    }
    var answer: ModelAnswer?
    if let text: Data = row[8] {
      answer = ModelAnswer(
        text: String(decoding: text, as: UTF8.self),
        thoughts: (row[9] as Data?).map { String(decoding: $0, as: UTF8.self) } ?? "",
        finish: row[10] ?? "",
        version: row[11],
        waitMicroseconds: row[12]
      )
    }
    return JournaledCall(
      question: ModelQuestion(
        step: StepID(island: IslandID(row[0]), step: row[1]),
        attempt: row[2],
        model: row[3],
        key: row[4],
        request: row[5]
      ),
      state: state,
      takenFrom: row[7],
      answer: answer,
      failure: (row[13] as String?).map { ModelFailure(kind: $0, message: row[14] ?? "") },
      spend: ModelSpend(
        promptTokens: row[15],
        cachedTokens: row[16],
        outputTokens: row[17],
        thoughtTokens: row[18],
        isEstimated: row[19],
        cost: row[20]
      )
    )
  }
}

/// What the calls of one model that came to one state took together.
package struct ModelTotal: Hashable, Sendable {
  package let model: String
  package let state: JournaledCall.State
  package let calls: Int
  /// Without a cost when that of any is not known.
  package let spend: ModelSpend
  package let waitMicroseconds: Int
}

/// How many steps of one model came to one end.
package struct ModelStepCount: Hashable, Sendable {
  package let model: String
  /// `scored` or the kind of failure.
  package let outcome: String
  /// Of a discarded answer why; else of no matter here.
  package let detail: String
  package let registration: Registration
  package let steps: Int

  package init(model: String, outcome: String, detail: String, registration: Registration, steps: Int) {
    (self.model, self.outcome, self.detail) = (model, outcome, detail)
    (self.registration, self.steps) = (registration, steps)
  }
}
