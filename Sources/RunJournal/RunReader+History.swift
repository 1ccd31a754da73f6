package import FunSearch
import GRDB

extension RunReader {
  /// The number of programs in the canonical history: the longest gapless prefix of program numbers, cut at the
  /// first confirmed program that reached `target`.
  package func historyLength(target: Double?) throws(JournalError) -> Int {
    try read { db in
      var length = try gaplessPrefix(db)
      if let target {
        let first = try Int.fetchOne(
          db,
          sql:
            "SELECT min(step.program) FROM step JOIN claim ON claim.program = step.program WHERE total >= ?",
          arguments: [target]
        )
        if let first { length = min(length, first) }
      }
      return length
    }
  }

  /// The highest number of a committed program; 0 for none.
  package func lastProgram() throws(JournalError) -> Int {
    try read { try Int.fetchOne($0, sql: "SELECT coalesce(max(program), 0) FROM step") ?? 0 }
  }

  private func gaplessPrefix(_ db: Database) throws -> Int {
    let row = try Row.fetchOne(db, sql: "SELECT count(*), coalesce(max(program), 0) FROM step")
    let count: Int = row?[0] ?? 0
    if count == row?[1] { return count }
    var length = 0
    let programs = try Int.fetchCursor(db, sql: "SELECT program FROM step ORDER BY program")
    while let program = try programs.next(), program == length + 1 { length = program }
    return length
  }

  /// Hands the canonical history to `body`: steps in order of program number up to `length`, each reset before
  /// the first step of its epoch.
  package func history(length: Int, withSources: Bool = false, _ body: (SearchEvent) throws -> Void) throws {
    do {
      try queue.read { db in
        let resets = Dictionary(
          uniqueKeysWithValues: try resets(db).compactMap { _, event -> (Int, SearchEvent)? in
            guard case .reset(let record) = event else { return nil }
            return (record.epoch, event)
          }
        )
        var decoder = try StepDecoder(db, path: path, withSources: withSources)
        let rows = try PreparedStatement(
          db,
          sql: "SELECT \(StepDecoder.columns) WHERE step.program <= ? ORDER BY step.program"
        )
        defer { rows.reset() }
        rows.bind(length, at: 1)
        var epoch = 0
        while try rows.next() {
          let record = try decoder.step(rows)
          if record.epoch > epoch, let reset = resets[record.epoch] { try body(reset) }
          epoch = record.epoch
          try body(.committed(record))
        }
      }
    } catch let error as DatabaseError {
      throw JournalError(error, path: path)
    }
  }

  /// How many steps of each island are in the journal.
  package func committedSteps() throws(JournalError) -> [Int] {
    try read { db in
      var steps = Array(repeating: 0, count: islands)
      // By the numbers alone, which have an index; whether a row's island is another, the fold will tell.
      let rows = try Row.fetchCursor(
        db,
        sql: "SELECT (program - 1) % ?1 AS island, count(*) FROM step GROUP BY island",
        arguments: [islands]
      )
      while let row = try rows.next() {
        let island: Int = row[0]
        guard steps.indices.contains(island) else { throw damaged("a step of island \(island)") }
        steps[island] = row[1]
      }
      return steps
    }
  }
}
