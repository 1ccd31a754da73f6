package import FunSearch
import RunJournal

/// Where a program came from: what it was made of, back to the specification's own.
package struct Lineage: Sendable {
  /// The program asked for first, then its ancestors, by descending number.
  package let generations: [Generation]
  /// Ancestors that are not among ``generations``, which are the main line only.
  package let others: Int

  /// One program of a lineage.
  package struct Generation: Sendable {
    package let program: ProgramID
    /// Nil for the specification's own program.
    package let step: StepRecord?
    package let outcome: Outcome
    /// The score above that of the main parent; nil where one of them has none.
    package let change: Double?
  }

  /// The lineage of a program.
  ///
  /// - Parameters:
  ///   - id: the program.
  ///   - whole: every ancestor, and not the main line alone: the program, its first parent, and so on.
  ///   - folder: the run.
  /// - Returns: the lineage, the program itself first.
  /// - Throws: ``RunError`` when there is no such program, or what is wrong with the journal.
  package static func make(_ id: ProgramID, whole: Bool, in folder: RunFolder) throws -> Lineage {
    let reader = try RunReader(folder.journal)
    guard let founder = try reader.founder() else {
      throw RunError("\(folder.path) holds no program yet: the run ended before its first evaluation")
    }
    guard try id == .founder || reader.step(id) != nil else {
      throw try ProgramView.unknown(id, reader, folder)
    }
    let records = try reader.ancestors(of: id)
    var byProgram: [ProgramID: StepRecord] = [:]
    for record in records { byProgram[record.step.program(islands: reader.islands)] = record }
    func outcome(_ program: ProgramID) -> Outcome? {
      program == .founder ? .scored(founder.scores) : byProgram[program]?.outcome
    }
    let shown = whole ? byProgram.keys.sorted(by: >) : mainLine(from: id, byProgram)
    var generations = shown.compactMap { program in
      byProgram[program].map { record in
        let parent = record.parents.first.flatMap(outcome)?.total
        return Generation(
          program: program,
          step: record,
          outcome: record.outcome,
          change: record.outcome.total.flatMap { total in parent.map { total - $0 } }
        )
      }
    }
    let reachesFounder = whole || byProgram[shown.last ?? id]?.parents.first == .founder || id == .founder
    if reachesFounder {
      generations.append(
        Generation(program: .founder, step: nil, outcome: .scored(founder.scores), change: nil)
      )
    }
    return Lineage(generations: generations, others: records.count - shown.count)
  }

  /// The program, its first parent, the first parent of that, until the specification's own program or one that
  /// was made from nothing.
  private static func mainLine(from id: ProgramID, _ records: [ProgramID: StepRecord]) -> [ProgramID] {
    var line: [ProgramID] = []
    var next: ProgramID? = id
    while let program = next, let record = records[program] {
      line.append(program)
      next = record.parents.first
    }
    return line
  }
}
