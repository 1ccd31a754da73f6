/// An island's number, from 0.
public struct IslandID: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// From 0.
  public let number: Int

  /// The island with this number.
  public init(_ number: Int) {
    self.number = number
  }

  /// By number.
  public static func < (a: IslandID, b: IslandID) -> Bool { a.number < b.number }

  /// The number.
  public var description: String { String(number) }
}

/// A program's number in its run: 0 for the specification's own, then the place of its step in the run's
/// canonical order (step-major: step 0 of every island, then step 1 …), from 1.
public struct ProgramID: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// 0 for the specification's own.
  public let number: Int

  /// The program with this number.
  public init(_ number: Int) {
    self.number = number
  }

  /// The specification's own program.
  public static let founder = ProgramID(0)

  /// By number.
  public static func < (a: ProgramID, b: ProgramID) -> Bool { a.number < b.number }

  /// The number.
  public var description: String { String(number) }
}

/// One step of one island: the candidate with this place in the run.
public struct StepID: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The island whose step it is.
  public let island: IslandID
  /// The island's own step, from 0.
  public let step: Int

  /// One step of one island.
  public init(island: IslandID, step: Int) {
    self.island = island
    self.step = step
  }

  /// Canonical order: step first, then island.
  public static func < (a: StepID, b: StepID) -> Bool {
    (a.step, a.island) < (b.step, b.island)
  }

  /// The number of the program made in this step, in a run of `islands` islands.
  public func program(islands: Int) -> ProgramID {
    ProgramID(step * islands + island.number + 1)
  }

  /// `island 2, step 17`.
  public var description: String { "island \(island), step \(step)" }
}
