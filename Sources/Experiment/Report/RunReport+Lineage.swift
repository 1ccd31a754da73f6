import FunSearch
import Reports
import RunJournal

extension RunReport {
  /// A stretch of the main line at whose end the score changed.
  struct Turn: Hashable {
    let from: Int
    let to: Int
    let score: Double?
    let gain: Double?
    let operators: [String]
    let skipped: Int
  }

  /// The best program and its ancestors.
  static func lineage(_ best: Int, _ course: RunCourse, _ stored: StoredRun) throws -> [LineageView.Node] {
    let lineage = try Lineage.make(ProgramID(best), whole: true, in: stored.folder)
    var byProgram: [Int: Lineage.Generation] = [:]
    for generation in lineage.generations { byProgram[generation.program.number] = generation }
    var main: Set<Int> = []
    var next: Int? = best
    while let program = next, main.insert(program).inserted {
      next = byProgram[program]?.step?.parents.first?.number
    }
    let parents = Set(lineage.generations.flatMap { $0.step?.parents.map(\.number) ?? [] })
    return lineage.generations.filter { $0.program.number == best || parents.contains($0.program.number) }.map
    {
      generation in
      LineageView.Node(
        program: generation.program.number,
        score: generation.outcome.total,
        parents: generation.step?.parents.map(\.number) ?? [],
        island: generation.step?.step.island.number,
        operators: generation.step?.operators ?? [],
        isMain: main.contains(generation.program.number)
      )
    }
  }

  /// Where the score changed along the main line, the latest first; the rest is passed over.
  static func turns(_ lineage: [LineageView.Node]) -> [Turn] {
    let line = lineage.filter(\.isMain).sorted { $0.program < $1.program }
    guard var last = line.first else { return [] }
    var turns: [Turn] = []
    var skipped = 0
    for (place, node) in line.enumerated().dropFirst() {
      let gain = node.score.flatMap { score in last.score.map { score - $0 } }
      if gain == 0, place < line.count - 1 {
        skipped += 1
        continue
      }
      turns.append(
        Turn(
          from: last.program,
          to: node.program,
          score: node.score,
          gain: gain,
          operators: node.operators,
          skipped: skipped
        )
      )
      (last, skipped) = (node, 0)
    }
    return turns.reversed().prefix(mostTurns).map { $0 }
  }

  private static var mostTurns: Int { 40 }

  static func change(_ turn: Turn, _ source: (Int) -> String) -> Change {
    Change(
      from: turn.from,
      to: turn.to,
      score: turn.score,
      gain: turn.gain,
      operators: turn.operators,
      diff: UnifiedDiff(from: source(turn.from), to: source(turn.to)),
      skipped: turn.skipped
    )
  }
}
