package import GRDB

/// Why a run on disk cannot be read or written.
package enum JournalError: Error, CustomStringConvertible {
  /// Raised when no file is there.
  case missing(path: String)
  /// Raised when a run is to be created where one is.
  case exists(path: String)
  /// Raised when the file is not the journal of a run.
  case notAJournal(path: String, found: String)
  /// Raised when a later version of this program wrote the file.
  case newerFormat(path: String, found: Int, known: Int)
  /// Raised when the file was cut, overwritten or otherwise damaged.
  case damaged(path: String, detail: String)
  /// Raised when nothing of a damaged file can be saved.
  case lost(path: String, detail: String)
  /// Raised when the disk has no space left; what was committed before is intact.
  case full(path: String)
  /// Raised when the file or its folder may not be written.
  case readOnly(path: String)
  /// Raised when a record would enter the history twice or break another rule of the schema.
  case refused(path: String, detail: String)
  /// Raised when another process has the run open.
  case locked(folder: String, holder: String)
  /// Raised when the system or the database refuses for another reason.
  case failed(path: String, detail: String)

  package var description: String {
    switch self {
    case .missing(let path):
      "\(path): no such run. Check the name, or see the runs there are with `funsearch list`."
    case .exists(let path):
      "\(path): a run is there already. Resume it, or give the new run another name."
    case .notAJournal(let path, let found):
      "\(path): this is not the journal of a run (\(found)). Give the folder of a run."
    case .newerFormat(let path, let found, let known):
      "\(path): written in format \(found), and this version reads formats up to \(known). "
        + "Use the version that wrote it, or a later one."
    case .damaged(let path, let detail):
      "\(path): the file is damaged (\(detail)). Restore it from a backup, or let "
        + "`funsearch resume RUN --salvage` keep what is whole of it and make the rest again."
    case .lost(let path, let detail):
      "\(path): nothing of the file can be saved (\(detail)). Restore it from a backup, or start the run again "
        + "with its settings: the history will be the same."
    case .full(let path):
      "\(path): no space left on the disk. Everything committed before is intact: free some space and resume."
    case .readOnly(let path):
      "\(path): cannot be written. Check the permissions of the file and its folder."
    case .refused(let path, let detail):
      "\(path): the journal refused a record (\(detail)). Nothing of its group was written."
    case .locked(let folder, let holder):
      "\(folder): in use by \(holder). Wait until it ends, or stop it."
    case .failed(let path, let detail):
      "\(path): \(detail). Everything committed before is intact."
    }
  }
}

extension JournalError {
  /// What an error of the database means for the file at `path`.
  package init(_ error: DatabaseError, path: String) {
    let detail = "SQLite \(error.extendedResultCode.rawValue): \(error.message ?? "no message")"
    switch error.resultCode {
    case .SQLITE_FULL: self = .full(path: path)
    case .SQLITE_NOTADB: self = .notAJournal(path: path, found: "not an SQLite file")
    case .SQLITE_CORRUPT: self = .damaged(path: path, detail: detail)
    case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_AUTH: self = .readOnly(path: path)
    case .SQLITE_CONSTRAINT, .SQLITE_MISMATCH: self = .refused(path: path, detail: error.message ?? detail)
    default: self = .failed(path: path, detail: detail)
    }
  }

  /// Runs `body`; errors of the database become errors about the file at `path`.
  static func wrapping<T>(_ path: String, _ body: () throws -> T) throws(JournalError) -> T {
    do {
      return try body()
    } catch let error as JournalError {
      throw error
    } catch let error as DatabaseError {
      throw JournalError(error, path: path)
    } catch {
      throw .failed(path: path, detail: String(describing: error))
    }
  }
}
