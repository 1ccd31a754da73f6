/// The latest failures of an island's steps, kept to be told to whoever proposes next.
package struct RecentFailures: Sendable {
  /// How many are remembered.
  static let most = 32

  private var entries: [(parents: [ProgramID], failure: Failure)] = []

  package init() {}

  /// Remembers a failure of a child of some programs, and forgets the oldest where there are too many.
  package mutating func note(_ failure: Failure, parents: [ProgramID]) {
    guard !parents.isEmpty else { return }
    if entries.count == Self.most { entries.removeFirst() }
    entries.append((parents, failure))
  }

  /// The latest failures of children of these programs, oldest first; those that say the same count once.
  ///
  /// - Parameters:
  ///   - count: at most so many.
  ///   - programs: the lineage that is looked at.
  /// - Returns: failures of different kinds or messages.
  package func last(_ count: Int, of programs: [ProgramID]) -> [Failure] {
    var found: [Failure] = []
    for entry in entries.reversed() where found.count < count {
      let isKnown = found.contains { $0.kind == entry.failure.kind && $0.message == entry.failure.message }
      if !isKnown, entry.parents.contains(where: programs.contains) { found.append(entry.failure) }
    }
    return found.reversed()
  }
}
