/// A hill climb inside an island: programs each changed a little from the last one that was not worse.
///
/// Where a program's worth lies in many small decisions, such as the order of a table's entries, steps that may go
/// sideways get further than draws by score. A climb is begun by a program whose first operator is named
/// `found-…`, and continued by those of operators named `climb-…`; which steps do so is drawn
/// (``SearchConfiguration/climbShare``). It is over after too many steps, or too many without a gain, or when it is
/// behind most climbs before it at one of two looks (``SearchConfiguration/climbRace``).
package struct Climb: Sendable {
  /// The last program that was not worse than those before it.
  package private(set) var current: Program
  /// Everything that was climbed to, so that steps of an earlier climb, still under way, are told apart.
  private var members: Set<ProgramID>
  private(set) var steps = 0
  private var stepsWithoutGain = 0
  /// The scores at the looks so far.
  private(set) var marks: [Double] = []
  private var isBehind = false

  init(founder: Program) {
    current = founder
    members = [founder.id]
  }

  /// What is kept of it.
  var record: ClimbRecord { ClimbRecord(result: current, marks: marks) }

  func includes(_ parents: [ProgramID]) -> Bool {
    parents.contains(where: members.contains)
  }

  func isOver(_ configuration: SearchConfiguration) -> Bool {
    isBehind || steps >= configuration.climbSteps || stepsWithoutGain >= configuration.climbPatience
  }

  /// Takes one step.
  ///
  /// `program` is nil for one that failed or is known already. `bar` gives the score that a climb needs at a look, by
  /// the number of the look; nil as long as nobody can tell.
  mutating func take(
    _ program: Program?,
    _ configuration: SearchConfiguration,
    bar: (_ look: Int) -> Double?
  ) {
    steps += 1
    stepsWithoutGain += 1
    if let program, program.scores.total >= current.scores.total {
      if program.scores.total > current.scores.total { stepsWithoutGain = 0 }
      current = program
      members.insert(program.id)
    }
    guard marks.count < configuration.climbLooks.count, steps == configuration.climbLooks[marks.count] else {
      return
    }
    if let bar = bar(marks.count), current.scores.total < bar { isBehind = true }
    marks.append(current.scores.total)
  }
}

/// A climb that is over.
package struct ClimbRecord: Sendable {
  package let result: Program
  /// Its scores at the looks it came to.
  let marks: [Double]
}

/// What a step does to its island's climb, by the name of its first operator.
package enum ClimbStep: Hashable, Sendable {
  case founding
  case climbing(from: [ProgramID])

  package init?(operators: [String], parents: [ProgramID]) {
    guard let first = operators.first else { return nil }
    if first.hasPrefix("found-") {
      self = .founding
    } else if first.hasPrefix("climb-") {
      self = .climbing(from: parents)
    } else {
      return nil
    }
  }
}
