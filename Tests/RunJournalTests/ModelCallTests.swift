import Foundation
import FunSearch
import RunJournal
import Testing

@Suite("Calls of models in a journal")
struct ModelCallTests {
  private func question(_ number: Int, model: String = "m") -> ModelQuestion {
    let digits = String(number, radix: 16)
    return ModelQuestion(
      step: StepID(island: IslandID(number % 4), step: number / 4),
      attempt: number % 3,
      model: model,
      key: String(repeating: "0", count: 64 - digits.count) + digits,
      request: "{\"turns\":[\(number / 2)]}"
    )
  }

  @Test("are counted the same bit by bit as all at once", arguments: 0..<20 as Range<UInt64>)
  func tally(seed: UInt64) throws {
    let folder = try TemporaryFolder()
    let journal = try newJournal(folder)
    let reader = try RunReader(folder.journal)
    var random = RandomStream(seed: seed, island: 0, step: 0, purpose: .tool)
    var tally = ModelTally()
    var open: [Int] = []
    for number in 1...60 {
      // Sums of quarters are exact in any order.
      let cost = random.chance(0.02) ? nil : Double(random.integer(below: 9)) / 4
      let spend = ModelSpend(promptTokens: random.integer(below: 90), outputTokens: number, cost: cost)
      let question = question(number, model: ["a", "b"][random.integer(below: 2)])
      open.append(try journal.ask(question, reserved: spend, wallTime: 0))
      while !open.isEmpty, random.chance(0.6) {
        let call = open.remove(at: random.integer(below: open.count))
        if random.chance(0.7) {
          try journal.answer(call, with: answer, spend: spend)
        } else {
          let failure = ModelFailure(kind: "deadline", message: "")
          try journal.close(call, as: random.chance(0.5) ? .failed : .refused, failure, spend: spend)
        }
      }
      if random.chance(0.02) {
        try journal.closeCallsOfEarlierSessions()
        open = []
      }
      if random.chance(0.3) {
        try tally.update(reader)
        #expect(try tally.totals == reader.modelTotals(), "after \(number)")
      }
    }
    try tally.update(reader)
    #expect(try tally.totals == reader.modelTotals())
    #expect(tally.totals.reduce(0) { $0 + $1.calls } == 60)
    #expect(try reader.lastModelCall() == 60)
  }

  private let reserved = ModelSpend(promptTokens: 50, outputTokens: 100, isEstimated: true, cost: 0.5)
  private let answer = ModelAnswer(
    text: "x = \"\u{0}\u{2028}é\"",
    thoughts: "hm",
    finish: "length",
    version: "m-1",
    waitMicroseconds: 1234
  )
  private let spend = ModelSpend(
    promptTokens: 40,
    cachedTokens: 4,
    outputTokens: 20,
    thoughtTokens: 5,
    cost: 0.1
  )

  @Test("are there as soon as they were asked and answered, whatever becomes of the process")
  func durable() throws {
    let folder = try TemporaryFolder()
    let journal = try newJournal(folder)
    let call = try journal.ask(question(1), reserved: reserved, wallTime: 7)
    func found() throws -> [JournaledCall] {
      // What a kill leaves: the file and its log, without a close.
      let after = try TemporaryFolder()
      for file in ["run.sqlite", "run.sqlite-wal"] {
        try FileManager.default.copyItem(atPath: folder.path + "/" + file, toPath: after.path + "/" + file)
      }
      var calls: [JournaledCall] = []
      try RunReader(after.journal).modelCalls { calls.append($0) }
      return calls
    }
    #expect(try found() == [JournaledCall(question: question(1), state: .asked, spend: reserved)])
    #expect(try RunReader(folder.journal).modelAnswers().isEmpty)
    try journal.answer(call, with: answer, spend: spend)
    let whole = JournaledCall(question: question(1), state: .answered, answer: answer, spend: spend)
    #expect(try found() == [whole])
    let reader = try RunReader(folder.journal)
    let number = try #require(try reader.modelAnswers()[question(1).key])
    #expect(try reader.modelCall(number) == whole)
    #expect(try reader.modelCalls(of: question(1).step) == [whole])
  }

  @Test("that were under way when a session ended are lost, and may be asked again")
  func lost() throws {
    let folder = try TemporaryFolder()
    let first = try newJournal(folder)
    _ = try first.ask(question(1), reserved: reserved, wallTime: 0)
    try first.close()
    let second = try SQLiteJournal.open(folder.journal, now: still())
    try second.closeCallsOfEarlierSessions()
    let again = try second.ask(question(1), reserved: reserved, wallTime: 0)
    try second.answer(again, with: answer, spend: spend)
    let refused = try second.ask(question(2), reserved: reserved, wallTime: 0)
    try second.close(
      refused,
      as: .refused,
      ModelFailure(kind: "quota", message: "used up"),
      spend: ModelSpend(cost: 0)
    )
    let failed = try second.ask(question(3), reserved: reserved, wallTime: 0)
    try second.close(failed, as: .failed, ModelFailure(kind: "deadline", message: "late"), spend: nil)
    let reader = try RunReader(folder.journal)
    var states: [JournaledCall.State] = []
    try reader.modelCalls { states.append($0.state) }
    #expect(states == [.lost, .answered, .refused, .failed])
    #expect(try Set(reader.modelAnswers().keys) == [question(1).key, question(3).key])
  }

  @Test("have one answer for a key")
  func unique() throws {
    let folder = try TemporaryFolder()
    let journal = try newJournal(folder)
    for place in 0..<2 {
      let call = try journal.ask(question(1), reserved: reserved, wallTime: 0)
      let found = message(folder) { try journal.answer(call, with: answer, spend: spend) }
      #expect(place == 0 ? found == "nothing was thrown" : found.contains("UNIQUE"), "\(found)")
    }
  }

  @Test("are summed up by model and state, those of other runs left out")
  func totals() throws {
    let folder = try TemporaryFolder()
    let journal = try newJournal(folder)
    for number in 1...6 {
      let call = try journal.ask(
        question(number, model: number < 4 ? "a" : "b"),
        reserved: reserved,
        wallTime: 0
      )
      if number != 6 { try journal.answer(call, with: answer, spend: number == 4 ? ModelSpend() : spend) }
    }
    try journal.keep(
      JournaledCall(
        question: question(9, model: "a"),
        state: .answered,
        takenFrom: "cap-set/0001",
        answer: answer,
        spend: spend
      ),
      wallTime: 0
    )
    let totals = try RunReader(folder.journal).modelTotals()
    #expect(totals.map(\.model) == ["a", "b", "b"] && totals.map(\.calls) == [3, 2, 1])
    #expect(totals[0].spend.promptTokens == 120 && totals[0].spend.outputTokens == 60)
    #expect(abs(try #require(totals[0].spend.cost) - 0.3) < 1e-12)
    #expect(totals[1].state == .answered && totals[1].spend.cost == nil, "one price is not known")
    #expect(totals[2].state == .asked && totals[2].spend == reserved)
  }

  @Test("survive the salvage of a damaged journal")
  func salvaged() throws {
    let folder = try TemporaryFolder()
    var records = RandomRecords(seed: 3)
    let journal = try newJournal(folder)
    try journal.append(records.events(40))
    for number in 1...5 {
      let call = try journal.ask(question(number), reserved: reserved, wallTime: 0)
      try journal.answer(call, with: answer, spend: spend)
    }
    try journal.close()
    _ = try Salvage.make(folder.journal, wallTime: 0)
    #expect(try RunReader(folder.journal).modelAnswers().count == 5)
  }
}
