/// An island's number, from 0.
package struct IslandID: Hashable, Comparable, Sendable, CustomStringConvertible {
  package let number: Int

  package init(_ number: Int) {
    self.number = number
  }

  package static func < (a: IslandID, b: IslandID) -> Bool { a.number < b.number }

  package var description: String { String(number) }
}

/// A program's number in its run: 0 for the specification's own, then the place of its step in the run's
/// canonical order (step-major: step 0 of every island, then step 1 …), from 1.
package struct ProgramID: Hashable, Comparable, Sendable, CustomStringConvertible {
  package let number: Int

  package init(_ number: Int) {
    self.number = number
  }

  /// The specification's own program.
  package static let founder = ProgramID(0)

  package static func < (a: ProgramID, b: ProgramID) -> Bool { a.number < b.number }

  package var description: String { String(number) }
}

/// One step of one island: the candidate with this place in the run.
package struct StepID: Hashable, Comparable, Sendable, CustomStringConvertible {
  package let island: IslandID
  /// The island's own step, from 0.
  package let step: Int

  package init(island: IslandID, step: Int) {
    self.island = island
    self.step = step
  }

  /// Canonical order: step first, then island.
  package static func < (a: StepID, b: StepID) -> Bool {
    (a.step, a.island) < (b.step, b.island)
  }

  /// The number of the program made in this step, in a run of `islands` islands.
  package func program(islands: Int) -> ProgramID {
    ProgramID(step * islands + island.number + 1)
  }

  package var description: String { "island \(island), step \(step)" }
}
