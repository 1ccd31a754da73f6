import FunSearch
import PythonSyntax
import RunJournal

/// A run's history as a table for other programs; Documentation/Journal.md names the columns, which stay.
package struct Export: Sendable {
  /// What the rows are.
  package enum Table: String, Sendable, CaseIterable {
    /// Every distinct program once, with its text.
    case programs
    /// Every step, without texts.
    case steps
    /// Every new best of the run.
    case curve
  }

  /// How rows are written.
  package enum Format: String, Sendable, CaseIterable {
    /// JSON Lines: an object a line.
    case jsonl
    /// RFC 4180 with one line of titles; lists are JSON texts, and what is missing is empty.
    case csv
  }

  /// Hands the text of a run's table to `write`, line by line, each with its line feed.
  package static func write(
    _ table: Table,
    as format: Format,
    of folder: RunFolder,
    to write: (String) throws -> Void
  ) throws {
    let stored = try StoredRun(folder)
    guard let founder = stored.founder else {
      throw RunError("\(folder.path) holds no program yet: the run ended before its first evaluation")
    }
    if format == .csv { try write(columns(of: table).joined(separator: ",") + "\n") }
    func emit(_ row: [JSONValue]) throws { try write(line(row, columns(of: table), format)) }
    let (length, islands) = (try stored.historyLength, stored.reader.islands)
    let filter = RunReader.StepFilter(last: length)
    switch table {
    case .steps:
      try stored.reader.steps(filter, withSources: false) { try emit(stepRow($0, islands)) }
    case .programs:
      try emit(programRow(ProgramView(founder)))
      var seen: Set = [founder.hash]
      try stored.reader.steps(filter, withSources: true) { record in
        guard seen.insert(record.hash).inserted else { return }
        try emit(programRow(ProgramView(record, islands: islands)))
      }
    case .curve:
      try emit(curveRow(.founder, founder.scores.total, founder.claim, nil))
      var tally = RunTally(founder: founder)
      try stored.reader.steps(filter, withSources: false) { record in
        let before = tally.best.total
        guard tally.add(record, islands: islands), tally.best.total > before else { return }
        try emit(curveRow(tally.best.program, tally.best.total, record.claim, record))
      }
    }
  }

  /// The names of a table's columns, in order.
  package static func columns(of table: Table) -> [String] {
    switch table {
    case .programs:
      ["program", "hash", "outcome", "score", "scores", "behaviour", "verified", "bytes", "source"]
    case .steps:
      [
        "program", "island", "step", "epoch", "redraws", "parents", "operators", "hash", "outcome", "score",
        "scores", "behaviour", "message", "line", "input", "limit", "reused", "registration", "verified",
        "cpu_microseconds", "wall_microseconds",
      ]
    case .curve: ["program", "score", "verified", "island", "step", "epoch", "parents", "operators"]
    }
  }

  private static func programRow(_ view: ProgramView) -> [JSONValue] {
    [.int(view.program.number), .string(view.hash.description)] + outcome(view.outcome)
      + [verified(view.claim), .int(view.source.utf8.count), .string(view.source)]
  }

  private static func stepRow(_ record: StepRecord, _ islands: Int) -> [JSONValue] {
    var failure: Failure?
    if case .failed(let found) = record.outcome { failure = found }
    return place(record, islands)
      + [
        .int(record.redraws), .array(record.parents.map { .int($0.number) }),
        .array(record.operators.map(JSONValue.string)), .string(record.hash.description),
      ] + outcome(record.outcome)
      + [
        failure.map { .string($0.message) } ?? .null, failure?.line.map(JSONValue.int) ?? .null,
        failure?.input.map(JSONValue.int) ?? .null, failure?.limit.map(JSONValue.string) ?? .null,
        .bool(record.reused), .string(record.registration.rawValue), verified(record.claim),
        .int(record.cpuMicroseconds), .int(record.wallMicroseconds),
      ]
  }

  private static func curveRow(
    _ program: ProgramID,
    _ score: Double,
    _ claim: Claim?,
    _ record: StepRecord?
  ) -> [JSONValue] {
    [
      .int(program.number), .double(score), verified(claim),
      record.map { .int($0.step.island.number) } ?? .null, record.map { .int($0.step.step) } ?? .null,
      .int(record?.epoch ?? 0), .array(record?.parents.map { .int($0.number) } ?? []),
      .array(record?.operators.map(JSONValue.string) ?? []),
    ]
  }

  private static func place(_ record: StepRecord, _ islands: Int) -> [JSONValue] {
    [
      .int(record.step.program(islands: islands).number), .int(record.step.island.number),
      .int(record.step.step), .int(record.epoch),
    ]
  }

  /// The columns outcome, score, scores and behaviour.
  private static func outcome(_ outcome: Outcome) -> [JSONValue] {
    switch outcome {
    case .failed(let failure): [.string(failure.kind.rawValue), .null, .null, .null]
    case .scored(let scores):
      [
        .string("scored"), .double(scores.total), .array(scores.perInput.map(JSONValue.double)),
        scores.behaviour.map(JSONValue.string) ?? .null,
      ]
    }
  }

  private static func verified(_ claim: Claim?) -> JSONValue { claim.map { .bool($0.verified) } ?? .null }

  private static func line(_ row: [JSONValue], _ columns: [String], _ format: Format) -> String {
    switch format {
    case .jsonl:
      let members = zip(columns, row).map { "\"\($0)\":" + String(decoding: $1.serialized, as: UTF8.self) }
      return "{" + members.joined(separator: ",") + "}\n"
    case .csv: return row.map(cell).joined(separator: ",") + "\n"
    }
  }

  private static func cell(_ value: JSONValue) -> String {
    let text =
      switch value {
      case .null: ""
      case .string(let text): text
      default: String(decoding: value.serialized, as: UTF8.self)
      }
    return field(text)
  }

  /// A field of a CSV line: in quotes where RFC 4180 wants them.
  static func field(_ text: String) -> String {
    let needsQuotes = text.utf8.contains { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }
    return needsQuotes ? "\"" + text.replacing("\"", with: "\"\"") + "\"" : text
  }
}
