package import FunSearch
import GRDB

extension RunReader {
  /// Hands every event to `body`, in the order they were appended.
  ///
  /// - Parameters:
  ///   - withSources: false leaves ``StepRecord/source`` empty, which reads faster.
  ///   - body: called with each event; what it throws ends the reading.
  /// - Throws: what `body` throws, or ``JournalError`` when the file is damaged.
  package func events(withSources: Bool = true, _ body: (SearchEvent) throws -> Void) throws {
    do {
      try queue.read { db in
        var others = try (founders(db) + resets(db)).sorted { $0.sequence < $1.sequence }[...]
        var decoder = try StepDecoder(db, path: path, withSources: withSources)
        let rows = try Row.fetchCursor(
          db,
          sql: "SELECT \(StepDecoder.columns(withSources: withSources)) ORDER BY step.sequence"
        )
        while let row = try rows.next() {
          let sequence: Int = row[0]
          while let other = others.first, other.sequence < sequence {
            try body(other.event)
            others.removeFirst()
          }
          try body(.committed(decoder.step(row)))
        }
        for other in others { try body(other.event) }
      }
    } catch let error as DatabaseError {
      throw JournalError(error, path: path)
    }
  }

  /// The step that made a program; nil when it is not committed.
  package func step(_ program: ProgramID) throws(JournalError) -> StepRecord? {
    try steps("WHERE step.program = ?", [program.number]).first
  }

  /// The steps with the best total scores, best first; of equal ones the earlier first.
  package func top(_ limit: Int) throws(JournalError) -> [StepRecord] {
    try steps(
      """
      WHERE step.sequence IN (
        SELECT sequence FROM step WHERE outcome = 'scored' ORDER BY total DESC, sequence LIMIT ?)
      ORDER BY step.total DESC, step.sequence
      """,
      [limit]
    )
  }

  /// The specification's own program, when it was scored.
  package func founder() throws(JournalError) -> FounderRecord? {
    let events = try read { try founders($0) }
    guard case .founded(let record) = events.first?.event else { return nil }
    return record
  }

  private func steps(_ clause: String, _ arguments: StatementArguments) throws(JournalError) -> [StepRecord] {
    try read { db in
      var decoder = try StepDecoder(db, path: path, withSources: true)
      let rows = try Row.fetchCursor(
        db,
        sql: "SELECT \(StepDecoder.columns(withSources: true)) \(clause)",
        arguments: arguments
      )
      var steps: [StepRecord] = []
      while let row = try rows.next() { steps.append(try decoder.step(row)) }
      return steps
    }
  }

  private func founders(_ db: Database) throws -> [(sequence: Int, event: SearchEvent)] {
    let claims = try Claims(db, program: 0)
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT founder.sequence, total, scores, behaviour, hash, tree, source
        FROM founder JOIN body ON body.id = founder.body
        """
    )
    guard let row = try rows.next() else { return [] }
    guard let perInput = JSONArray.doubles(row[2]), let claim = claims[0] else {
      throw damaged("the founder's row cannot be read")
    }
    let record = FounderRecord(
      hash: try row.hash(4),
      source: try row.text(6),
      encodedFunction: try row.bytes(5),
      scores: Scores(perInput: perInput, total: row[1], behaviour: row[3]),
      claim: claim
    )
    return [(row[0], .founded(record))]
  }

  func resets(_ db: Database) throws -> [(sequence: Int, event: SearchEvent)] {
    var foundings: [Int: [Founding]] = [:]
    let rows = try Row.fetchCursor(
      db,
      sql: "SELECT epoch, island, survivor, founder FROM founding ORDER BY epoch, place"
    )
    while let row = try rows.next() {
      let founding = Founding(
        island: IslandID(row[1]),
        from: (row[2] as Int?).map(IslandID.init),
        founder: ProgramID(row[3])
      )
      foundings[row[0], default: []].append(founding)
    }
    return try Row.fetchAll(db, sql: "SELECT sequence, epoch FROM reset").map { row in
      let epoch: Int = row[1]
      return (row[0], .reset(ResetRecord(epoch: epoch, foundings: foundings[epoch] ?? [])))
    }
  }
}
