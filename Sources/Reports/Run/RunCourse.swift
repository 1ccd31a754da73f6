package import FunSearch
package import RunJournal

/// How a run went: curves, counts and costs, from one reading of its steps.
package struct RunCourse: Sendable {
  /// Programs of the history.
  package private(set) var steps = 0
  /// Whenever the best of the run got better: program number and score.
  package private(set) var best: [ChartPoint]
  /// The same for each island, which also gets worse when it is founded anew.
  package private(set) var islands: [[ChartPoint]]
  /// The first program of each epoch but the first.
  package private(set) var resets: [Double] = []
  package private(set) var operators: [String: OperatorTally] = [:]
  package private(set) var failures: [FailureKind: Int] = [:]
  package private(set) var outcomes = CostTally()
  /// How scores are spread, from the first program to the last.
  package private(set) var slices: [Slice] = []

  /// What came of the programs that an operator had a part in.
  package struct OperatorTally: Hashable, Sendable {
    package var programs = 0
    package var scored = 0
    /// Those with a higher score than their first parent.
    package var better = 0
    /// Those that became a confirmed best of their island.
    package var islandBests = 0
    /// Those that became the best of the run.
    package var runBests = 0
  }

  /// What evaluating took.
  package struct CostTally: Hashable, Sendable {
    package var evaluations = 0
    package var reused = 0
    package var redraws = 0
    package var duplicates = 0
    package var cpuMicroseconds = 0
    package var failedMicroseconds = 0
    package var longestMicroseconds = 0
  }

  /// One of equal stretches of the history.
  package struct Slice: Hashable, Sendable {
    package let first: Int
    package let last: Int
    /// At 5, 25, 50, 75 and 95 %; nil where no program was scored.
    package let quantiles: [Double]?
    package let failed: Int
  }

  /// Number of ``slices`` of a long run.
  private static let mostSlices = 80

  /// Scores by program number; NaN for failures.
  private var totals: [Double]
  private var islandBest: [Double]

  /// Reads the history of a run.
  ///
  /// - Parameters:
  ///   - reader: its journal.
  ///   - founder: the specification's own program.
  ///   - length: the last program.
  /// - Throws: ``JournalError`` when the file is damaged.
  package init(_ reader: RunReader, founder: FounderRecord, length: Int) throws {
    let first = founder.scores.total
    best = [ChartPoint(0, first)]
    islands = Array(repeating: [ChartPoint(0, first)], count: reader.islands)
    islandBest = Array(repeating: first, count: reader.islands)
    totals = [first]
    totals.reserveCapacity(length + 1)
    let resets = Dictionary(try reader.resetRecords().map { ($0.epoch, $0) }) { $1 }
    var epoch = 0
    try reader.scan(length: length) { step in
      if step.epoch > epoch {
        epoch = step.epoch
        if let reset = resets[epoch] { add(reset, before: step.program) }
      }
      add(step)
    }
    slices = Self.slices(totals)
  }

  private mutating func add(_ reset: ResetRecord, before program: Int) {
    let place = Double(program)
    resets.append(place)
    for founding in reset.foundings where islands.indices.contains(founding.island.number) {
      let founder = founding.founder.number
      guard totals.indices.contains(founder), totals[founder].isFinite else { continue }
      islandBest[founding.island.number] = totals[founder]
      islands[founding.island.number].append(ChartPoint(place, totals[founder]))
    }
  }

  private mutating func add(_ step: StepPoint) {
    steps += 1
    while totals.count < step.program { totals.append(.nan) }
    totals.append(step.total ?? .nan)
    outcomes.redraws += step.redraws
    outcomes.duplicates += step.registration == .duplicate ? 1 : 0
    if step.reused {
      outcomes.reused += 1
    } else {
      outcomes.evaluations += 1
      outcomes.cpuMicroseconds += step.cpuMicroseconds
      outcomes.longestMicroseconds = max(outcomes.longestMicroseconds, step.cpuMicroseconds)
      if step.failure != nil { outcomes.failedMicroseconds += step.cpuMicroseconds }
    }
    if let failure = step.failure { failures[failure, default: 0] += 1 }
    var isRunBest = false
    if let total = step.total, step.verified != nil {
      if step.island < islands.count, total > islandBest[step.island] {
        islandBest[step.island] = total
        islands[step.island].append(ChartPoint(Double(step.program), total))
      }
      if total > best[best.count - 1].y {
        best.append(ChartPoint(Double(step.program), total))
        isRunBest = true
      }
    }
    let parent = step.parents.first.flatMap { totals.indices.contains($0) ? totals[$0] : nil }
    let isBetter = step.total.flatMap { total in parent.map { total > $0 } } ?? false
    for name in Set(step.operators) {
      var tally = operators[name] ?? OperatorTally()
      tally.programs += 1
      tally.scored += step.total == nil ? 0 : 1
      tally.better += isBetter ? 1 : 0
      tally.islandBests += step.verified == nil ? 0 : 1
      tally.runBests += isRunBest ? 1 : 0
      operators[name] = tally
    }
  }

  private static func slices(_ totals: [Double]) -> [Slice] {
    let steps = totals.count - 1
    guard steps > 0 else { return [] }
    let count = min(mostSlices, max(1, steps / 20))
    return (0..<count).map { place in
      let (first, last) = (1 + place * steps / count, (place + 1) * steps / count)
      let scored = totals[first...last].filter(\.isFinite).sorted()
      return Slice(
        first: first,
        last: last,
        quantiles: scored.isEmpty ? nil : [0.05, 0.25, 0.5, 0.75, 0.95].map { quantile($0, of: scored) },
        failed: last - first + 1 - scored.count
      )
    }
  }

  /// Interpolated linearly between the two values around it.
  private static func quantile(_ probability: Double, of sorted: [Double]) -> Double {
    let place = Double(sorted.count - 1) * probability
    let below = Int(place)
    guard below + 1 < sorted.count else { return sorted[below] }
    return sorted[below] + (sorted[below + 1] - sorted[below]) * (place - Double(below))
  }
}
