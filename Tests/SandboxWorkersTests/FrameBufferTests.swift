import Testing

@testable import SandboxWorkers

@Suite("A frame buffer")
struct FrameBufferTests {
  @Test("gives the same frames however the bytes arrive", arguments: [1, 2, 3, 5, 7, 1000])
  func pieces(size: Int) throws {
    let payloads = (0..<20).map { count in [UInt8](repeating: UInt8(count), count: count * 13) }
    let stream = payloads.flatMap(FrameBuffer.frame)
    var buffer = FrameBuffer()
    var found: [[UInt8]] = []
    for start in stride(from: 0, to: stream.count, by: size) {
      buffer.bytes += stream[start..<min(start + size, stream.count)]
      while let payload = try buffer.next() { found.append(Array(payload)) }
    }
    #expect(found == payloads)
    #expect(!buffer.isWithinFrame)
  }

  @Test("refuses a frame that is too long")
  func tooLong() {
    var buffer = FrameBuffer()
    buffer.bytes = [1, 0, 0, 4]
    #expect(throws: FrameTooLong(announced: (64 << 20) + 1)) { _ = try buffer.next() }
  }

  @Test("says when the stream ended amid a frame")
  func unfinished() throws {
    var buffer = FrameBuffer()
    buffer.bytes = [9, 0, 0, 0, 1]
    #expect(try buffer.next() == nil)
    #expect(buffer.isWithinFrame)
  }
}
