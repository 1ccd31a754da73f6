/// Bytes as they arrive, taken out again frame by frame: a 4-byte little-endian length, then the payload
/// (Sandbox/PROTOCOL.md).
struct FrameBuffer {
  /// The largest payload either side may send.
  static let limit = 64 << 20

  /// Where reads append.
  var bytes: [UInt8] = []
  private var start = 0

  /// The next whole frame's payload, or nil until more has arrived.
  ///
  /// - Throws: ``FrameTooLong`` when a longer frame is announced than may be sent.
  mutating func next() throws(FrameTooLong) -> ArraySlice<UInt8>? {
    guard bytes.count - start >= 4 else { return compact() }
    let size = (0..<4).reduce(0) { $0 | Int(bytes[start + $1]) << (8 * $1) }
    guard size <= Self.limit else { throw FrameTooLong(announced: size) }
    guard bytes.count - start - 4 >= size else { return compact() }
    let payload = bytes[(start + 4)..<(start + 4 + size)]
    start += 4 + size
    return payload
  }

  /// True when part of a frame has arrived.
  var isWithinFrame: Bool { bytes.count > start }

  private mutating func compact() -> ArraySlice<UInt8>? {
    if start > 0 {
      bytes.removeFirst(start)
      start = 0
    }
    return nil
  }

  /// `payload` as a frame.
  static func frame(_ payload: [UInt8]) -> [UInt8] {
    precondition(payload.count <= limit, "a request of \(payload.count) bytes is longer than a frame may be")
    var frame: [UInt8] = []
    frame.reserveCapacity(4 + payload.count)
    for byte in 0..<4 { frame.append(UInt8(truncatingIfNeeded: payload.count >> (8 * byte))) }
    frame += payload
    return frame
  }
}

/// The other side announced a frame that may not be.
struct FrameTooLong: Error, Hashable {
  let announced: Int
}
