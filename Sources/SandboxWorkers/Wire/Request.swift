import FunSearch
import PythonSyntax

/// The JSON payloads of requests (Sandbox/PROTOCOL.md).
enum Request {
  static func describe(path: String, source: String) -> [UInt8] {
    object { $0.string("op", "describe").string("path", path).string("source", source) }
  }

  static func parse(source: String) -> [UInt8] {
    object { $0.string("op", "parse").string("source", source) }
  }

  static func keep(source: String, statements: [Int], bare: Int) -> [UInt8] {
    object {
      $0.string("op", "keep").string("source", source)
        .raw("statements", "[" + statements.map(String.init).joined(separator: ",") + "]")
        .raw("bare", String(bare))
    }
  }

  static func extract(_ reply: ReplyRequest, _ specification: Specification) -> [UInt8] {
    object {
      $0.string("op", "extract").string("reply", reply.text)
        .string("specification", specification.source).string("evolve", specification.evolve.name)
        .string("run", specification.run).raw("verify", specification.verify.map(quoted) ?? "null")
        .raw("version", String(reply.version)).string("shown", reply.shown)
        .raw("against", reply.against.map(quoted) ?? "null").raw("cut", reply.isCut ? "true" : "false")
    }
  }

  static func trace() -> [UInt8] {
    object { $0.string("op", "trace") }
  }

  static func inputs(reader: String, name: String, text: String) -> [UInt8] {
    object { $0.string("op", "inputs").string("reader", reader).string("name", name).string("text", text) }
  }

  static func load(_ problem: Problem) -> [UInt8] {
    let specification = problem.specification
    return object {
      $0.string("op", "load").string("path", specification.path).string("source", specification.source)
        .string("evolve", specification.evolve.name).string("run", specification.run)
        .raw("verify", specification.verify.map(quoted) ?? "null")
        .raw("inputs", "[" + problem.inputs.map(\.json).joined(separator: ",") + "]")
        .raw("limits", limits(problem.limits)).string("trust", problem.trust.rawValue)
        .raw("decorators", "[" + specification.decorators.map(quoted).joined(separator: ",") + "]")
    }
  }

  /// `draws` name the random numbers of each repeat of a noisy evaluation.
  static func evaluate(
    id: Int,
    lane: Lane,
    source: String,
    withArtifacts: Bool,
    draws: (name: String, repeats: Int)? = nil
  ) -> [UInt8] {
    object {
      let request = $0.string("op", "evaluate").raw("id", String(id)).string("lane", lane.rawValue)
        .string("source", source).raw("inputs", "null").raw("artifact", withArtifacts ? "true" : "false")
      guard let draws else { return request }
      return request.raw("noise", "{\"draws\":\(quoted(draws.name)),\"repeats\":\(draws.repeats)}")
    }
  }

  /// `artifact` is JSON text.
  static func verify(input: Int, artifact: String) -> [UInt8] {
    object { $0.string("op", "verify").raw("input", String(input)).raw("artifact", artifact) }
  }

  /// `source` is the text of a problem's `view.py`, `artifact` JSON text.
  static func view(path: String, source: String, input: Int, artifact: String) -> [UInt8] {
    object {
      $0.string("op", "view").string("path", path).string("source", source).raw("input", String(input))
        .raw("artifact", artifact)
    }
  }

  private static func limits(_ limits: EvaluationLimits) -> String {
    let payload = object {
      $0.raw("cpu_seconds", String(limits.cpuSeconds)).raw("wall_seconds", String(limits.wallSeconds))
        .raw("memory_bytes", String(limits.memoryBytes)).raw("output_bytes", String(limits.outputBytes))
    }
    return String(decoding: payload, as: UTF8.self)
  }

  private static func quoted(_ text: String) -> String {
    var bytes: [UInt8] = []
    JSONText.quote(text, into: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func object(_ fill: (JSONText) -> JSONText) -> [UInt8] {
    var bytes = fill(JSONText()).bytes
    bytes.append(UInt8(ascii: "}"))
    return bytes
  }
}

/// An object being written, member by member.
private struct JSONText {
  private(set) var bytes: [UInt8] = [UInt8(ascii: "{")]

  consuming func string(_ key: String, _ value: String) -> JSONText {
    begin(key)
    Self.quote(value, into: &bytes)
    return self
  }

  consuming func raw(_ key: String, _ json: String) -> JSONText {
    begin(key)
    bytes += json.utf8
    return self
  }

  private mutating func begin(_ key: String) {
    if bytes.count > 1 { bytes.append(UInt8(ascii: ",")) }
    Self.quote(key, into: &bytes)
    bytes.append(UInt8(ascii: ":"))
  }

  static func quote(_ text: String, into bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
      case 10: bytes += [UInt8(ascii: "\\"), UInt8(ascii: "n")]
      case 0..<32:
        let digits = String(byte, radix: 16)
        bytes += "\\u\(String(repeating: "0", count: 4 - digits.count))\(digits)".utf8
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }
}
