import Foundation
import GRDB
import PythonSyntax

extension Row {
  /// The text of a column, zero characters included; empty for NULL.
  ///
  /// Only rows of a cursor keep what follows a zero character: rows copied by `fetchAll` do not.
  func text(_ column: Int) throws -> String {
    try withUnsafeData(atIndex: column) { String(decoding: $0 ?? Data(), as: UTF8.self) }
  }

  /// The bytes of a column; empty for NULL.
  func bytes(_ column: Int) throws -> [UInt8] {
    try withUnsafeData(atIndex: column) { [UInt8]($0 ?? Data()) }
  }

  /// The 16 bytes of a column as a hash.
  func hash(_ column: Int) throws -> TreeHash {
    try withUnsafeData(atIndex: column) { data in
      var words: (UInt64, UInt64) = (0, 0)
      for byte in (data ?? Data()).prefix(8) { words.0 = words.0 << 8 | UInt64(byte) }
      for byte in (data ?? Data()).dropFirst(8) { words.1 = words.1 << 8 | UInt64(byte) }
      return TreeHash(high: words.0, low: words.1)
    }
  }
}

extension TreeHash {
  /// 16 bytes, most significant first.
  var bytes: Data {
    var bytes = Data(capacity: 16)
    for word in [high, low] {
      for shift in stride(from: 56, through: 0, by: -8) {
        bytes.append(UInt8(truncatingIfNeeded: word >> shift))
      }
    }
    return bytes
  }
}
