import PythonSyntax

/// Claims that did not hold when they were evaluated again, and which islands know of them.
///
/// To an island such a program is a failed one from the step on at which its own claim was refuted. The other
/// islands, which took it for what it scored as long as it was no best of theirs, are told when all islands meet.
/// So what an island sees is a matter of steps, never of who was evaluated first.
struct Refutations: Sendable {
  private var known: [TreeHash: Failure] = [:]
  /// Those of the epoch under way, by island.
  private var own: [[TreeHash: Failure]]

  init(islands: Int) {
    own = Array(repeating: [:], count: islands)
  }

  /// Takes a claim of `island` that was refuted.
  mutating func note(_ failure: Failure, of hash: TreeHash, in island: Int) {
    own[island][hash] = failure
  }

  /// Why `island` takes the program for a failed one; nil when it does not.
  func failure(of hash: TreeHash, in island: Int) -> Failure? {
    own[island][hash] ?? known[hash]
  }

  /// Tells all islands, at the end of an epoch.
  mutating func share() {
    for island in own.indices {
      known.merge(own[island]) { first, _ in first }
      own[island].removeAll()
    }
  }
}
