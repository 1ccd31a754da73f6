import PythonSyntax

extension TreeHash {
  /// 16 bytes, most significant first.
  var bytes: [UInt8] {
    (0..<16).map { UInt8(truncatingIfNeeded: ($0 < 8 ? high : low) >> (56 - $0 % 8 * 8)) }
  }

  /// The hash of its 16 bytes.
  init(bytes: some Collection<UInt8>) {
    var words: (high: UInt64, low: UInt64) = (0, 0)
    for byte in bytes.prefix(8) { words.high = words.high << 8 | UInt64(byte) }
    for byte in bytes.dropFirst(8) { words.low = words.low << 8 | UInt64(byte) }
    self.init(high: words.high, low: words.low)
  }
}
