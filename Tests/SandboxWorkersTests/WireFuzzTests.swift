import FunSearch
import PythonSyntax
import Testing

@testable import SandboxWorkers

/// What arrives from a worker is read as what the protocol asks for or refused; nothing else can happen.
@Suite("Damaged bytes from a worker")
struct WireFuzzTests {
  /// Whole payloads of every kind of reply.
  private static let payloads = [
    #"{"event":"ready","protocol":1,"python":"3.11.2","implementation":"cpython","numpy":null,"level":3,"#
      + #""layers":["namespaces","landlock"],"hash_seed":1}"#,
    #"{"id":7,"outcome":"scored","scores":[96.0,2],"digests":["0f",null],"behaviours":["a",null],"#
      + #""metrics":[{},{}],"artifacts":[{"b":[1e16,"],\""]},null],"cpu_microseconds":412,"wall_microseconds":433}"#,
    #"{"id":7,"outcome":"failed","kind":"timeout","message":"é\u0041","line":3,"input":0,"limit":"cpu"}"#,
    #"{"error":{"kind":"exception","message":"m","line":null}}"#, #"{"score":448.0}"#,
    #"{"event":"ended","cpu_seconds":1.25}"#,
    #"{"statements":[["Return",["BinOp",["Name","x"],"Add",["Constant","int","1"]]]]}"#,
    #"{"parameters":[{"name":"el","types":["tuple[int, ...]"],"immutable":true}],"calls":729}"#,
  ].map { Array($0.utf8) }

  /// Pieces that numbers, texts and structures are broken with.
  private static let pieces: [[UInt8]] =
    [
      "9223372036854775807", "-9223372036854775809", "1e999", "-0.0", "NaN", "[[[[", "]]", "{\"", "\\u", "\\",
      "\"", "null", ",,", "\u{0}", "\u{7f}", String(repeating: "[", count: 3_000), "0000", "1.", "é",
    ].map { Array($0.utf8) } + [[0xff], [0xc3], [0xed, 0xa0, 0x80]]

  /// A payload with some of its bytes changed, cut out or doubled.
  private static func damaged(_ payload: [UInt8], _ draw: inout Draw) -> [UInt8] {
    var bytes = payload
    for _ in 0...draw.below(4) {
      let at = draw.below(bytes.count + 1)
      switch draw.below(5) {
      case 0 where at < bytes.count: bytes[at] = UInt8(draw.below(256))
      case 1: bytes.insert(contentsOf: pieces[draw.below(pieces.count)], at: at)
      case 2: bytes.removeSubrange(at..<min(bytes.count, at + draw.below(20)))
      case 3: bytes.append(contentsOf: bytes[at...])
      default: bytes.removeSubrange(at...)
      }
    }
    return bytes
  }

  /// Reads the payload as every kind of reply; gives how many of these it could be.
  private static func readings(of payload: [UInt8]) -> Int {
    let slice = ([0] + payload)[1...]
    var count = 0
    func attempt<Reply>(_ read: () throws -> Reply?) {
      if let reply = try? read() {
        // What is read must be fit for use: sums, indices and texts of it must not trap.
        count += "\(reply)".isEmpty ? 0 : 1
      }
    }
    attempt { try Greeting(slice) }
    attempt { try VerifierReply(slice) }
    attempt { try WireError(slice) }
    attempt { try MemberText.elements(of: "artifacts", in: slice) }
    attempt { try SpecificationDescription(json: try JSONValue(reply: slice)) }
    attempt { try JSONValue(reply: slice)["statements"]?.array?.map { try Statement(json: $0) } }
    attempt {
      let reply = try OutcomeReply(slice, id: 7, inputs: 2, aggregate: .mean)
      if case .failed(let failure) = reply.evaluation.outcome, let input = failure.input {
        return [1, 2][input]
      }
      return reply.evaluation.cpuMicroseconds * 1_000 + reply.evaluation.wallMicroseconds
    }
    return count
  }

  @Test("are read or refused, however they are damaged", arguments: 0..<8)
  func payloads(seed: Int) {
    var draw = Draw(seed: seed)
    for _ in 0..<1_500 {
      _ = Self.readings(of: Self.damaged(Self.payloads[draw.below(Self.payloads.count)], &draw))
      _ = Self.readings(of: (0..<draw.below(40)).map { _ in UInt8(draw.below(256)) })
    }
    #expect(Self.payloads.allSatisfy { Self.readings(of: $0) > 0 })
  }

  @Test("make frames or an error, and never more bytes than came", arguments: 0..<8)
  func frames(seed: Int) {
    var draw = Draw(seed: seed)
    for _ in 0..<200 {
      var stream = Self.payloads.flatMap(FrameBuffer.frame)
      for _ in 0..<draw.below(6) { stream[draw.below(stream.count)] = UInt8(draw.below(256)) }
      var buffer = FrameBuffer()
      var taken = 0
      do {
        while !stream.isEmpty {
          let count = min(stream.count, 1 + draw.below(100))
          buffer.bytes += stream.prefix(count)
          stream.removeFirst(count)
          while let payload = try buffer.next() { taken += payload.count + 4 }
        }
      } catch {
        #expect(error.announced > FrameBuffer.limit)
      }
      #expect(taken <= Self.payloads.reduce(0) { $0 + $1.count + 4 }, "seed \(seed)")
    }
  }

  /// A small generator of its own, so that a failure can be had again by its seed.
  private struct Draw {
    private var state: UInt64

    init(seed: Int) {
      state = UInt64(seed) &* 0x9e37_79b9_7f4a_7c15 | 1
    }

    mutating func below(_ bound: Int) -> Int {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return Int(state >> 11) % max(1, bound)
    }
  }
}
