/// What a stream of random numbers is for; streams of different purposes never share a number.
public enum RandomPurpose: UInt32, Sendable {
  /// Which clusters and programs become the versions of a prompt.
  case prompt = 1
  /// What the offline mutator does with them.
  case mutation = 2
  /// Which islands found the reset ones.
  case reset = 3
  /// Draws of tests and tools, never of a history.
  case tool = 4
  /// Which steps climb, and on what climbs are founded.
  case climb = 5
  /// Which steps ask a language model.
  case model = 6
  /// Which model is asked.
  case ensemble = 7
}

/// A stream of random numbers that is a function of (seed, island, step, attempt, purpose) and of nothing else.
///
/// All randomness of a history comes from such streams. Draws and shuffles are our own, since the standard
/// library's are not promised to stay the same.
public struct RandomStream: Sendable {
  private let key: (UInt32, UInt32)
  private let prefix: (UInt32, UInt32, UInt32)
  private var index: UInt32 = 0
  private var buffered: UInt64?

  /// - Parameters:
  ///   - seed: the run's seed.
  ///   - island: the island, less than 65,536.
  ///   - step: the island's own step, or the epoch for draws of a reset; less than 2³².
  ///   - attempt: counts redraws of one step, less than 4,096.
  ///   - purpose: what the numbers are for.
  public init(seed: UInt64, island: Int, step: Int, attempt: Int = 0, purpose: RandomPurpose) {
    precondition(island >= 0 && island < 1 << 16, "an island's number fits 16 bits")
    precondition(attempt >= 0 && attempt < 1 << 12, "an attempt's number fits 12 bits")
    key = (UInt32(truncatingIfNeeded: seed), UInt32(truncatingIfNeeded: seed >> 32))
    prefix = (UInt32(step), UInt32(island) << 16 | UInt32(attempt) << 4 | purpose.rawValue, 0)
  }

  /// The next 64 random bits.
  public mutating func bits() -> UInt64 {
    if let second = buffered {
      buffered = nil
      return second
    }
    let block = Philox.block(counter: (index, prefix.0, prefix.1, prefix.2), key: key)
    index += 1
    buffered = UInt64(block.2) | UInt64(block.3) << 32
    return UInt64(block.0) | UInt64(block.1) << 32
  }

  /// A double in [0, 1) with 53 random bits.
  public mutating func unit() -> Double {
    Double(bits() >> 11) * 0x1p-53
  }

  /// A whole number in 0 ..< `bound`, each equally likely.
  ///
  /// Source: Lemire, "Fast Random Integer Generation in an Interval", 2019, doi 10.1145/3230636.
  public mutating func integer(below bound: Int) -> Int {
    precondition(bound > 0, "a draw needs at least one choice")
    let range = UInt64(bound)
    var product = bits().multipliedFullWidth(by: range)
    if product.low < range {
      let threshold = (0 &- range) % range
      while product.low < threshold { product = bits().multipliedFullWidth(by: range) }
    }
    return Int(product.high)
  }

  /// A whole number of `range`, each equally likely.
  public mutating func integer(in range: ClosedRange<Int>) -> Int {
    range.lowerBound + integer(below: range.count)
  }

  /// True with probability `probability`.
  public mutating func chance(_ probability: Double) -> Bool {
    unit() < probability
  }

  /// One of `choices`, each equally likely.
  public mutating func element<T>(of choices: [T]) -> T {
    choices[integer(below: choices.count)]
  }

  /// An index of `weights` with probability proportional to its weight.
  ///
  /// Weights are finite and not negative; when all are zero each index is equally likely.
  public mutating func index(weights: [Double]) -> Int {
    let total = weights.reduce(0, +)
    guard total > 0 else { return integer(below: weights.count) }
    var rest = unit() * total
    var last = 0
    for (index, weight) in weights.enumerated() where weight > 0 {
      if rest < weight { return index }
      rest -= weight
      last = index
    }
    return last
  }

  /// 0, 1, 2 … with probability (1 - p) pⁿ.
  public mutating func geometric(_ p: Double, limit: Int) -> Int {
    var count = 0
    while count < limit, chance(p) { count += 1 }
    return count
  }

  /// `items` in random order, each order equally likely (Fisher and Yates).
  public mutating func shuffled<T>(_ items: [T]) -> [T] {
    var items = items
    for last in stride(from: items.count - 1, to: 0, by: -1) {
      items.swapAt(last, integer(below: last + 1))
    }
    return items
  }
}
