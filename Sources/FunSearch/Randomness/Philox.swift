/// The counter-based generator Philox4x32-10: a block of 128 random bits as a pure function of key and counter.
///
/// Source: Salmon, Moraes, Dror, Shaw, "Parallel Random Numbers: As Easy as 1, 2, 3", SC 2011,
/// doi 10.1145/2063384.2063405. The known-answer vectors of its authors are in the tests.
package enum Philox {
  /// Four 32-bit words, as the paper orders them.
  package typealias Block = (UInt32, UInt32, UInt32, UInt32)

  /// The block of `counter` under `key`, after ten rounds.
  package static func block(counter: Block, key: (UInt32, UInt32)) -> Block {
    var c = counter
    var k = key
    for round in 0..<10 {
      if round > 0 { k = (k.0 &+ 0x9E37_79B9, k.1 &+ 0xBB67_AE85) }
      let p0 = 0xD251_1F53 * UInt64(c.0)
      let p1 = 0xCD9E_8D57 * UInt64(c.2)
      c = (
        UInt32(truncatingIfNeeded: p1 >> 32) ^ c.1 ^ k.0, UInt32(truncatingIfNeeded: p1),
        UInt32(truncatingIfNeeded: p0 >> 32) ^ c.3 ^ k.1, UInt32(truncatingIfNeeded: p0)
      )
    }
    return c
  }
}
