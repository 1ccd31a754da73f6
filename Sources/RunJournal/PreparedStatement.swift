import GRDB
import GRDBSQLite
import PythonSyntax

/// A prepared statement, bound and stepped through SQLite's own functions.
///
/// A step is written and read a hundred thousand times in a run, and the database layer's arguments and rows
/// take several times as long. Texts keep zero characters. Used within one access to the database.
@safe struct PreparedStatement {
  private let statement: GRDB.Statement
  private let pointer: OpaquePointer
  private let connection: OpaquePointer?

  init(_ db: Database, sql: String) throws {
    statement = try db.cachedStatement(sql: sql)
    unsafe pointer = unsafe statement.sqliteStatement
    unsafe connection = unsafe db.sqliteConnection
    unsafe sqlite3_reset(pointer)
    unsafe sqlite3_clear_bindings(pointer)
  }

  /// Binds the `place`-th parameter, from 1.
  func bind(_ value: Int, at place: Int32) {
    unsafe check(sqlite3_bind_int64(pointer, place, Int64(value)))
  }

  func bind(_ value: Double, at place: Int32) {
    unsafe check(sqlite3_bind_double(pointer, place, value))
  }

  func bind(_ value: String, at place: Int32) {
    var value = value
    value.withUTF8 { text in
      unsafe text.withMemoryRebound(to: CChar.self) { text in
        unsafe check(sqlite3_bind_text(pointer, place, text.baseAddress, Int32(text.count), Self.copied))
      }
    }
  }

  func bind(_ value: [UInt8], at place: Int32) {
    // An empty array has no address, which would bind NULL.
    guard !value.isEmpty else {
      unsafe check(sqlite3_bind_zeroblob(pointer, place, 0))
      return
    }
    unsafe value.withUnsafeBytes { bytes in
      unsafe check(sqlite3_bind_blob(pointer, place, bytes.baseAddress, Int32(bytes.count), Self.copied))
    }
  }

  func bindNull(at place: Int32) {
    unsafe check(sqlite3_bind_null(pointer, place))
  }

  /// Runs a statement that gives no rows, and makes it ready for the next.
  func run() throws {
    let code = unsafe sqlite3_step(pointer)
    let error = code == SQLITE_DONE ? nil : failure(code)
    unsafe sqlite3_reset(pointer)
    if let error { throw error }
  }

  /// Moves to the next row; false after the last, when the statement is ready to be run again.
  func next() throws -> Bool {
    let code = unsafe sqlite3_step(pointer)
    if code == SQLITE_ROW { return true }
    let error = code == SQLITE_DONE ? nil : failure(code)
    unsafe sqlite3_reset(pointer)
    if let error { throw error }
    return false
  }

  /// Makes the statement ready to be run again before its last row was read.
  func reset() {
    unsafe sqlite3_reset(pointer)
  }

  /// Whether the `column`-th value of the row, from 0, is NULL.
  func isNull(_ column: Int32) -> Bool {
    unsafe sqlite3_column_type(pointer, column) == SQLITE_NULL
  }

  func integer(_ column: Int32) -> Int {
    unsafe Int(sqlite3_column_int64(pointer, column))
  }

  func double(_ column: Int32) -> Double {
    unsafe sqlite3_column_double(pointer, column)
  }

  func text(_ column: Int32) -> String {
    unsafe String(decoding: buffer(column), as: UTF8.self)
  }

  func bytes(_ column: Int32) -> [UInt8] {
    unsafe [UInt8](buffer(column))
  }

  /// The number of bytes of a text or a blob.
  func byteCount(_ column: Int32) -> Int {
    unsafe buffer(column).count
  }

  /// The whole numbers of a text such as `[1,2]`; nil when it is something else.
  func integers(_ column: Int32) -> [Int]? {
    unsafe JSONArray.integers(utf8: buffer(column))
  }

  /// A hash, stored as its 16 bytes.
  func hash(_ column: Int32) -> TreeHash {
    unsafe TreeHash(bytes: buffer(column))
  }

  private func buffer(_ column: Int32) -> UnsafeRawBufferPointer {
    let start = unsafe sqlite3_column_blob(pointer, column)
    return unsafe UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(pointer, column)))
  }

  /// Binding fails for wrong places and values beyond a gigabyte only.
  private func check(_ code: Int32) {
    precondition(code == SQLITE_OK, "a parameter of \(statement.sql) cannot be bound")
  }

  private func failure(_ code: Int32) -> DatabaseError {
    let message = unsafe connection.flatMap { unsafe String(cString: sqlite3_errmsg($0)) }
    return DatabaseError(resultCode: ResultCode(rawValue: code), message: message, sql: statement.sql)
  }

  private static var copied: sqlite3_destructor_type {
    unsafe unsafeBitCast(-1, to: sqlite3_destructor_type.self)
  }
}
