import PythonSyntax

/// The outcomes a run has had, by program: kept small, for a run may have a million of them.
///
/// Outcomes recur, so most programs hold a number in place of one.
struct KnownOutcomes: Sendable {
  /// Where in ``outcomes`` a program's is.
  private var places: [TreeHash: UInt32] = [:]
  private var outcomes: [Outcome] = []
  /// Where an outcome was put lately, by what most of them differ in.
  private var lately: [Trait: UInt32] = [:]
  private static let limit = 4096

  private enum Trait: Hashable {
    case scored(total: UInt64, first: UInt64)
    case failed(FailureKind, message: String)

    init(_ outcome: Outcome) {
      switch outcome {
      case .scored(let scores):
        self = .scored(total: scores.total.bitPattern, first: scores.perInput.first?.bitPattern ?? 0)
      case .failed(let failure): self = .failed(failure.kind, message: failure.message)
      }
    }
  }

  /// Different outcomes that are held.
  var distinct: Int { outcomes.count }

  mutating func reserveCapacity(_ programs: Int) {
    places.reserveCapacity(programs)
  }

  func contains(_ hash: TreeHash) -> Bool {
    places[hash] != nil
  }

  /// The outcome of a program; nil when it has none yet.
  subscript(hash: TreeHash) -> Outcome? {
    places[hash].map { outcomes[Int($0)] }
  }

  /// Takes the outcome of a program in, in the place of an earlier one.
  mutating func note(_ outcome: Outcome, of hash: TreeHash) {
    places[hash] = place(of: outcome)
  }

  private mutating func place(of outcome: Outcome) -> UInt32 {
    let trait = Trait(outcome)
    if let place = lately[trait], outcomes[Int(place)].isIdentical(to: outcome) { return place }
    precondition(outcomes.count < Int(UInt32.max), "a run has fewer outcomes than that")
    let place = UInt32(outcomes.count)
    outcomes.append(outcome)
    if lately.count >= Self.limit { lately.removeAll(keepingCapacity: true) }
    lately[trait] = place
    return place
  }
}

extension Outcome {
  /// Whether both are the same bit for bit: 0.0 is not -0.0, nor a composed letter a decomposed one.
  fileprivate func isIdentical(to other: Outcome) -> Bool {
    switch (self, other) {
    case (.scored(let one), .scored(let two)):
      one.total.bitPattern == two.total.bitPattern
        && one.perInput.elementsEqual(two.perInput) { $0.bitPattern == $1.bitPattern }
        && areIdentical(one.behaviour, two.behaviour)
    case (.failed(let one), .failed(let two)):
      one == two && areIdentical(one.message, two.message) && areIdentical(one.limit, two.limit)
    case (.scored, .failed), (.failed, .scored): false
    }
  }
}

private func areIdentical(_ one: String?, _ two: String?) -> Bool {
  guard let one, let two else { return one == two }
  return one.utf8.elementsEqual(two.utf8)
}
