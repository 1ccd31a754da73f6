import FunSearch

/// Puts the steps of islands, which run ahead of each other, into the order of their program numbers.
struct CanonicalOrder: Sendable {
  private let islands: Int
  /// Steps that wait for earlier ones of other islands, by program number.
  private var waiting: [Int: StepRecord] = [:]
  private var resets: [Int: ResetRecord] = [:]
  /// The last program that was handed on, and its epoch.
  private var last = 0
  private var epoch = 0

  init(islands: Int) {
    self.islands = islands
  }

  /// Takes what was committed, in the order in which it was.
  mutating func add(_ event: SearchEvent) {
    switch event {
    case .founded: break
    case .reset(let record): resets[record.epoch] = record
    case .committed(let record): waiting[record.step.program(islands: islands).number] = record
    }
  }

  /// The next program of the history, and the reset that stands before it; nil while it is not committed.
  mutating func next() -> (record: StepRecord, reset: ResetRecord?)? {
    guard let record = waiting.removeValue(forKey: last + 1) else { return nil }
    last += 1
    defer { epoch = record.epoch }
    return (record, record.epoch > epoch ? resets.removeValue(forKey: record.epoch) : nil)
  }
}
