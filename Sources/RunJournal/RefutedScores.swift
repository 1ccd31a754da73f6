import FunSearch
import GRDB

/// What programs scored whose claims did not hold, by program.
struct RefutedScores: Sendable {
  private var scores: [Int: Scores] = [:]

  /// All of them, or those of one program.
  init(_ db: Database, path: String, program: Int? = nil) throws {
    // Journals of format 1 do not have the table.
    guard try db.tableExists("refutation") else { return }
    let filter = program.map { " WHERE program = \($0)" } ?? ""
    let rows = try PreparedStatement(
      db,
      sql: "SELECT program, total, scores, behaviour FROM refutation" + filter
    )
    defer { rows.reset() }
    while try rows.next() {
      let program = rows.integer(0)
      guard let perInput = JSONArray.doubles(rows.text(2)) else {
        throw JournalError.damaged(path: path, detail: "a refuted claim cannot be read (program \(program))")
      }
      scores[program] = Scores(
        perInput: perInput,
        total: rows.double(1),
        behaviour: rows.isNull(3) ? nil : rows.text(3)
      )
    }
  }

  subscript(program: Int) -> Scores? { scores[program] }
}
