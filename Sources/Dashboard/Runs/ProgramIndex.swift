package import RunJournal

/// What lists of programs are chosen, ordered and counted by, of every program of a run: 21 bytes each.
///
/// A journal that another process writes has no indexes but its keys, and a reader may not make any. So which
/// programs a page shows is decided here, and only these are read, by their key. The index takes steps in the order
/// they were committed and grows with the run.
package struct ProgramIndex: Sendable {
  package let islands: Int
  /// The last event taken.
  package private(set) var sequence = 0
  /// Number of steps taken.
  package private(set) var steps = 0
  /// Steps whose outcome was not known before.
  package private(set) var evaluations = 0
  /// Candidates an island had proposed before.
  package private(set) var duplicates = 0
  /// CPU time of all evaluations, in microseconds.
  package private(set) var cpuMicroseconds = 0
  /// Steps taken, by island.
  package private(set) var stepsByIsland: [Int]
  /// `scored` and the kinds of failure that occurred, and how often.
  package private(set) var outcomes = Names()
  /// Lists of operators that made programs, as in the journal, and how often.
  private(set) var makers = Names()
  /// The operators of each of these lists.
  private(set) var makerNames: [Set<String>] = []
  /// What came of the answers of models, and how often.
  private var answers: [ModelStepCount: Int] = [:]
  /// Highest epoch of a step.
  package private(set) var lastEpoch = 0

  /// Columns by program number; ``absent`` is the outcome of numbers that are not committed, as 0 always is.
  private(set) var outcome: [UInt8] = [absent]
  private(set) var epoch: [UInt32] = [0]
  private(set) var maker: [UInt32] = [0]
  private(set) var total: [Double] = [0]
  private(set) var cpu: [UInt32] = [0]
  /// Programs since ``takeFresh()``, for orders that are kept beside.
  private var fresh: [UInt32] = []

  static let absent = UInt8.max

  package init(islands: Int) {
    self.islands = islands
    stepsByIsland = Array(repeating: 0, count: islands)
  }

  /// The highest program number taken.
  package var lastProgram: Int { outcome.count - 1 }

  /// Takes the next step.
  package mutating func add(_ step: StepBrief) {
    let program = step.program
    guard program > 0 else { return }
    if program >= outcome.count { extend(to: program) }
    sequence = step.sequence
    steps += 1
    evaluations += step.isEvaluation ? 1 : 0
    duplicates += step.duplicates
    cpuMicroseconds += step.cpuMicroseconds
    stepsByIsland[island(of: program)] += 1
    lastEpoch = max(lastEpoch, step.epoch)
    outcome[program] = UInt8(truncatingIfNeeded: outcomes.note(step.outcome))
    maker[program] = UInt32(truncatingIfNeeded: makers.note(step.operators))
    if makerNames.count < makers.all.count { makerNames.append(Self.operators(of: step.operators)) }
    epoch[program] = UInt32(clamping: step.epoch)
    total[program] = step.total ?? .nan
    cpu[program] = UInt32(clamping: step.cpuMicroseconds)
    fresh.append(UInt32(clamping: program))
    if let answer = step.answer { answers[answer, default: 0] += 1 }
  }

  /// How many steps that asked a model came to what.
  package var modelSteps: [ModelStepCount] {
    answers.map { answer, steps in
      ModelStepCount(
        model: answer.model,
        outcome: answer.outcome,
        detail: answer.detail,
        registration: answer.registration,
        steps: steps
      )
    }
  }

  /// The island that proposed a program other than the specification's own.
  package func island(of program: Int) -> Int { (program - 1) % islands }

  /// Whether the program is committed.
  package func holds(_ program: Int) -> Bool {
    outcome.indices.contains(program) && outcome[program] != Self.absent
  }

  /// The score of a program; nil for failures and for what is not committed.
  package func score(of program: Int) -> Double? {
    guard holds(program), !total[program].isNaN else { return nil }
    return total[program]
  }

  /// Programs added since the last call.
  mutating func takeFresh() -> [UInt32] {
    defer { fresh.removeAll(keepingCapacity: true) }
    return fresh
  }

  private mutating func extend(to program: Int) {
    let count = program + 1 - outcome.count
    outcome.append(contentsOf: repeatElement(Self.absent, count: count))
    epoch.append(contentsOf: repeatElement(0, count: count))
    maker.append(contentsOf: repeatElement(0, count: count))
    total.append(contentsOf: repeatElement(.nan, count: count))
    cpu.append(contentsOf: repeatElement(0, count: count))
  }

  /// Texts that recur, numbered as they come, with how often they came.
  package struct Names: Sendable {
    package private(set) var all: [String] = []
    package private(set) var counts: [Int] = []
    private var numbers: [String: Int] = [:]

    /// How often a text came.
    package func count(of text: String) -> Int { numbers[text].map { counts[$0] } ?? 0 }

    func number(of text: String) -> Int? { numbers[text] }

    fileprivate mutating func note(_ text: String) -> Int {
      if let number = numbers[text] {
        counts[number] += 1
        return number
      }
      let number = all.count
      numbers[text] = number
      all.append(text)
      counts.append(1)
      return number
    }
  }
}
