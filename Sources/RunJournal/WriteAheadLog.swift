import Foundation

/// What the write-ahead log beside a journal holds, read before SQLite opens it.
///
/// SQLite drops what stands behind the last whole commit without a word; this finds the words. The format is in
/// SQLite's documentation, "WAL-mode File Format".
package enum WriteAheadLog {
  /// Bytes behind the last whole commit that belong to a commit which was cut off; 0 when there are none.
  package static func tornBytes(_ journal: String) -> Int {
    guard let log = FileManager.default.contents(atPath: journal + "-wal"), !log.isEmpty else { return 0 }
    return tornBytes([UInt8](log))
  }

  private static func tornBytes(_ log: [UInt8]) -> Int {
    guard log.count >= headerSize else { return log.count }
    let isBigEndian = log[3] & 1 == 1
    let pageSize = Int(word(log, 8))
    guard word(log, 0) & ~1 == 0x377F_0682, pageSize >= 512 else { return log.count }
    var sum = checksum(log, 0..<24, isBigEndian, (0, 0))
    guard sum == (word(log, 24), word(log, 28)) else { return log.count }
    var place = headerSize
    var committed = headerSize
    while place + frameHeaderSize <= log.count {
      // Frames of an earlier use of the file have other salts; they are no part of this log.
      guard log[place + 8..<place + 16].elementsEqual(log[16..<24]) else { return place - committed }
      let end = place + frameHeaderSize + pageSize
      guard end <= log.count else { return log.count - committed }
      sum = checksum(log, place..<place + 8, isBigEndian, sum)
      sum = checksum(log, place + frameHeaderSize..<end, isBigEndian, sum)
      guard sum == (word(log, place + 16), word(log, place + 20)) else { return log.count - committed }
      // The last frame of a commit states the size of the file after it.
      if word(log, place + 4) != 0 { committed = end }
      place = end
    }
    return log.count - committed
  }

  private static let headerSize = 32
  private static let frameHeaderSize = 24

  private static func word(_ bytes: [UInt8], _ place: Int) -> UInt32 {
    UInt32(bytes[place]) << 24 | UInt32(bytes[place + 1]) << 16 | UInt32(bytes[place + 2]) << 8
      | UInt32(bytes[place + 3])
  }

  private static func checksum(
    _ bytes: [UInt8],
    _ range: Range<Int>,
    _ isBigEndian: Bool,
    _ start: (UInt32, UInt32)
  ) -> (UInt32, UInt32) {
    var (first, second) = start
    for place in stride(from: range.lowerBound, to: range.upperBound, by: 8) {
      let words = (word(bytes, place), word(bytes, place + 4))
      first = first &+ (isBigEndian ? words.0 : words.0.byteSwapped) &+ second
      second = second &+ (isBigEndian ? words.1 : words.1.byteSwapped) &+ first
    }
    return (first, second)
  }
}
