import FunSearch
import GRDB

/// Makes step records of rows.
struct StepDecoder {
  private let path: String
  private let withSources: Bool
  private let claims: Claims
  /// Lists of operators recur, so each text is decoded once.
  private var operators: [String: (text: String, names: [String])] = [:]

  init(_ db: Database, path: String, withSources: Bool) throws {
    self.path = path
    self.withSources = withSources
    claims = try Claims(db)
  }

  /// The columns ``step(_:)`` expects, with the tables they are in.
  static func columns(withSources: Bool) -> String {
    """
    step.sequence, program, island, step, epoch, redraws, parents, operators,
      outcome, total, scores, behaviour, message, line, input, limit_passed,
      reused, registration, cpu_microseconds, wall_microseconds, hash, tree, support,
      length(CAST(source AS BLOB))
      \(withSources ? ", source" : "")
    FROM step JOIN body ON body.id = step.body
    """
  }

  mutating func step(_ row: Row) throws -> StepRecord {
    let program: Int = row[1]
    guard let parents = JSONArray.integers(row[6]), let registration = Registration(rawValue: row[17]) else {
      throw damaged(program)
    }
    return StepRecord(
      step: StepID(island: IslandID(row[2]), step: row[3]),
      epoch: row[4],
      redraws: row[5],
      parents: parents.map(ProgramID.init),
      operators: try operators(row[7], of: program),
      hash: try row.hash(20),
      source: withSources ? try row.text(24) : "",
      sourceLength: row[23],
      encodedFunction: try row.bytes(21),
      encodedSupport: try row.bytes(22),
      outcome: try outcome(row, of: program),
      reused: row[16],
      registration: registration,
      claim: claims[program],
      cpuMicroseconds: row[18],
      wallMicroseconds: row[19]
    )
  }

  private func outcome(_ row: Row, of program: Int) throws -> Outcome {
    let outcome: String = row[8]
    if outcome == "scored" {
      guard let perInput = JSONArray.doubles(row[10]) else { throw damaged(program) }
      return .scored(Scores(perInput: perInput, total: row[9], behaviour: row[11]))
    }
    guard let kind = FailureKind(rawValue: outcome) else { throw damaged(program) }
    return .failed(Failure(kind, try row.text(12), line: row[13], input: row[14], limit: row[15]))
  }

  private mutating func operators(_ text: String, of program: Int) throws -> [String] {
    // Equal strings may differ in bytes, by composed and decomposed letters.
    if let known = operators[text], known.text.utf8.elementsEqual(text.utf8) { return known.names }
    guard let names = JSONArray.strings(text) else { throw damaged(program) }
    operators[text] = (text, names)
    return names
  }

  private func damaged(_ program: Int) -> JournalError {
    .damaged(path: path, detail: "the row of program \(program) cannot be read")
  }
}

/// The confirmed claims of a run, by program.
struct Claims {
  private var claims: [Int: Claim] = [:]

  /// All claims, or that of one program.
  init(_ db: Database, program: Int? = nil) throws {
    let filter = program.map { "WHERE program = \($0)" } ?? ""
    var artifacts: [Int: [String]] = [:]
    let texts = try Row.fetchCursor(
      db,
      sql: "SELECT program, json FROM artifact \(filter) ORDER BY program, input"
    )
    while let row = try texts.next() { artifacts[row[0], default: []].append(try row.text(1)) }
    let rows = try Row.fetchCursor(db, sql: "SELECT program, verified FROM claim \(filter)")
    while let row = try rows.next() {
      let program: Int = row[0]
      claims[program] = Claim(verified: row[1], artifacts: artifacts[program] ?? [])
    }
  }

  subscript(program: Int) -> Claim? { claims[program] }
}
