/// A 128-bit content hash: MurmurHash3_x64_128 with seed 0 (Austin Appleby, public domain).
///
/// Stable across processes and machines. It tells apart what was not made to collide; it is no seal against
/// someone who wants two contents of one hash.
public struct TreeHash: Hashable, Sendable {
  package let high: UInt64
  package let low: UInt64

  package init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// One of its words tells hashes apart as well as both.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(low)
  }

  /// Reads the 32 hexadecimal digits of ``description``; nil for anything else.
  package init?(_ text: String) {
    let digits = Array(text.utf8)
    let hexadecimal = digits.allSatisfy { Character(Unicode.Scalar($0)).isHexDigit }
    guard digits.count == 32, hexadecimal,
      let high = UInt64(String(decoding: digits[..<16], as: UTF8.self), radix: 16),
      let low = UInt64(String(decoding: digits[16...], as: UTF8.self), radix: 16)
    else { return nil }
    self.init(high: high, low: low)
  }

  /// Hashes bytes; `high` is the algorithm's h1, `low` its h2.
  package init(hashing bytes: [UInt8]) {
    var mixer = MurmurMixer()
    let blocks = bytes.count / 16
    for block in 0..<blocks {
      mixer.mix(Self.word(bytes, 16 * block, 8), Self.word(bytes, 16 * block + 8, 8))
    }
    let start = 16 * blocks
    let rest = bytes.count - start
    mixer.mixTail(
      Self.word(bytes, start, min(rest, 8)),
      Self.word(bytes, start + 8, max(rest - 8, 0))
    )
    (high, low) = mixer.finish(count: UInt64(bytes.count))
  }

  /// A number of up to 8 bytes, little end first.
  private static func word(_ bytes: [UInt8], _ start: Int, _ count: Int) -> UInt64 {
    if count == 8 {
      return unsafe bytes.withUnsafeBytes {
        UInt64(littleEndian: unsafe $0.loadUnaligned(fromByteOffset: start, as: UInt64.self))
      }
    }
    var word: UInt64 = 0
    for offset in 0..<count { word |= UInt64(bytes[start + offset]) << UInt64(8 * offset) }
    return word
  }
}

extension TreeHash: Comparable {
  /// Order by ``high``, then by ``low``.
  public static func < (left: TreeHash, right: TreeHash) -> Bool {
    (left.high, left.low) < (right.high, right.low)
  }
}

extension TreeHash: CustomStringConvertible {
  /// 32 hexadecimal digits, ``high`` first.
  public var description: String {
    Self.hexadecimal(high) + Self.hexadecimal(low)
  }

  private static func hexadecimal(_ word: UInt64) -> String {
    let digits = String(word, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}

/// The state of MurmurHash3_x64_128.
private struct MurmurMixer {
  private var h1: UInt64 = 0
  private var h2: UInt64 = 0
  private static let c1: UInt64 = 0x87c3_7b91_1142_53d5
  private static let c2: UInt64 = 0x4cf5_ad43_2745_937f

  mutating func mix(_ k1: UInt64, _ k2: UInt64) {
    h1 ^= Self.rotate(k1 &* Self.c1, 31) &* Self.c2
    h1 = (Self.rotate(h1, 27) &+ h2) &* 5 &+ 0x52dc_e729
    h2 ^= Self.rotate(k2 &* Self.c2, 33) &* Self.c1
    h2 = (Self.rotate(h2, 31) &+ h1) &* 5 &+ 0x3849_5ab5
  }

  mutating func mixTail(_ k1: UInt64, _ k2: UInt64) {
    h2 ^= Self.rotate(k2 &* Self.c2, 33) &* Self.c1
    h1 ^= Self.rotate(k1 &* Self.c1, 31) &* Self.c2
  }

  func finish(count: UInt64) -> (UInt64, UInt64) {
    var (a, b) = (h1 ^ count, h2 ^ count)
    a = a &+ b
    b = b &+ a
    a = Self.avalanche(a)
    b = Self.avalanche(b)
    a = a &+ b
    return (a, b &+ a)
  }

  private static func rotate(_ word: UInt64, _ count: UInt64) -> UInt64 {
    word << count | word >> (64 - count)
  }

  private static func avalanche(_ word: UInt64) -> UInt64 {
    var word = word
    word ^= word >> 33
    word = word &* 0xff51_afd7_ed55_8ccd
    word ^= word >> 33
    word = word &* 0xc4ce_b9fe_1a85_ec53
    return word ^ word >> 33
  }
}
