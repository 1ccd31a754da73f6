/// The climbs of one island: the one under way, and those before it that it learns from.
///
/// Islands tell each other of their climbs when they meet at a reset, and go on with their own.
package struct Climbs: Sendable {
  /// Climbs that are remembered.
  private static let limit = 512
  /// Of these, the ones that later climbs are founded on.
  private static let best = 64
  /// Fewer climbs say nothing about one that is under way; older ones than so many no longer count.
  private static let raced = 20...200

  package private(set) var current: Climb?
  /// Those of all islands that were over at the last reset, oldest first.
  private var shared: [ClimbRecord] = []
  /// Those of this island since then.
  private var own: [ClimbRecord] = []

  package init() {}

  /// Climbs that are over, oldest first.
  package var records: [ClimbRecord] { shared + own }

  /// Lets islands know of each other's climbs.
  static func share(_ islands: inout [Island]) {
    let new = islands.flatMap(\.climbs.own)
    guard !new.isEmpty, let before = islands.first?.climbs.shared else { return }
    let shared = Array((before + new).suffix(limit))
    for island in islands.indices {
      islands[island].climbs.shared = shared
      islands[island].climbs.own = []
    }
  }

  /// Takes a committed step, if it belongs to a climb.
  mutating func note(
    _ step: ClimbStep,
    _ program: Program?,
    _ configuration: SearchConfiguration
  ) {
    switch step {
    case .founding:
      if let program { found(program, configuration) }
    case .climbing(let parents):
      guard var climb = current, climb.includes(parents) else { return }
      climb.take(program, configuration) { bar(at: $0, share: configuration.climbRace) }
      current = climb
    }
  }

  /// Begins a climb where none is under way.
  ///
  /// Of several founded at the same time the first is kept: choosing the best start prefers features that begin well
  /// to those that get far, and took twice the steps to the largest known cap sets in eight dimensions.
  private mutating func found(_ program: Program, _ configuration: SearchConfiguration) {
    guard let climb = current else { return current = Climb(founder: program) }
    if climb.isOver(configuration) {
      own.append(climb.record)
      if own.count > Self.limit { own.removeFirst() }
      current = Climb(founder: program)
    }
  }

  /// The score that the given share of the latest climbs did not reach at a look.
  private func bar(at look: Int, share: Double) -> Double? {
    guard share > 0 else { return nil }
    let marks = records.compactMap { look < $0.marks.count ? $0.marks[look] : nil }
      .suffix(Self.raced.upperBound).sorted()
    guard marks.count >= Self.raced.lowerBound else { return nil }
    return marks[min(Int(Double(marks.count) * share), marks.count - 1)]
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
    let results = records.map(\.result)
    // The best first, the newer first among equals.
    let ranked = results.enumerated().sorted {
      ($1.element.scores.total, $1.offset) < ($0.element.scores.total, $0.offset)
    }.prefix(Self.best).map(\.element)
    var drawn: [Program] = []
    for _ in 0..<2 where !ranked.isEmpty {
      // The best of four.
      let place = (0..<4).reduce(ranked.count - 1) { least, _ in
        min(least, stream.integer(below: ranked.count))
      }
      if !drawn.contains(where: { $0.id == ranked[place].id }) { drawn.append(ranked[place]) }
    }
    return Prompt(
      step: step,
      epoch: epoch,
      versions: drawn.isEmpty ? [best] : drawn,
      kind: .founding(after: results)
    )
  }
}
