package import FunSearch
import GRDB
import PythonSyntax

extension RunReader {
  /// Hands every event to `body`, in the order they were appended.
  ///
  /// - Parameters:
  ///   - withSources: false leaves ``StepRecord/source`` empty, which reads faster.
  ///   - body: called with each event; what it throws ends the reading.
  /// - Throws: what `body` throws, or ``JournalError`` when the file is damaged.
  package func events(withSources: Bool = true, _ body: (SearchEvent) throws -> Void) throws {
    try numberedEvents(withSources: withSources) { try body($1) }
  }

  /// The same with the place of each event in the history.
  func numberedEvents(withSources: Bool = true, _ body: (Int, SearchEvent) throws -> Void) throws {
    do {
      try queue.read { db in
        var place = try EventPlace(self, db, withSources: withSources)
        try place.read(db, limit: nil, body)
      }
    } catch let error as DatabaseError {
      throw JournalError(error, path: path)
    }
  }

  /// The specification's own program, when it was scored.
  package func founder() throws(JournalError) -> FounderRecord? {
    let events = try read { try founders($0) }
    guard case .founded(let record) = events.first?.event else { return nil }
    return record
  }

  func founders(_ db: Database) throws -> [(sequence: Int, event: SearchEvent)] {
    let claims = try Claims(db, program: 0)
    let row = try PreparedStatement(
      db,
      sql: """
        SELECT founder.sequence, total, scores, behaviour, hash, tree, source
        FROM founder JOIN body ON body.id = founder.body
        """
    )
    defer { row.reset() }
    guard try row.next() else { return [] }
    guard let perInput = JSONArray.doubles(row.text(2)), let claim = claims[0] else {
      throw damaged("the founder's row cannot be read")
    }
    let record = FounderRecord(
      hash: TreeHash(bytes: row.bytes(4)),
      source: row.text(6),
      encodedFunction: row.bytes(5),
      scores: Scores(
        perInput: perInput,
        total: row.double(1),
        behaviour: row.isNull(3) ? nil : row.text(3)
      ),
      claim: claim
    )
    return [(row.integer(0), .founded(record))]
  }

  func resets(_ db: Database) throws -> [(sequence: Int, event: SearchEvent)] {
    var foundings: [Int: [Founding]] = [:]
    let rows = try Row.fetchCursor(
      db,
      sql: "SELECT epoch, island, survivor, founder FROM founding ORDER BY epoch, place"
    )
    while let row = try rows.next() { foundings[row[0], default: []].append(Founding(row)) }
    return try Row.fetchAll(db, sql: "SELECT sequence, epoch FROM reset").map { row in
      let epoch: Int = row[1]
      return (row[0], .reset(ResetRecord(epoch: epoch, foundings: foundings[epoch] ?? [])))
    }
  }
}

extension RunReader {
  /// Hands the events to `body` in order, each read by itself with all that belongs to it, so that those are got
  /// which come before the first that stands on a missing page.
  ///
  /// - Throws: what `body` throws, or what is wrong with the event after the last one.
  func singleEvents(_ body: (SearchEvent) throws -> Void) throws {
    try queue.read { db in
      var sequence = 1
      while let event = try event(at: sequence, db) {
        try body(event)
        sequence += 1
      }
    }
  }

  private func event(at sequence: Int, _ db: Database) throws -> SearchEvent? {
    // The program's number is asked for first, since what it claimed is read by that.
    if let program = try Int.fetchOne(
      db,
      sql: "SELECT program FROM step WHERE sequence = ?",
      arguments: [sequence]
    ) {
      var decoder = try StepDecoder(db, path: path, withSources: true, program: program)
      let row = try PreparedStatement(
        db,
        sql: "SELECT \(StepDecoder.columns) WHERE step.sequence = ?"
      )
      defer { row.reset() }
      row.bind(sequence, at: 1)
      return try row.next() ? .committed(decoder.step(row)) : nil
    }
    if let founder = try founders(db).first, founder.sequence == sequence { return founder.event }
    let reset = "SELECT epoch FROM reset WHERE sequence = ?"
    guard let epoch = try Int.fetchOne(db, sql: reset, arguments: [sequence]) else { return nil }
    let foundings = try Row.fetchAll(
      db,
      sql: "SELECT epoch, island, survivor, founder FROM founding WHERE epoch = ? ORDER BY place",
      arguments: [epoch]
    ).map(Founding.init)
    return .reset(ResetRecord(epoch: epoch, foundings: foundings))
  }
}

extension Founding {
  /// The founding of a row of epoch, island, survivor and founder.
  fileprivate init(_ row: Row) {
    self.init(
      island: IslandID(row[1]),
      from: (row[2] as Int?).map(IslandID.init),
      founder: ProgramID(row[3])
    )
  }
}
