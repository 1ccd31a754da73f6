import PythonSyntax
import Testing

@testable import FunSearch

@Suite("Known outcomes")
struct KnownOutcomesTests {
  /// Outcomes that are easily taken for one another.
  private static let alike: [Outcome] = [
    .scored(Scores(perInput: [0.0], total: 0.0)),
    .scored(Scores(perInput: [-0.0], total: 0.0)),
    .scored(Scores(perInput: [0.0], total: -0.0)),
    .scored(Scores(perInput: [0.0, 1], total: 0.0)),
    .scored(Scores(perInput: [0.0, 2], total: 0.0)),
    .scored(Scores(perInput: [], total: 0.0)),
    .scored(Scores(perInput: [0.0], total: 0.0, behaviour: "é")),
    .scored(Scores(perInput: [0.0], total: 0.0, behaviour: "e\u{301}")),
    .failed(Failure(.exception, "é")),
    .failed(Failure(.exception, "e\u{301}")),
    .failed(Failure(.crash, "é")),
    .failed(Failure(.exception, "é", line: 1)),
    .failed(Failure(.exception, "é", input: 1)),
    .failed(Failure(.exception, "é", limit: "cpu")),
  ]

  /// The text of an outcome, other for every other bit.
  private static func text(_ outcome: Outcome?) -> String {
    String(reflecting: outcome).unicodeScalars.map { $0.escaped(asASCII: true) }.joined()
  }

  @Test("are those a dictionary would hold, bit for bit", arguments: 0..<8 as Range<UInt64>)
  func areThoseOfDictionary(_ seed: UInt64) {
    var random = RandomStream(seed: seed, island: 0, step: 0, purpose: .tool)
    var known = KnownOutcomes()
    var model: [TreeHash: Outcome] = [:]
    for _ in 0..<20_000 {
      let hash = TreeHash(high: 1, low: UInt64(random.integer(below: 9_000)))
      let number = Double(random.integer(below: 6_000))
      let outcome =
        random.chance(0.5)
        ? random.element(of: Self.alike) : .scored(Scores(perInput: [number], total: number))
      known.note(outcome, of: hash)
      model[hash] = outcome
    }
    for number in 0..<9_000 as Range<UInt64> {
      let hash = TreeHash(high: 1, low: number)
      #expect(known.contains(hash) == (model[hash] != nil), "seed \(seed)")
      #expect(Self.text(known[hash]) == Self.text(model[hash]), "seed \(seed)")
    }
  }

  @Test("that recur are held once")
  func areHeldOnce() {
    var known = KnownOutcomes()
    for number in 0..<10_000 as Range<UInt64> {
      let total = Double(number % 100)
      known.note(.scored(Scores(perInput: [total], total: total)), of: TreeHash(high: 0, low: number))
    }
    #expect(known.distinct == 100)
  }
}
