import Experiment
import Foundation
import FunSearch
import FunSearchTestSupport
import PythonSyntax
import RunJournal

/// A Results folder that is gone when the test ends.
final class ToyResults: Sendable {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.path + "/dashboard-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  var folder: ResultsFolder { ResultsFolder(path: path) }

  /// A run of `steps` steps, written and closed.
  func make(_ problem: String = "toy", _ name: String = "0001", steps: Int = 300) throws -> ToyRun {
    let run = try ToyRun(self, problem, name)
    try run.grow(to: steps)
    return run
  }
}

/// A run whose steps are a function of their number, written as a search would write it.
final class ToyRun {
  static let islands = 3
  /// What a hostile program would like a page to do with it.
  static let hostile = "</pre><script>alert('x')</script><img src=x onerror=alert(1)>&amp;\u{202E}"

  let folder: RunFolder
  private(set) var steps: [StepRecord] = []
  private let journal: SQLiteJournal
  private var best: [Double] = Array(repeating: 0, count: islands)

  init(_ results: ToyResults, _ problem: String, _ name: String) throws {
    let path = "\(results.path)/\(problem)/\(name)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    folder = RunFolder(path: path, problem: problem, name: name)
    let instant = ContinuousClock.now
    journal = try SQLiteJournal.create(
      folder.journal,
      islands: Self.islands,
      metadata: ["problem": problem, "search.seed": "7", "run.steps": "1000", "search.epoch_steps": "40"],
      now: { instant }
    )
    try journal.record(RunEvent(.started, wallTime: 1_700_000_000))
    try journal.append([.founded(.zero)])
  }

  /// Adds steps until there are `count`, with a meeting of the islands after every 120.
  func grow(to count: Int) throws {
    let first = steps.count
    while steps.count < count {
      let number = steps.count
      if number > 0, number.isMultiple(of: 40 * Self.islands) {
        let epoch = number / 40 / Self.islands
        let founding = Founding(island: IslandID(epoch % Self.islands), from: nil, founder: .founder)
        best[epoch % Self.islands] = 0
        try journal.append([.reset(ResetRecord(epoch: epoch, foundings: [founding]))])
      }
      let record = step(number)
      steps.append(record)
      try journal.append([.committed(record)])
    }
    try journal.flush()
    for number in first..<max(first, count) where Self.asksModel(number) { try ask(steps[number].step) }
  }

  /// Name of the model that some steps ask.
  static let model = "stub<b>"
  /// What each of its answers takes.
  static let spend = ModelSpend(promptTokens: 1000, outputTokens: 100, thoughtTokens: 10, cost: 0.25)

  /// Whether the step with this number, from 0, is answered by a model.
  static func asksModel(_ number: Int) -> Bool { number % 17 == 5 || number % 7 == 3 }

  private func ask(_ step: StepID) throws {
    let number = step.program(islands: Self.islands).number
    let text = #"{"model":"m","system":"sys \#(number)","turns":[{"role":"user","text":"<i>better?</i>"}]}"#
    let question = ModelQuestion(
      step: step,
      attempt: 0,
      model: Self.model,
      key: String(repeating: "0", count: 56) + String(10_000_000 + number),
      request: text
    )
    let call = try journal.ask(question, reserved: Self.spend, wallTime: 0)
    let answer = ModelAnswer(
      text: "Reply \(number): \(Self.hostile)",
      thoughts: "hm",
      finish: "stop",
      version: nil,
      waitMicroseconds: 1_500_000
    )
    try journal.answer(call, with: answer, spend: Self.spend)
  }

  /// Notes the run's end.
  func finish() throws {
    try journal.record(RunEvent(.finished, wallTime: 1_700_000_100, detail: "100", digest: "0f"))
    try journal.close()
  }

  private func step(_ number: Int) -> StepRecord {
    var random = RandomStream(seed: 1, island: 0, step: number, purpose: .tool)
    let island = number % Self.islands
    let function = FunctionDefinition.returning(random.integer(below: 10_000))
    let score = Double(random.integer(below: 20 + number / 10))
    let isHostile = number % 17 == 5
    var outcome = Outcome.scored(Scores(perInput: [score, score + 1], total: score))
    if random.chance(0.3) {
      let kind = random.element(of: [FailureKind.exception, .timeout, .invalidScore])
      outcome = .failed(Failure(kind, isHostile ? Self.hostile : "ValueError: \(number)", line: 2))
    }
    var claim: Claim?
    if let total = outcome.total, total > best[island] {
      best[island] = total
      claim = Claim(verified: number.isMultiple(of: 2), artifacts: ["[\(number)]"])
    }
    let operators = ["insert", "delete", "found-table", "a \"quoted\" one"]
    return StepRecord(
      step: StepID(island: IslandID(island), step: number / Self.islands),
      epoch: number / 40 / Self.islands,
      redraws: random.integer(below: 3),
      parents: number < 6 ? [.founder] : [ProgramID(number - 5), ProgramID(number - 3)],
      operators: Self.asksModel(number)
        ? [Candidate.modelOperator(Self.model)]
        : (0...random.integer(below: 2)).map { _ in random.element(of: operators) },
      hash: function.contentHash(support: []),
      source: isHostile ? "x = \"\(Self.hostile)\"  # \(Self.hostile)\n" : function.source(),
      encodedFunction: function.encoded(),
      encodedSupport: [],
      outcome: outcome,
      reused: random.chance(0.1),
      registration: outcome.total == nil ? .failed : .joinedCluster,
      claim: claim,
      cpuMicroseconds: random.integer(below: 500),
      wallMicroseconds: 600
    )
  }
}
