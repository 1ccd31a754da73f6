import Foundation

/// What tells whether a file, or another in its place, was written since.
struct FileStamp: Hashable, Sendable {
  private let file: UInt64
  private let size: UInt64
  private let changed: Date?
  private let logSize: UInt64?
  private let logChanged: Date?

  /// The stamp of a journal with its log; nil when there is no such file.
  init?(journal path: String) {
    guard let file = try? FileManager.default.attributesOfItem(atPath: path) else { return nil }
    let log = try? FileManager.default.attributesOfItem(atPath: path + "-wal")
    self.file = Self.number(file, .systemFileNumber) ?? 0
    size = Self.number(file, .size) ?? 0
    changed = file[.modificationDate] as? Date
    logSize = log.flatMap { Self.number($0, .size) }
    logChanged = log?[.modificationDate] as? Date
  }

  /// Whether both are of one file, however it has grown.
  func isSameFile(as other: FileStamp) -> Bool { file == other.file }

  private static func number(_ attributes: [FileAttributeKey: Any], _ key: FileAttributeKey) -> UInt64? {
    (attributes[key] as? NSNumber)?.uint64Value
  }
}
