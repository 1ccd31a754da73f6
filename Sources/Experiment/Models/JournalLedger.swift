import Foundation
import FunSearch
import LanguageModels
import RunJournal

/// Keeps questions and answers in the run's journal, and takes from there what was answered before; in a replay from
/// another run's.
final class JournalLedger: ModelLedger {
  private let journal: SQLiteJournal
  private let own: RecordedModels
  /// The run whose answers are taken; nil where models are asked.
  private let source: RecordedModels?

  init(journal: SQLiteJournal, own: RecordedModels, source: RecordedModels?) {
    self.journal = journal
    self.own = own
    self.source = source
  }

  func recorded(_ call: PlannedCall) throws -> RecordedAnswer? {
    if let known = try own.call(call) { return RecordedAnswer(known) }
    guard let source else { return nil }
    guard var known = try source.call(call) else { throw try source.missing(call) }
    known.takenFrom = known.takenFrom ?? source.name
    try journal.keep(known, wallTime: Date().timeIntervalSince1970)
    return RecordedAnswer(known)
  }

  func asked(_ call: PlannedCall, reserved: ModelSpending) throws -> Int {
    try journal.ask(
      ModelQuestion(call),
      reserved: ModelSpend(reserved),
      wallTime: Date().timeIntervalSince1970
    )
  }

  func answered(_ number: Int, _ reply: ModelReply, spent: ModelSpending, waited: Duration) throws {
    let answer = ModelAnswer(
      text: reply.text,
      thoughts: reply.thoughts,
      finish: reply.finish.journaled,
      version: reply.version,
      waitMicroseconds: Int(waited / .microseconds(1))
    )
    try journal.answer(number, with: answer, spend: ModelSpend(spent))
  }

  func unanswered(
    _ number: Int,
    _ error: ModelError,
    _ consequence: CallConsequence,
    spent: ModelSpending
  ) throws {
    let state: JournaledCall.State =
      switch consequence {
      case .discarded: .failed
      case .refused: .refused
      case .lost: .lost
      }
    let failure = ModelFailure(kind: error.kind.rawValue, message: error.message)
    try journal.close(number, as: state, failure, spend: ModelSpend(spent))
  }
}

/// Takes answers from a run's journal alone, and writes nothing.
struct ReplayLedger: ModelLedger {
  let record: RecordedModels

  func recorded(_ call: PlannedCall) throws -> RecordedAnswer? {
    guard let known = try record.call(call) else { throw try record.missing(call) }
    return RecordedAnswer(known)
  }

  func asked(_ call: PlannedCall, reserved: ModelSpending) throws -> Int { throw try record.missing(call) }

  func answered(_ number: Int, _ reply: ModelReply, spent: ModelSpending, waited: Duration) throws {}

  func unanswered(
    _ number: Int,
    _ error: ModelError,
    _ consequence: CallConsequence,
    spent: ModelSpending
  ) throws {}
}

extension ModelQuestion {
  init(_ call: PlannedCall) {
    self.init(step: call.step, attempt: call.attempt, model: call.model, key: call.key, request: call.json)
  }
}

extension ModelSpend {
  init(_ spending: ModelSpending) {
    self.init(
      promptTokens: spending.usage.prompt,
      cachedTokens: spending.usage.cached,
      outputTokens: spending.usage.output,
      thoughtTokens: spending.usage.thoughts,
      isEstimated: spending.usage.isEstimated,
      cost: spending.cost
    )
  }
}
