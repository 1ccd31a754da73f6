/// A hill climb inside an island: programs each changed a little from the last one that was not worse.
///
/// Where a program's worth lies in many small decisions, such as the order of a table's entries, steps that may go
/// sideways get further than draws by score. A climb is begun by a program whose first operator is named
/// `found-…`, and continued by those of operators named `climb-…`; which steps do so is drawn
/// (``SearchConfiguration/climbShare``). It is over after too many steps, or too many without a gain; then its
/// result is kept, and later climbs are founded on such results.
package struct Climb: Sendable {
  /// The last program that was not worse than those before it.
  package private(set) var current: Program
  /// Everything that was climbed to, so that steps of an earlier climb, still under way, are told apart.
  private var members: Set<ProgramID>
  private(set) var steps = 0
  private var stepsWithoutGain = 0

  init(founder: Program) {
    current = founder
    members = [founder.id]
  }

  func includes(_ parents: [ProgramID]) -> Bool {
    parents.contains(where: members.contains)
  }

  func isOver(_ configuration: SearchConfiguration) -> Bool {
    steps >= configuration.climbSteps || stepsWithoutGain >= configuration.climbPatience
  }

  /// Takes one step; `program` is nil for one that failed or is known already.
  mutating func take(_ program: Program?) {
    steps += 1
    stepsWithoutGain += 1
    guard let program, program.scores.total >= current.scores.total else { return }
    if program.scores.total > current.scores.total { stepsWithoutGain = 0 }
    current = program
    members.insert(program.id)
  }
}

/// The climbs of one island: the one under way and the results of those before it.
package struct Climbs: Sendable {
  /// Results that are kept.
  private static let limit = 64

  package private(set) var current: Climb?
  /// The best results, best first, the newer first among equals.
  package private(set) var results: [Program] = []

  package init() {}

  /// Takes a committed step, if it belongs to a climb.
  mutating func note(
    _ step: ClimbStep,
    _ program: Program?,
    _ configuration: SearchConfiguration
  ) {
    switch step {
    case .founding: if let program { found(program, configuration) }
    case .climbing(let parents): if current?.includes(parents) == true { current?.take(program) }
    }
  }

  /// Begins a climb where none is under way; of those founded at the same time the best is kept.
  private mutating func found(_ program: Program, _ configuration: SearchConfiguration) {
    guard let climb = current else { return current = Climb(founder: program) }
    if climb.isOver(configuration) {
      let result = climb.current
      let place = results.firstIndex { $0.scores.total <= result.scores.total } ?? results.count
      results.insert(result, at: place)
      if results.count > Self.limit { results.removeLast() }
      current = Climb(founder: program)
    } else if climb.steps < configuration.lag, program.scores.total > climb.current.scores.total {
      current = Climb(founder: program)
    }
  }

  /// What a climbing step starts from: the program climbed to, or up to two results to found another climb on.
  func prompt(
    for step: StepID,
    epoch: Int,
    best: Program,
    _ configuration: SearchConfiguration,
    from stream: inout RandomStream
  ) -> Prompt {
    if let current, !current.isOver(configuration) {
      return Prompt(step: step, epoch: epoch, versions: [current.current], kind: .climbing)
    }
    var drawn: [Program] = []
    for _ in 0..<2 where !results.isEmpty {
      // The best of four.
      let place = (0..<4).reduce(results.count - 1) { least, _ in
        min(least, stream.integer(below: results.count))
      }
      if !drawn.contains(where: { $0.id == results[place].id }) { drawn.append(results[place]) }
    }
    return Prompt(step: step, epoch: epoch, versions: drawn.isEmpty ? [best] : drawn, kind: .founding)
  }
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
