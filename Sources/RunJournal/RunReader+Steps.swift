package import FunSearch
import GRDB
import PythonSyntax

extension RunReader {
  /// Which steps are asked for; a part that is nil does not matter.
  package struct StepFilter: Hashable, Sendable {
    package var island: Int?
    package var epoch: Int?
    /// `scored`, `failed` for every kind of failure, or one kind.
    package var outcome: String?
    /// The name of an operator among those that made the program.
    package var operatorName: String?
    /// The last program looked at; those of a run's history, as a rule.
    package var last: Int?

    package init(
      island: Int? = nil,
      epoch: Int? = nil,
      outcome: String? = nil,
      operatorName: String? = nil,
      last: Int? = nil
    ) {
      self.island = island
      self.epoch = epoch
      self.outcome = outcome
      self.operatorName = operatorName
      self.last = last
    }

    fileprivate var clause: (text: String, arguments: [Argument]) {
      let (parts, arguments) = conditions
      return (parts.isEmpty ? "" : "WHERE " + parts.joined(separator: " AND "), arguments)
    }

    /// Conditions that all have to hold, and the values of their parameters, in order.
    var conditions: (parts: [String], arguments: [Argument]) {
      var parts: [String] = []
      var arguments: [Argument] = []
      func add(_ part: String, _ argument: Argument?) {
        guard let argument else { return }
        parts.append(part)
        arguments.append(argument)
      }
      add("step.island = ?", island.map(Argument.integer))
      add("step.epoch = ?", epoch.map(Argument.integer))
      add("step.program <= ?", last.map(Argument.integer))
      add("? IN (SELECT value FROM json_each(operators))", operatorName.map(Argument.text))
      switch outcome {
      case "failed": parts.append("outcome <> 'scored'")
      case let outcome: add("outcome = ?", outcome.map(Argument.text))
      }
      return (parts, arguments)
    }
  }

  /// The value of a parameter of a query.
  enum Argument {
    case integer(Int)
    case text(String)
  }

  /// Hands steps to `body` in order of program number.
  ///
  /// - Parameters:
  ///   - filter: which steps.
  ///   - latest: of these, so many with the highest numbers; nil for all.
  ///   - withSources: false leaves ``StepRecord/source`` empty, which reads faster.
  ///   - body: called with each step; what it throws ends the reading.
  /// - Throws: what `body` throws, or ``JournalError`` when the file is damaged.
  package func steps(
    _ filter: StepFilter,
    latest: Int? = nil,
    withSources: Bool,
    _ body: (StepRecord) throws -> Void
  ) throws {
    let (clause, arguments) = filter.clause
    var query = "\(clause) ORDER BY step.program"
    if let latest {
      query =
        "WHERE step.program IN (SELECT program FROM step \(clause) ORDER BY program DESC LIMIT \(latest)) "
        + "ORDER BY step.program"
    }
    try each(query, arguments, withSources: withSources, body)
  }

  /// Names of all operators that had a part in a program, sorted.
  package func operatorNames() throws(JournalError) -> [String] {
    try read {
      try String.fetchAll($0, sql: "SELECT DISTINCT value FROM step, json_each(operators) ORDER BY value")
    }
  }

  /// The step that made a program; nil when it is not committed.
  package func step(_ program: ProgramID) throws -> StepRecord? {
    var found: StepRecord?
    let number = program.number
    try each("WHERE step.program = ?", [.integer(number)], withSources: true, of: number) { found = $0 }
    return found
  }

  /// The steps that made some programs, by program number; those that are not committed are left out.
  package func steps(_ programs: Set<Int>) throws -> [Int: StepRecord] {
    var found: [Int: StepRecord] = [:]
    let list = programs.sorted().map(String.init).joined(separator: ",")
    try each("WHERE step.program IN (\(list))", [], withSources: true) {
      found[$0.step.program(islands: islands).number] = $0
    }
    return found
  }

  /// The steps with the best total scores, best first; of equal ones the lower number first.
  ///
  /// - Parameters:
  ///   - limit: how many.
  ///   - filter: which steps to choose from.
  ///   - distinct: of programs with equal scores that did the same, only the first. Without a behaviour, as the
  ///     evaluator tells it, those are the same that are equal but for the names of locals.
  /// - Returns: at most `limit` steps.
  /// - Throws: what is wrong with the journal.
  package func top(
    _ limit: Int,
    of filter: StepFilter = StepFilter(),
    distinct: Bool = false
  ) throws -> [StepRecord] {
    var filter = filter
    filter.outcome = "scored"
    let programs = try best(limit, filter, distinct: distinct)
    let steps = try steps(Set(programs))
    return programs.compactMap { steps[$0] }
  }

  private func best(_ limit: Int, _ filter: StepFilter, distinct: Bool) throws(JournalError) -> [Int] {
    let (clause, arguments) = filter.clause
    return try read { db in
      let rows = try PreparedStatement(
        db,
        sql: """
          SELECT program, scores, coalesce(behaviour, hash) FROM step JOIN body ON body.id = step.body
          \(clause) ORDER BY total DESC, program
          """
      )
      defer { rows.reset() }
      rows.bind(arguments)
      var seen: Set<[UInt8]> = []
      var programs: [Int] = []
      while programs.count < limit, try rows.next() {
        if distinct, !seen.insert(rows.bytes(1) + [0] + rows.bytes(2)).inserted { continue }
        programs.append(rows.integer(0))
      }
      return programs
    }
  }

  /// The steps that led to a program, itself included, by descending number: its parents, theirs, and so on.
  ///
  /// The specification's own program has no step and is left out. Sources are empty.
  package func ancestors(of program: ProgramID) throws(JournalError) -> [StepRecord] {
    try read { db in
      var decoder = try StepDecoder(db, path: path, withSources: false)
      let row = try PreparedStatement(
        db,
        sql: "SELECT \(StepDecoder.columns) WHERE step.program = ?"
      )
      var found: [Int: StepRecord] = [:]
      var open = [program.number]
      while let number = open.popLast() {
        guard number > 0, found[number] == nil else { continue }
        row.bind(number, at: 1)
        guard try row.next() else { throw damaged("program \(number), a parent, is missing") }
        let record = try decoder.step(row)
        row.reset()
        found[number] = record
        open += record.parents.map(\.number)
      }
      return found.sorted { $0.key > $1.key }.map(\.value)
    }
  }

  private func each(
    _ clause: String,
    _ arguments: [Argument],
    withSources: Bool,
    of program: Int? = nil,
    _ body: (StepRecord) throws -> Void
  ) throws {
    do {
      try queue.read { db in
        var decoder = try StepDecoder(db, path: path, withSources: withSources, program: program)
        let rows = try PreparedStatement(
          db,
          sql: "SELECT \(StepDecoder.columns) \(clause)"
        )
        defer { rows.reset() }
        rows.bind(arguments)
        while try rows.next() { try body(decoder.step(rows)) }
      }
    } catch let error as DatabaseError {
      throw JournalError(error, path: path)
    }
  }
}

extension PreparedStatement {
  func bind(_ arguments: [RunReader.Argument]) {
    for (place, argument) in zip(Int32(1)..., arguments) {
      switch argument {
      case .integer(let value): bind(value, at: place)
      case .text(let value): bind(value, at: place)
      }
    }
  }
}
