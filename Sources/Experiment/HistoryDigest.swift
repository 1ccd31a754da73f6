import Crypto
package import FunSearch
import PythonSyntax

/// The digest of a history: SHA-256 over one line per program in canonical order (Documentation/History.md).
///
/// It covers programs, parents, operators, scores, failures and resets; never a clock, a message, a worker or
/// how often something was evaluated.
package struct HistoryDigest {
  private var hash = SHA256()

  package init(founder: FounderRecord) {
    add("founder \(founder.hash) \(Self.text(.scored(founder.scores)))")
  }

  /// Takes the next program; programs come in order of number without a gap.
  package mutating func add(_ record: StepRecord) {
    add(Self.line(record))
  }

  /// All that a history says of a step.
  static func line(_ record: StepRecord) -> String {
    let parents = record.parents.map(\.description).joined(separator: ",")
    let operators = record.operators.joined(separator: ",")
    return "step \(record.step.island) \(record.step.step) \(record.epoch) \(record.redraws) [\(parents)] "
      + "[\(operators)] \(record.hash) \(text(record.outcome)) \(record.registration.rawValue)"
  }

  /// Takes the reset that stands before the next program.
  package mutating func add(_ record: ResetRecord) {
    let foundings = record.foundings.map {
      "\($0.island):\($0.from?.description ?? "-"):\($0.founder)"
    }
    add("reset \(record.epoch) \(foundings.joined(separator: " "))")
  }

  /// 64 hexadecimal digits.
  package consuming func finish() -> String {
    hash.finalize().map { byte in hexDigits[Int(byte >> 4)] + hexDigits[Int(byte & 15)] }.joined()
  }

  /// Scores as the 16 hexadecimal digits of their bits, so that no printing of numbers matters.
  private static func text(_ outcome: Outcome) -> String {
    switch outcome {
    case .scored(let scores):
      let bits = scores.perInput.map { hex($0.bitPattern) }.joined(separator: ",")
      return "scored \(bits) \(hex(scores.total.bitPattern)) \(scores.behaviour ?? "-")"
    case .failed(let failure): return "failed \(failure.kind.rawValue)"
    }
  }

  private static func hex(_ bits: UInt64) -> String {
    let digits = String(bits, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  private mutating func add(_ line: String) {
    hash.update(data: Array((line + "\n").utf8))
  }
}

private let hexDigits = "0123456789abcdef".map(String.init)
