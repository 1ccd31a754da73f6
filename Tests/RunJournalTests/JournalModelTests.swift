import Foundation
import FunSearch
import PythonSyntax
import RunJournal
import Testing

/// What a journal is, as a plain array.
private struct Model {
  var events: [SearchEvent] = []
  /// Events that a kill would leave.
  var durable = 0
  let islands = 4
  let group: Int

  mutating func append(_ added: [SearchEvent]) {
    guard !added.isEmpty else { return }
    events += added
    if events.count - durable >= group { durable = events.count }
  }

  var steps: [StepRecord] {
    events.prefix(durable).compactMap { if case .committed(let step) = $0 { step } else { nil } }
  }

  func number(_ step: StepRecord) -> Int { step.step.program(islands: islands).number }

  var historyLength: Int {
    let programs = Set(steps.map(number))
    return (1...).first { !programs.contains($0) }.map { $0 - 1 } ?? 0
  }

  /// Numbers of scored programs, best first.
  func top(_ limit: Int, island: Int?) -> [Int] {
    steps.filter { $0.outcome.total != nil && (island == nil || $0.step.island.number == island) }
      .sorted { ($1.outcome.total ?? 0, number($0)) < ($0.outcome.total ?? 0, number($1)) }
      .prefix(limit).map(number)
  }
}

@Suite("A journal against a plain array")
struct JournalModelTests {
  @Test("answers the same whatever is done to it, kills included", arguments: 0..<25 as Range<UInt64>)
  func answersTheSame(seed: UInt64) throws {
    let folder = try TemporaryFolder()
    var random = RandomStream(seed: seed, island: 0, step: 0, purpose: .tool)
    var records = RandomRecords(seed: seed)
    var model = Model(group: 1 + random.integer(below: 12))
    var path = folder.journal
    var journal = try create(path, group: model.group)
    model.append([.founded(records.founder())])
    try journal.append(model.events)
    for round in 0..<40 {
      switch random.integer(below: 10) {
      case 0..<5:
        let added = (0..<random.integer(below: 9)).map { _ in SearchEvent.committed(records.step()) }
        model.append(added)
        try journal.append(added)
      case 5:
        let reset = SearchEvent.reset(records.reset())
        model.append([reset])
        try journal.append([reset])
      case 6:
        try journal.flush()
        model.durable = model.events.count
      case 7:
        try journal.record(RunEvent(.resumed, wallTime: 0), changing: ["key": "\(round)"])
        model.durable = model.events.count
      case 8:
        try journal.close()
        model.durable = model.events.count
        journal = try SQLiteJournal.open(path, grouping: .init(events: model.group), now: still())
      default:
        // A kill: what is on the disk goes on elsewhere, and what was collected is proposed again.
        let next = "\(folder.path)/after-\(round).sqlite"
        for end in ["", "-wal"] where FileManager.default.fileExists(atPath: path + end) {
          try FileManager.default.copyItem(atPath: path + end, toPath: next + end)
        }
        path = next
        journal = try SQLiteJournal.open(path, grouping: .init(events: model.group), now: still())
        let lost = Array(model.events[model.durable...])
        model.events.removeLast(lost.count)
        model.append(lost)
        try journal.append(lost)
      }
      try check(model, path, &random)
    }
  }

  private func create(_ path: String, group: Int) throws -> SQLiteJournal {
    try SQLiteJournal.create(path, islands: 4, metadata: [:], grouping: .init(events: group), now: still())
  }

  private func check(_ model: Model, _ path: String, _ random: inout RandomStream) throws {
    let reader = try RunReader(path)
    #expect(difference(try journaled(path), model.events.prefix(model.durable)) == nil)
    let steps = model.steps
    #expect(try reader.count() == steps.count)
    #expect(try reader.historyLength(target: nil) == model.historyLength)
    #expect(try reader.lastProgram() == steps.map(model.number).max() ?? 0)
    let island = random.integer(below: model.islands)
    #expect(
      try reader.top(5, of: .init(island: island)).map(model.number) == model.top(5, island: island)
    )
    var listed: [Int] = []
    try reader.steps(.init(island: island, outcome: "failed"), latest: 6, withSources: false) {
      listed.append(model.number($0))
    }
    let failed = steps.filter { $0.outcome.total == nil && $0.step.island.number == island }
    #expect(listed == failed.map(model.number).sorted().suffix(6))
    guard !steps.isEmpty else { return }
    let one = random.element(of: steps)
    let read = try #require(try reader.step(ProgramID(model.number(one))))
    #expect(described(.committed(read)) == described(.committed(one)))
  }
}

@Suite("The log beside a journal")
struct WriteAheadLogTests {
  @Test("tells how much of its end is torn, wherever it is cut")
  func tellsTorn() throws {
    let folder = try TemporaryFolder()
    var records = RandomRecords(seed: 4)
    let journal = try newJournal(folder, group: 8)
    for event in records.events(60) { try journal.append([event]) }
    let file = folder.journal + "-wal"
    let log = try Data(contentsOf: URL(fileURLWithPath: file))
    #expect(WriteAheadLog.tornBytes(folder.journal) == 0)
    let copy = folder.path + "/copy.sqlite"
    #expect(WriteAheadLog.tornBytes(copy) == 0)
    var whole: Set<Int> = []
    for cut in stride(from: 0, through: log.count, by: log.count / 40) {
      try log.prefix(cut).write(to: URL(fileURLWithPath: copy + "-wal"))
      let torn = WriteAheadLog.tornBytes(copy)
      #expect(torn >= 0 && torn <= cut)
      whole.insert(cut - torn)
    }
    // What is left is always one of the few whole commits.
    #expect(whole.count <= 61 / 8 + 3, "\(whole.sorted())")
    var flipped = log
    flipped[log.count - 100] ^= 1
    try flipped.write(to: URL(fileURLWithPath: copy + "-wal"))
    #expect(WriteAheadLog.tornBytes(copy) > 0)
  }
}
