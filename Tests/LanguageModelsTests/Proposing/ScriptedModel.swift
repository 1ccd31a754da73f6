import FunSearch
import FunSearchTestSupport
import LanguageModels
import PythonSyntax
import Synchronization

/// A model that answers by a function of the request and of how often it was asked, after some yields.
final class ScriptedModel: LanguageModel {
  let name: String
  private let delays: UInt64
  private let script: @Sendable (ModelRequest, Int) -> Result<ModelReply, ModelError>
  private let asked = Mutex(0)
  private let answers: Int
  private let hangs: @Sendable () -> Void

  init(
    _ name: String = "scripted",
    delays: UInt64 = 0,
    script: @escaping @Sendable (ModelRequest, Int) -> Result<ModelReply, ModelError>,
    hangingAfter answers: Int = .max,
    hangs: @escaping @Sendable () -> Void = {}
  ) {
    self.name = name
    self.delays = delays
    self.script = script
    self.answers = answers
    self.hangs = hangs
  }

  /// How often it was asked.
  var calls: Int { asked.withLock { $0 } }

  func answer(_ request: ModelRequest) async throws(ModelError) -> ModelReply {
    let number = asked.withLock { asked in
      asked += 1
      return asked
    }
    if number > answers {
      hangs()
      while !Task.isCancelled { await Task.yield() }
      throw ModelError(.cancelled, "given up")
    }
    var stream = RandomStream(seed: delays, island: 0, step: request.sample, purpose: .tool)
    for _ in 0..<stream.integer(below: 50) { await Task.yield() }
    return try script(request, number).get()
  }

  /// Answers with a number that depends on the request alone, and now and then with words.
  static func steady(_ request: ModelRequest, _: Int) -> Result<ModelReply, ModelError> {
    var stream = RandomStream(seed: 5, island: 1, step: request.sample, purpose: .tool)
    let usage = TokenUsage(prompt: 100, output: 10)
    if stream.chance(0.2) { return .success(ModelReply(text: "no idea", usage: usage)) }
    let shown = Int(request.turns.last?.text.split(separator: " ").last ?? "") ?? 0
    return .success(ModelReply(text: String(max(0, shown + stream.integer(below: 40) - 12)), usage: usage))
  }

  /// Answers in the order in which it is asked, which is another in every session.
  static func fickle(_ request: ModelRequest, _ number: Int) -> Result<ModelReply, ModelError> {
    .success(ModelReply(text: String(number * 7919 % 500), usage: TokenUsage(prompt: 100, output: 10)))
  }
}

/// Set once and for all.
final class Flag: Sendable {
  private let state = Mutex(false)
  var isSet: Bool { state.withLock { $0 } }
  func set() { state.withLock { $0 = true } }
}

/// Asks for a number better than those of the versions.
struct NumberWriter: RequestWriter {
  func question(for prompt: Prompt) throws -> (system: String?, turns: [ModelTurn]) {
    let numbers = try prompt.versions.map { String(try ProgramCode($0).function.returnedNumber) }
    return ("Better.", [ModelTurn(role: .user, text: numbers.joined(separator: " "))])
  }
}

/// Takes a reply that is a number for the program that returns it.
struct NumberExtractor: ReplyExtractor {
  func extract(_ reply: ModelReply, prompt: Prompt) async throws -> Extraction {
    guard let number = Int(reply.text) else { return .discarded(Discard(.noCode, "no number")) }
    let function = FunctionDefinition.returning(number)
    return .candidate(
      ExtractedProgram(code: ProgramCode(function: function), module: [.function(function)], marks: [])
    )
  }
}

/// Keeps calls in memory.
final class MemoryLedger: ModelLedger {
  struct Entry {
    let call: PlannedCall
    var answer: RecordedAnswer?
    var consequence: CallConsequence?
  }

  private let state = Mutex<[Entry]>([])
  private let isComplete: Bool

  /// - Parameters:
  ///   - record: what was answered before.
  ///   - isComplete: nothing that is not recorded may be asked.
  init(_ record: [Entry] = [], isComplete: Bool = false) {
    state.withLock { $0 = record }
    self.isComplete = isComplete
  }

  var entries: [Entry] { state.withLock { $0 } }
  var answered: [Entry] { entries.filter { $0.answer != nil } }

  func recorded(_ call: PlannedCall) throws -> RecordedAnswer? {
    let answer = state.withLock { $0.first { $0.call.key == call.key && $0.answer != nil }?.answer }
    if isComplete, answer == nil { throw ModelError(.notRecorded, "\(call.step)") }
    return answer
  }

  func asked(_ call: PlannedCall, reserved: ModelSpending) throws -> Int {
    state.withLock { state in
      state.append(Entry(call: call))
      return state.count - 1
    }
  }

  func answered(_ number: Int, _ reply: ModelReply, spent: ModelSpending, waited: Duration) throws {
    state.withLock { $0[number].answer = .reply(reply) }
  }

  func unanswered(
    _ number: Int,
    _ error: ModelError,
    _ consequence: CallConsequence,
    spent: ModelSpending
  ) throws {
    state.withLock { state in
      state[number].consequence = consequence
      if consequence == .discarded { state[number].answer = .none("\(error.kind.rawValue): \(error)") }
    }
  }
}
