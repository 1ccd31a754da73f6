import Foundation
import FunSearch
import FunSearchTestSupport
import PythonSyntax
import RunJournal
import Testing

@testable import Experiment

@Suite("The digest of a history")
struct HistoryDigestTests {
  private static let islands = 3

  /// The Python program in Documentation/History.md.
  private static var recomputation: String {
    get throws {
      let root = URL(fileURLWithPath: #filePath).appendingPathComponent("../../..").standardizedFileURL
      let text = try String(
        contentsOf: root.appendingPathComponent("Documentation/History.md"),
        encoding: .utf8
      )
      let block = try #require(text.split(separator: "```python\n").last?.split(separator: "\n```").first)
      return String(block)
    }
  }

  /// What the program in the documentation prints for a journal.
  private static func recomputed(_ journal: String) throws -> String {
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", "-c", try recomputation, journal]
    process.standardOutput = output
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return text.trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// A step of which everything depends on its number and the seed.
  private static func record(_ program: Int, seed: UInt64) -> StepRecord {
    var random = RandomStream(seed: seed, island: 0, step: program, purpose: .tool)
    let outcomes: [Outcome] = [
      .scored(Scores(perInput: [-0.0, 0.1], total: -0.0)),
      .scored(Scores(perInput: [1e300, .leastNonzeroMagnitude], total: 1 / 3, behaviour: "a behaviour")),
      .scored(Scores(perInput: [Double(random.integer(below: 1000)), 7], total: 512)),
      .failed(Failure(.exception, "ZeroDivisionError: division by zero", line: 3, input: 0)),
      .failed(Failure(.invalidScore, "nan")),
    ]
    let outcome = outcomes[random.integer(below: outcomes.count)]
    let code = FunctionDefinition.returning(random.integer(below: 20))
    let step = (program - 1) / islands
    return StepRecord(
      step: StepID(island: IslandID((program - 1) % islands), step: step),
      epoch: step / 4,
      redraws: random.integer(below: 3),
      parents: (0..<random.integer(below: 3)).map { ProgramID($0 * program) },
      operators: ["point", "a \"quoted\" one", "constant"].dropLast(random.integer(below: 4)).map { $0 },
      hash: code.contentHash(support: []),
      source: code.source(),
      encodedFunction: code.encoded(),
      encodedSupport: [],
      outcome: outcome,
      reused: random.integer(below: 2) == 0,
      registration: outcome.total == nil ? .failed : .joinedCluster,
      claim: outcome.total == 512 ? Claim(verified: true, artifacts: ["[1]", "[2]"]) : nil,
      cpuMicroseconds: random.integer(below: 1000),
      wallMicroseconds: random.integer(below: 1000)
    )
  }

  private static func reset(_ epoch: Int) -> SearchEvent {
    .reset(
      ResetRecord(
        epoch: epoch,
        foundings: epoch == 2
          ? []
          : [
            Founding(island: IslandID(2), from: nil, founder: .founder),
            Founding(island: IslandID(0), from: IslandID(1), founder: ProgramID(epoch)),
          ]
      )
    )
  }

  /// The history as one worker would commit it.
  private static func events(steps: Int, seed: UInt64) -> [SearchEvent] {
    var events: [SearchEvent] = [.founded(.zero)]
    for program in 1...steps {
      let record = record(program, seed: seed)
      if record.step.island.number == 0, record.step.step % 4 == 0, record.epoch > 0 {
        events.append(reset(record.epoch))
      }
      events.append(.committed(record))
    }
    return events
  }

  private static func journal(
    _ events: [SearchEvent],
    in folder: TemporaryFolder,
    name: String,
    target: String = "unlimited"
  ) throws -> String {
    let path = "\(folder.path)/\(name).sqlite"
    let journal = try SQLiteJournal.create(
      path,
      islands: islands,
      metadata: ["run.target": target],
      now: { ContinuousClock.now }
    )
    try journal.append(events)
    try journal.close()
    return path
  }

  private static func summary(_ path: String, target: Double? = nil) throws -> HistorySummary {
    try HistorySummary(try RunReader(path), target: target)
  }

  @Test("is what the documented Python program computes from the journal", arguments: 0..<6 as Range<UInt64>)
  func isAsDocumented(_ seed: UInt64) throws {
    let folder = try TemporaryFolder()
    let path = try Self.journal(Self.events(steps: 41, seed: seed), in: folder, name: "a")
    let summary = try Self.summary(path)
    #expect(summary.tally.steps == 41)
    #expect(try Self.recomputed(path) == summary.digest)
  }

  @Test("does not depend on the order of commits within an epoch")
  func isIndependentOfOrder() throws {
    let folder = try TemporaryFolder()
    let events = Self.events(steps: 24, seed: 1)
    let digest = try Self.summary(try Self.journal(events, in: folder, name: "a")).digest
    // Island by island within each epoch of 12 programs.
    var shuffled: [SearchEvent] = []
    var epoch: [SearchEvent] = []
    func closeEpoch() {
      for island in (0..<Self.islands).reversed() {
        shuffled += epoch.filter {
          if case .committed(let record) = $0 { record.step.island.number == island } else { false }
        }
      }
      epoch = []
    }
    for event in events {
      if case .committed = event { epoch.append(event) } else { closeEpoch(); shuffled.append(event) }
    }
    closeEpoch()
    #expect(shuffled.count == events.count)
    let path = try Self.journal(shuffled, in: folder, name: "b")
    #expect(try Self.summary(path).digest == digest)
    #expect(try Self.recomputed(path) == digest)
  }

  @Test("ends before the first gap")
  func endsBeforeGap() throws {
    let folder = try TemporaryFolder()
    let events = Self.events(steps: 9, seed: 2)
    let gap = try Self.journal(Array(events[...5] + events[7...]), in: folder, name: "gap")
    let whole = try Self.journal(Array(events[...5]), in: folder, name: "whole")
    #expect(try Self.summary(gap).tally.steps == 5)
    let digest = try Self.summary(whole).digest
    #expect(try Self.summary(gap).digest == digest)
    #expect(try Self.recomputed(gap) == digest)
  }

  @Test("ends at the first confirmed program that reached the target")
  func endsAtTarget() throws {
    let folder = try TemporaryFolder()
    let path = try Self.journal(Self.events(steps: 30, seed: 3), in: folder, name: "a", target: "512.0")
    let first = try #require((1...30).first { Self.record($0, seed: 3).outcome.total == 512 })
    let summary = try Self.summary(path, target: 512)
    #expect(summary.tally.steps == first && summary.tally.best.program == ProgramID(first))
    #expect(try Self.recomputed(path) == summary.digest)
  }

  @Test("is the same when it is taken while the run grows", arguments: [nil, 512] as [Double?])
  func growsWithTheRun(_ target: Double?) throws {
    let folder = try TemporaryFolder()
    let events = Self.events(steps: 41, seed: 3)
    var fold = HistoryFold(founder: .zero, islands: Self.islands, target: target)
    for (count, event) in events.enumerated() {
      fold.add(event)
      guard count % 7 == 0 else { continue }
      let name = "first-\(count)-\(target ?? 0)"
      let written = try Self.summary(
        try Self.journal(Array(events[...count]), in: folder, name: name),
        target: target
      )
      #expect(fold.summary.digest == written.digest)
      #expect(fold.summary.tally.steps == written.tally.steps)
      #expect(fold.summary.tally.best == written.tally.best)
    }
  }

  @Test("waits for the steps of islands that are behind")
  func waits() {
    let steps = Self.events(steps: 24, seed: 5).filter { if case .committed = $0 { true } else { false } }
    var inOrder = HistoryFold(founder: .zero, islands: Self.islands, target: nil)
    for step in steps { inOrder.add(step) }
    var behind = HistoryFold(founder: .zero, islands: Self.islands, target: nil)
    for first in [2, 1] {
      for place in stride(from: first, to: steps.count, by: Self.islands) { behind.add(steps[place]) }
    }
    #expect(behind.summary.tally.steps == 0)
    behind.add(steps[0])
    #expect(behind.summary.tally.steps == 3)
    for place in stride(from: 3, to: steps.count, by: Self.islands) { behind.add(steps[place]) }
    #expect(behind.summary.tally.steps == steps.count)
    #expect(behind.summary.digest == inOrder.summary.digest)
  }

  @Test("changes with every part of a step that belongs to the history")
  func changesWithParts() throws {
    let folder = try TemporaryFolder()
    let digest = try Self.summary(try Self.journal(Self.events(steps: 8, seed: 4), in: folder, name: "a"))
      .digest
    let changes = [
      "step SET redraws = redraws + 1", "step SET parents = '[1,2,3]'", "step SET operators = '[\"other\"]'",
      "step SET registration = 'duplicate'", "step SET body = 1 + (body = 1)", "founder SET scores = '[1.0]'",
      "founder SET behaviour = 'other'", "founder SET total = 0.5",
    ]
    for (number, change) in changes.enumerated() {
      let path = try Self.journal(Self.events(steps: 8, seed: 4), in: folder, name: "changed-\(number)")
      try Self.execute("UPDATE \(change)", path)
      let changed = try Self.summary(path).digest
      #expect(changed != digest, "\(change)")
      #expect(try Self.recomputed(path) == changed, "\(change)")
    }
    let others = ["step SET cpu_microseconds = 1", "step SET reused = 1 - reused", "step SET line = 77"]
    for (number, change) in others.enumerated() {
      let path = try Self.journal(Self.events(steps: 8, seed: 4), in: folder, name: "other-\(number)")
      try Self.execute("UPDATE \(change)", path)
      #expect(try Self.summary(path).digest == digest, "\(change)")
    }
  }

  private static func execute(_ statement: String, _ path: String) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    let program = """
      import sqlite3, sys
      journal = sqlite3.connect(sys.argv[1])
      journal.execute(sys.argv[2])
      journal.commit()
      """
    process.arguments = ["python3", "-c", program, path, statement]
    try process.run()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0)
  }
}
