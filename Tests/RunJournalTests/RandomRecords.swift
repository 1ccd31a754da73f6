import FunSearch
import PythonSyntax

/// Random events of every kind, a function of the seed.
struct RandomRecords {
  private var random: RandomStream
  private let islands: Int
  private var nextStep: [Int]
  private var epoch = 0

  init(seed: UInt64, islands: Int = 4) {
    random = RandomStream(seed: seed, island: 0, step: 0, purpose: .tool)
    self.islands = islands
    nextStep = Array(repeating: 0, count: islands)
  }

  /// A founder, then `count` steps of islands in random order, with resets between.
  mutating func events(_ count: Int) -> [SearchEvent] {
    var events: [SearchEvent] = [.founded(founder())]
    for _ in 0..<count {
      if random.chance(0.02) { events.append(.reset(reset())) }
      events.append(.committed(step()))
    }
    return events
  }

  mutating func founder() -> FounderRecord {
    FounderRecord(
      hash: hash(),
      source: text(300),
      encodedFunction: bytes(250),
      scores: scores(),
      claim: claim()
    )
  }

  mutating func step() -> StepRecord {
    let island = random.integer(below: islands)
    let step = nextStep[island]
    nextStep[island] += 1
    let outcome: Outcome = random.chance(0.7) ? .scored(scores()) : .failed(failure())
    // Few bodies, so that some recur, in the same spelling or in another.
    let body = random.integer(below: 1 << 6)
    return StepRecord(
      step: StepID(island: IslandID(island), step: step),
      epoch: epoch,
      redraws: random.geometric(0.3, limit: 20),
      parents: (0..<random.integer(below: 4)).map { _ in ProgramID(random.integer(below: 1_000_000)) },
      operators: (0..<random.integer(below: 4)).map { _ in text(12) },
      hash: TreeHash(high: UInt64(body) << 58, low: .max),
      source: "def f():\n  return \(body)\n",
      encodedFunction: [UInt8(body), UInt8(random.integer(below: 2))],
      encodedSupport: random.chance(0.1) ? bytes(20) : [],
      outcome: outcome,
      reused: random.chance(0.2),
      registration: random.element(of: Registration.allCases),
      claim: random.chance(0.1) ? claim() : nil,
      refuted: outcome.total == nil && random.chance(0.1) ? scores() : nil,
      cpuMicroseconds: random.integer(below: 1_000_000),
      wallMicroseconds: random.integer(below: 1_000_000)
    )
  }

  mutating func reset() -> ResetRecord {
    epoch += 1
    return ResetRecord(
      epoch: epoch,
      foundings: random.shuffled(Array(0..<islands)).prefix(random.integer(below: islands + 1)).map {
        island in
        Founding(
          island: IslandID(island),
          from: random.chance(0.3) ? nil : IslandID(random.integer(below: islands)),
          founder: ProgramID(random.integer(below: 10_000))
        )
      }
    )
  }

  private mutating func scores() -> Scores {
    Scores(
      perInput: (0..<random.integer(below: 5)).map { _ in double() },
      total: double(),
      behaviour: random.chance(0.5) ? nil : "0f1e\(random.integer(below: 1000))"
    )
  }

  private mutating func failure() -> Failure {
    Failure(
      random.element(of: FailureKind.allCases),
      text(60),
      line: random.chance(0.5) ? nil : random.integer(below: 100),
      input: random.chance(0.5) ? nil : random.integer(below: 10),
      limit: random.chance(0.5) ? nil : random.element(of: ["cpu", "wall"])
    )
  }

  private mutating func claim() -> Claim {
    Claim(
      verified: random.chance(0.5),
      artifacts: (0..<random.integer(below: 3)).map { _ in "[[0,1],[\(random.integer(below: 100)),2]]" }
    )
  }

  /// Any finite double: also denormal ones, negative zero and the largest.
  private mutating func double() -> Double {
    if random.chance(0.3) { return Double(random.integer(in: -1000...1000)) }
    let value = Double(bitPattern: random.bits())
    return value.isFinite ? value : -0.0
  }

  private mutating func hash() -> TreeHash { TreeHash(high: random.bits(), low: random.bits()) }

  private mutating func bytes(_ count: Int) -> [UInt8] {
    (0..<random.integer(below: count)).map { _ in UInt8(random.integer(below: 256)) }
  }

  /// Text with quotes, control characters (zero too) and characters beyond 16 bits.
  private mutating func text(_ count: Int) -> String {
    var text = String.UnicodeScalarView()
    for _ in 0..<random.integer(below: count) {
      text.append(
        random.element(of: ["a", "\"", "\\", "\n", "\0", "é", "e", "\u{301}", "𝔽", "[", "]", ",", " "])
      )
    }
    return String(text)
  }
}
