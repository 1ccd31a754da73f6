import Foundation
import GRDB

/// Opens journals, and says what is wrong with those that cannot be opened.
enum JournalFile {
  /// The name of the journal in the folder of a run.
  static let name = "run.sqlite"

  /// A connection that writes; creates the file when `create` is true.
  static func writer(_ path: String, create: Bool) throws(JournalError) -> DatabaseQueue {
    let exists = FileManager.default.fileExists(atPath: path)
    if create, exists { throw .exists(path: path) }
    if !create {
      if !exists { throw .missing(path: path) }
      _ = try reader(path)
      if !FileManager.default.isWritableFile(atPath: path) { throw .readOnly(path: path) }
    }
    var configuration = Configuration()
    configuration.journalMode = .wal
    configuration.busyMode = .timeout(5)
    // Bodies are constrained to be there by the writer itself.
    configuration.foreignKeysEnabled = false
    configuration.prepareDatabase { db in
      try db.execute(sql: "PRAGMA synchronous = NORMAL; PRAGMA cache_size = -32768")
    }
    return try JournalError.wrapping(path) {
      let queue = try DatabaseQueue(path: path, configuration: configuration)
      try Schema.migrator.migrate(queue)
      return queue
    }
  }

  /// Removes a file that was never a journal, and what SQLite keeps beside it.
  static func remove(_ path: String) throws(JournalError) {
    for file in [path, path + "-wal", path + "-shm", path + "-journal"]
    where FileManager.default.fileExists(atPath: file) {
      try JournalError.wrapping(file) { try FileManager.default.removeItem(atPath: file) }
    }
  }

  /// A connection that only reads, while another process may write.
  static func reader(_ path: String) throws(JournalError) -> DatabaseQueue {
    guard FileManager.default.fileExists(atPath: path) else { throw .missing(path: path) }
    try checkHeader(path)
    var configuration = Configuration()
    configuration.readonly = true
    configuration.busyMode = .timeout(5)
    configuration.foreignKeysEnabled = false
    return try JournalError.wrapping(path) {
      let queue = try DatabaseQueue(path: path, configuration: configuration)
      try checkFormat(queue, path: path)
      return queue
    }
  }

  /// SQLite takes an empty file for an empty database, so the first bytes are looked at here.
  private static func checkHeader(_ path: String) throws(JournalError) {
    guard let file = FileHandle(forReadingAtPath: path) else {
      throw .failed(path: path, detail: "cannot be opened for reading; check its permissions")
    }
    defer { file.closeFile() }
    let header: Data?
    do {
      header = try file.read(upToCount: 100)
    } catch {
      throw .failed(path: path, detail: "cannot be read: \(error)")
    }
    guard let header, !header.isEmpty else {
      throw .notAJournal(path: path, found: "the file is empty")
    }
    guard header.starts(with: Data("SQLite format 3\0".utf8)) else {
      throw .notAJournal(path: path, found: "not an SQLite file")
    }
    guard header.count == 100 else { throw .damaged(path: path, detail: "cut within its header") }
    try checkSize(path, header: [UInt8](header))
  }

  /// SQLite reads what is behind the end of a file as zeros, so a file that was cut is found here.
  ///
  /// While there is a log, pages may be in it that the file does not have yet.
  private static func checkSize(_ path: String, header: [UInt8]) throws(JournalError) {
    guard (size(path + "-wal") ?? 0) == 0, let size = size(path) else { return }
    let whole = statedSize(header)
    guard size < whole else { return }
    throw .damaged(path: path, detail: "cut: \(size) of \(whole) bytes are there")
  }

  /// How long the file is by its own header.
  private static func statedSize(_ header: [UInt8]) -> Int {
    func number(_ place: Int, _ bytes: Int) -> Int {
      header[place..<place + bytes].reduce(0) { $0 << 8 | Int($1) }
    }
    // A page of 65,536 bytes is written as 1.
    return (number(16, 2) == 1 ? 65_536 : number(16, 2)) * number(28, 4)
  }

  /// Copies a file with its log; what was cut off its end is zeros in the copy.
  static func copyWhole(_ path: String, to copy: String) throws {
    let files = FileManager.default
    try files.copyItem(atPath: path, toPath: copy)
    if files.fileExists(atPath: path + "-wal") {
      try files.copyItem(atPath: path + "-wal", toPath: copy + "-wal")
    }
    guard let file = FileHandle(forUpdatingAtPath: copy) else { return }
    defer { file.closeFile() }
    guard let header = try file.read(upToCount: 100), header.count == 100, let size = size(path) else {
      return
    }
    let whole = statedSize([UInt8](header))
    // A header that was overwritten may state any size.
    if size < whole, whole < max(size * 1000, 1 << 30) { try file.truncate(atOffset: UInt64(whole)) }
  }

  private static func size(_ path: String) -> Int? {
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    return attributes?[.size] as? Int
  }

  private static func checkFormat(_ queue: DatabaseQueue, path: String) throws {
    let (application, version) = try queue.read { db in
      (
        try Int.fetchOne(db, sql: "PRAGMA application_id") ?? 0,
        try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
      )
    }
    guard application == Schema.applicationID else {
      throw JournalError.notAJournal(path: path, found: "an SQLite file of another program")
    }
    guard version <= Schema.version else {
      throw JournalError.newerFormat(path: path, found: version, known: Schema.version)
    }
  }
}

extension JournalFile {
  /// Number of islands of the run, which every journal states.
  static func islands(_ db: Database, path: String) throws -> Int {
    guard let text = try String.fetchOne(db, sql: "SELECT value FROM run WHERE key = 'islands'"),
      let islands = Int(text), islands > 0
    else { throw JournalError.damaged(path: path, detail: "the number of islands is missing") }
    return islands
  }
}
