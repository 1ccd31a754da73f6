/// How often a program does what might fail when it runs, by kind.
///
/// A child may have no more doubts of any kind than the parent it was made from, so what the mutator makes from
/// its own programs has none, and what it makes from a user's program fails for no new reason.
struct Doubts: Hashable, Sendable {
  enum Kind: Int, CaseIterable {
    /// A name that may have no value.
    case name
    /// An operation its operands may not have.
    case type
    /// An index that may lie outside its sequence.
    case index
    /// A divisor that may be zero.
    case divisor
    /// A value that may outgrow every float, or a power that may be complex.
    case growth
    /// An array changed in place that may belong to the caller, or of another shape.
    case array
    /// Something the mutator does not understand.
    case foreign
    /// A missing return, a result of the wrong type, or loops nested too deeply.
    case shape
    /// An operation without effect; it cannot fail, but there is no use in more of them.
    case idle
  }

  private var counts = SIMD16<UInt16>()

  mutating func add(_ kind: Kind) {
    counts[kind.rawValue] &+= 1
  }

  /// How many of this kind.
  subscript(kind: Kind) -> Int { Int(counts[kind.rawValue]) }

  /// True when nothing may fail and nothing is idle.
  var isEmpty: Bool { counts == SIMD16() }

  /// True when no kind occurs more often than in `other`.
  func isWithin(_ other: Doubts) -> Bool {
    all(counts .<= other.counts)
  }
}
