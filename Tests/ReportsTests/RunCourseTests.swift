import Foundation
import FunSearch
import PythonSyntax
import Reports
import RunJournal
import Testing

@Suite("The course of a run")
struct RunCourseTests {
  /// A journal of random steps, and the steps.
  private func journal(_ seed: UInt64, islands: Int, steps: Int) throws -> (
    reader: RunReader, [StepRecord], FounderRecord
  ) {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent(
      "course-\(UUID().uuidString).sqlite"
    ).path
    let journal = try SQLiteJournal.create(
      path,
      islands: islands,
      metadata: [:],
      now: { ContinuousClock.now }
    )
    let hash = TreeHash(high: 7, low: 7)
    let founder = FounderRecord(
      hash: hash,
      source: "founder",
      encodedFunction: [1],
      scores: Scores(perInput: [1], total: 1),
      claim: Claim(verified: true, artifacts: [])
    )
    var random = RandomStream(seed: seed, island: 0, step: 0, purpose: .tool)
    var bests = Array(repeating: 1.0, count: islands)
    var records: [StepRecord] = []
    for program in 1...steps {
      let island = (program - 1) % islands
      let score = Double(random.integer(below: 1000))
      let isFailure = random.integer(below: 4) == 0
      let isBest = !isFailure && score > bests[island]
      if isBest { bests[island] = score }
      records.append(
        StepRecord(
          step: StepID(island: IslandID(island), step: (program - 1) / islands),
          epoch: 0,
          redraws: random.integer(below: 3),
          parents: [ProgramID(random.integer(below: program))],
          operators: [["point", "swap", "wrap"][random.integer(below: 3)], "point"],
          hash: hash,
          source: "program \(program)",
          encodedFunction: [1],
          encodedSupport: [],
          outcome: isFailure
            ? .failed(Failure(.exception, "reason \(random.integer(below: 5))"))
            : .scored(Scores(perInput: [score], total: score)),
          reused: false,
          registration: isFailure ? .failed : .newCluster,
          claim: isBest ? Claim(verified: false, artifacts: []) : nil,
          cpuMicroseconds: random.integer(below: 1000),
          wallMicroseconds: 5
        )
      )
    }
    try journal.append([.founded(founder)] + records.map { .committed($0) })
    try journal.flush()
    let reader = try RunReader(path)
    try journal.close()
    return (reader, records, founder)
  }

  @Test("counts what its steps say", arguments: [1, 2, 3] as [UInt64])
  func counts(seed: UInt64) throws {
    let (reader, records, founder) = try journal(seed, islands: 3, steps: 500)
    let course = try RunCourse(reader, founder: founder, length: 500)
    #expect(course.steps == 500)
    #expect(course.failures == [.exception: records.count { $0.outcome.total == nil }])
    #expect(course.outcomes.cpuMicroseconds == records.reduce(0) { $0 + $1.cpuMicroseconds })
    #expect(course.outcomes.redraws == records.reduce(0) { $0 + $1.redraws })
    // Best so far, by looking at every prefix.
    for point in course.best {
      let before = records.prefix(Int(point.x)).compactMap(\.outcome.total).max() ?? 1
      #expect(point.y == max(1, before))
    }
    #expect(course.best.last?.y == max(1, records.compactMap(\.outcome.total).max() ?? 1))
    for name in ["point", "swap", "wrap"] {
      let own = records.filter { $0.operators.contains(name) }
      let tally = try #require(course.operators[name])
      #expect(tally.programs == own.count && tally.scored == own.count { $0.outcome.total != nil })
      func score(_ program: ProgramID) -> Double? {
        program == .founder ? 1 : records[program.number - 1].outcome.total
      }
      let better = own.count { record in
        guard let own = record.outcome.total, let parent = score(record.parents[0]) else { return false }
        return own > parent
      }
      #expect(tally.better == better)
    }
    #expect(course.slices.first?.first == 1 && course.slices.last?.last == 500)
    #expect(course.slices.reduce(0) { $0 + $1.last - $1.first + 1 } == 500)
    for slice in course.slices {
      let scores = records[(slice.first - 1)..<slice.last].compactMap(\.outcome.total).sorted()
      #expect(slice.failed == slice.last - slice.first + 1 - scores.count)
      if scores.count % 2 == 1 { #expect(slice.quantiles?[2] == scores[scores.count / 2]) }
    }
  }

  @Test("names the reasons of failures, frequent ones first")
  func reasons() throws {
    let (reader, records, _) = try journal(9, islands: 2, steps: 300)
    let reasons = try reader.failureReasons(length: 300, perKind: 3)
    #expect(reasons.count == 3)
    var counts: [String: Int] = [:]
    for record in records {
      if case .failed(let failure) = record.outcome { counts[failure.message, default: 0] += 1 }
    }
    #expect(reasons.map(\.count) == counts.values.sorted(by: >).prefix(3).map { $0 })
    for reason in reasons { #expect(counts[reason.message] == reason.count) }
  }

  @Test("a scan goes on where the last one ended")
  func scan() throws {
    let (reader, records, _) = try journal(5, islands: 2, steps: 40)
    var programs: [Int] = []
    var last = try reader.scan(after: 0) { event in
      if case .step(let step) = event { programs.append(step.program) }
    }
    #expect(programs == records.indices.map { $0 + 1 })
    last = try reader.scan(after: last) { _ in Issue.record("there is nothing new") }
    let rest = try reader.scan(after: last - 5) { event in
      if case .step(let step) = event { programs.append(step.program) }
    }
    #expect(rest == last && programs.suffix(5) == [36, 37, 38, 39, 40])
    #expect(reader.source(of: ProgramID(7)) == "program 7" && reader.source(of: .founder) == "founder")
    #expect(reader.source(of: ProgramID(1000)) == nil)
  }
}
