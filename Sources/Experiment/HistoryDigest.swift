import Crypto
package import FunSearch
import PythonSyntax

/// The digest of a history: SHA-256 over one line per program in canonical order (Documentation/History.md).
///
/// It covers programs, parents, operators, scores, failures and resets; never a clock, a message, a worker or
/// how often something was evaluated.
package struct HistoryDigest: Sendable {
  private var hash = SHA256()
  /// Lines that are not hashed yet: many small pieces take longer than a large one.
  private var lines = HistoryText()

  package init(founder: FounderRecord) {
    lines.put("founder ")
    lines.put(founder.hash)
    lines.put(" ")
    lines.put(.scored(founder.scores))
    lines.put("\n")
  }

  /// Takes the next program; programs come in order of number without a gap.
  package mutating func add(_ record: StepRecord) {
    lines.put(record)
    lines.put("\n")
    if lines.bytes.count > 8192 { hashLines() }
  }

  /// Takes the reset that stands before the next program.
  package mutating func add(_ record: ResetRecord) {
    let foundings = record.foundings.map {
      "\($0.island):\($0.from?.description ?? "-"):\($0.founder)"
    }
    lines.put("reset \(record.epoch) \(foundings.joined(separator: " "))\n")
  }

  /// 64 hexadecimal digits.
  package consuming func finish() -> String {
    hashLines()
    var digits = HistoryText()
    for byte in hash.finalize() { digits.put(hexadecimal: UInt64(byte), digits: 2) }
    return String(decoding: digits.bytes, as: UTF8.self)
  }

  /// All that a history says of a step.
  static func line(_ record: StepRecord) -> [UInt8] {
    var line = HistoryText()
    line.put(record)
    return line.bytes
  }

  private mutating func hashLines() {
    hash.update(data: lines.bytes)
    lines.removeAll()
  }
}

/// Lines of a history as UTF-8.
private struct HistoryText: Sendable {
  private(set) var bytes: [UInt8] = []

  mutating func put(_ text: String) {
    bytes.append(contentsOf: text.utf8)
  }

  mutating func put(_ record: StepRecord) {
    put("step ")
    put(field: record.step.island.number)
    put(field: record.step.step)
    put(field: record.epoch)
    put(field: record.redraws)
    put("[")
    put(list: record.parents) { $0.put(decimal: $1.number) }
    put("] [")
    put(list: record.operators) { $0.put($1) }
    put("] ")
    put(record.hash)
    bytes.append(Self.space)
    put(record.outcome)
    bytes.append(Self.space)
    put(record.registration.rawValue)
  }

  /// Scores as the 16 hexadecimal digits of their bits, so that no printing of numbers matters.
  mutating func put(_ outcome: Outcome) {
    switch outcome {
    case .scored(let scores):
      put("scored ")
      put(list: scores.perInput) { $0.put(hexadecimal: $1.bitPattern) }
      bytes.append(Self.space)
      put(hexadecimal: scores.total.bitPattern)
      bytes.append(Self.space)
      put(scores.behaviour ?? "-")
    case .failed(let failure):
      put("failed ")
      put(failure.kind.rawValue)
    }
  }

  mutating func put(_ hash: TreeHash) {
    put(hexadecimal: hash.high)
    put(hexadecimal: hash.low)
  }

  mutating func put(hexadecimal word: UInt64, digits: Int = 16) {
    var shift = UInt64(4 * digits)
    while shift > 0 {
      shift -= 4
      let digit = UInt8(truncatingIfNeeded: word &>> shift) & 15
      bytes.append(digit &+ (digit < 10 ? UInt8(ascii: "0") : UInt8(ascii: "a") - 10))
    }
  }

  /// A number and the space behind it.
  private mutating func put(field number: Int) {
    put(decimal: number)
    bytes.append(Self.space)
  }

  private mutating func put(decimal number: Int) {
    guard number >= 0 else { return put(String(number)) }
    let start = bytes.count
    var rest = number
    repeat {
      bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
      rest /= 10
    } while rest > 0
    var (low, high) = (start, bytes.count - 1)
    while low < high {
      bytes.swapAt(low, high)
      (low, high) = (low + 1, high - 1)
    }
  }

  private mutating func put<Item>(list items: [Item], _ putItem: (inout HistoryText, Item) -> Void) {
    for (index, item) in items.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      putItem(&self, item)
    }
  }

  private static var space: UInt8 { UInt8(ascii: " ") }

  mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
  }
}
