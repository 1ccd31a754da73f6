import Foundation
import FunSearch
import GRDB

/// Calls of language models are committed one by one and at once, since they cost money: a question before it is
/// sent, an answer before anything is made of it.
extension SQLiteJournal {
  /// Notes a question that is about to be sent.
  ///
  /// - Parameters:
  ///   - question: what is asked.
  ///   - reserved: what the call may take at most, kept until it is known.
  ///   - wallTime: seconds since 1970, for information only.
  /// - Returns: the number of the call.
  /// - Throws: ``JournalError`` when it cannot be written; then nothing may be sent.
  package func ask(
    _ question: ModelQuestion,
    reserved: ModelSpend,
    wallTime: Double
  ) throws(JournalError) -> Int {
    try insert(JournaledCall(question: question, state: .asked, spend: reserved), wallTime: wallTime)
  }

  /// Keeps a call of another run.
  package func keep(_ call: JournaledCall, wallTime: Double) throws(JournalError) {
    _ = try insert(call, wallTime: wallTime)
  }

  /// Notes the answer to a question, before it is used.
  package func answer(_ call: Int, with answer: ModelAnswer, spend: ModelSpend) throws(JournalError) {
    try JournalError.wrapping(path) {
      try queue.write { db in
        try db.execute(
          sql: """
            UPDATE model_call SET state = 'answered', text = \(Self.text), thoughts = \(Self.text), finish = ?, version = ?,
              tokens_prompt = ?, tokens_cached = ?, tokens_output = ?, tokens_thought = ?, estimated = ?,
              cost = ?, wait_microseconds = ?
            WHERE id = ?
            """,
          arguments: [
            Self.bytes(answer.text), Self.bytes(answer.thoughts), answer.finish, answer.version,
            spend.promptTokens,
            spend.cachedTokens,
            spend.outputTokens, spend.thoughtTokens, spend.isEstimated, spend.cost, answer.waitMicroseconds,
            call,
          ]
        )
      }
    }
  }

  /// Notes that a question has no answer.
  ///
  /// - Parameters:
  ///   - call: its number.
  ///   - state: `failed`, `refused` or `lost`.
  ///   - failure: why.
  ///   - spend: what it took; nil leaves what was set aside.
  /// - Throws: ``JournalError`` when the file refuses.
  package func close(
    _ call: Int,
    as state: JournaledCall.State,
    _ failure: ModelFailure,
    spend: ModelSpend?
  ) throws(JournalError) {
    try JournalError.wrapping(path) {
      try queue.write { db in
        try db.execute(
          sql: "UPDATE model_call SET state = ?, error = ?, message = ? WHERE id = ?",
          arguments: [state.rawValue, failure.kind, failure.message, call]
        )
        guard let spend else { return }
        try db.execute(
          sql: """
            UPDATE model_call SET tokens_prompt = ?, tokens_cached = ?, tokens_output = ?, tokens_thought = ?,
              estimated = ?, cost = ?
            WHERE id = ?
            """,
          arguments: [
            spend.promptTokens, spend.cachedTokens, spend.outputTokens, spend.thoughtTokens,
            spend.isEstimated,
            spend.cost, call,
          ]
        )
      }
    }
  }

  /// Notes, when a run is gone on with, that what an earlier session had under way has no answer.
  package func closeCallsOfEarlierSessions() throws(JournalError) {
    try JournalError.wrapping(path) {
      try queue.write { try $0.execute(sql: "UPDATE model_call SET state = 'lost' WHERE state = 'asked'") }
    }
  }

  private func insert(_ call: JournaledCall, wallTime: Double) throws(JournalError) -> Int {
    try JournalError.wrapping(path) {
      try queue.write { db in
        let request = try Self.request(call.question.request, db)
        let (question, answer, spend) = (call.question, call.answer, call.spend)
        try db.execute(
          sql: """
            INSERT INTO model_call (key, island, step, attempt, model, request, state, taken_from, text, thoughts,
              finish, version, error, message, tokens_prompt, tokens_cached, tokens_output, tokens_thought,
              estimated, cost, wait_microseconds, wall_time)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, \(Self.text), \(Self.text), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
          arguments: [
            question.key, question.step.island.number, question.step.step, question.attempt, question.model,
            request,
            call.state.rawValue, call.takenFrom,
            answer.map { Self.bytes($0.text) }, answer.map { Self.bytes($0.thoughts) }, answer?.finish,
            answer?.version,
            call.failure?.kind, call.failure?.message, spend.promptTokens, spend.cachedTokens,
            spend.outputTokens,
            spend.thoughtTokens, spend.isEstimated, spend.cost, answer?.waitMicroseconds ?? 0, wallTime,
          ]
        )
        return Int(db.lastInsertedRowID)
      }
    }
  }

  /// A text given as bytes, so that zero characters are kept, as ``bytes(_:)`` has them.
  private static let text = "CAST(? AS TEXT)"

  private static func bytes(_ text: String) -> Data { Data(text.utf8) }

  /// The row of a request; samples of one prompt mostly follow each other, so that the last few are looked at.
  private static func request(_ json: String, _ db: Database) throws -> Int {
    let known = try Int.fetchOne(
      db,
      sql: "SELECT id FROM (SELECT id, json FROM model_request ORDER BY id DESC LIMIT 64) WHERE json = ?",
      arguments: [json]
    )
    if let known { return known }
    try db.execute(sql: "INSERT INTO model_request (json) VALUES (?)", arguments: [json])
    return Int(db.lastInsertedRowID)
  }
}
