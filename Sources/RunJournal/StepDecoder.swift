import FunSearch
import GRDB
import PythonSyntax

/// Makes step records of rows.
struct StepDecoder: Sendable {
  private let path: String
  private let withSources: Bool
  private let claims: Claims
  private let refuted: RefutedScores
  /// Lists of operators and of scores recur, so each text is decoded once, and their records share them.
  private var operators = DecodedTexts<[String]>()
  private var scores = DecodedTexts<[Double]>()

  /// A decoder of all steps, or of that of one program.
  init(_ db: Database, path: String, withSources: Bool, program: Int? = nil) throws {
    self.path = path
    self.withSources = withSources
    claims = try Claims(db, program: program)
    refuted = try RefutedScores(db, path: path, program: program)
  }

  /// The columns ``step(_:)`` expects, with the tables they are in.
  static let columns =
    """
    step.sequence, program, island, step, epoch, redraws, parents, operators,
      outcome, total, scores, behaviour, message, line, input, limit_passed,
      reused, registration, cpu_microseconds, wall_microseconds, hash, tree, support, source
    FROM step JOIN body ON body.id = step.body
    """

  /// The record of the current row of `row`.
  mutating func step(_ row: PreparedStatement) throws -> StepRecord {
    let program = row.integer(1)
    guard let parents = row.integers(6),
      let operators = operators.value(row.text(7), JSONArray.strings),
      let registration = Registration(rawValue: row.text(17))
    else { throw damaged(program) }
    return StepRecord(
      step: StepID(island: IslandID(row.integer(2)), step: row.integer(3)),
      epoch: row.integer(4),
      redraws: row.integer(5),
      parents: parents.map(ProgramID.init),
      operators: operators,
      hash: row.hash(20),
      source: withSources ? row.text(23) : "",
      sourceLength: row.byteCount(23),
      encodedFunction: row.bytes(21),
      encodedSupport: row.bytes(22),
      outcome: try outcome(row, of: program),
      reused: row.integer(16) == 1,
      registration: registration,
      claim: claims[program],
      refuted: refuted[program],
      cpuMicroseconds: row.integer(18),
      wallMicroseconds: row.integer(19)
    )
  }

  private mutating func outcome(_ row: PreparedStatement, of program: Int) throws -> Outcome {
    let outcome = row.text(8)
    if outcome == "scored" {
      guard let perInput = scores.value(row.text(10), JSONArray.doubles) else { throw damaged(program) }
      return .scored(
        Scores(
          perInput: perInput,
          total: row.double(9),
          behaviour: row.isNull(11) ? nil : row.text(11)
        )
      )
    }
    guard let kind = FailureKind(rawValue: outcome) else { throw damaged(program) }
    return .failed(
      Failure(
        kind,
        row.text(12),
        line: row.isNull(13) ? nil : row.integer(13),
        input: row.isNull(14) ? nil : row.integer(14),
        limit: row.isNull(15) ? nil : row.text(15)
      )
    )
  }

  private func damaged(_ program: Int) -> JournalError {
    .damaged(path: path, detail: "the row of program \(program) cannot be read")
  }
}

/// What texts were decoded to lately, so that those which recur are decoded once.
struct DecodedTexts<Value: Sendable>: Sendable {
  private static var limit: Int { 16_384 }
  private var known: [String: (text: String, value: Value)] = [:]

  /// What `decode` makes of the text, now or before; nil when it makes nothing.
  mutating func value(_ text: String, _ decode: (String) -> Value?) -> Value? {
    // Equal strings may differ in bytes, by composed and decomposed letters.
    if let known = known[text], known.text.utf8.elementsEqual(text.utf8) { return known.value }
    guard let value = decode(text) else { return nil }
    if known.count >= Self.limit { known.removeAll(keepingCapacity: true) }
    known[text] = (text, value)
    return value
  }
}

/// The confirmed claims of a run, by program.
struct Claims: Sendable {
  private var claims: [Int: Claim] = [:]

  /// All claims, or that of one program.
  init(_ db: Database, program: Int? = nil) throws {
    let filter = program.map { "WHERE program = \($0)" } ?? ""
    var artifacts: [Int: [String]] = [:]
    let texts = try PreparedStatement(
      db,
      sql: "SELECT program, json FROM artifact \(filter) ORDER BY program, input"
    )
    while try texts.next() { artifacts[texts.integer(0), default: []].append(texts.text(1)) }
    let rows = try PreparedStatement(db, sql: "SELECT program, verified FROM claim \(filter)")
    while try rows.next() {
      let program = rows.integer(0)
      claims[program] = Claim(verified: rows.integer(1) == 1, artifacts: artifacts[program] ?? [])
    }
  }

  subscript(program: Int) -> Claim? { claims[program] }
}
