/// What programs of one cluster share (Methods, "Programs database").
package struct ClusterKey: Hashable, Sendable {
  /// One score per input, in input order.
  package let signature: [Double]
  /// Set when programs of different behaviour are kept apart.
  package let behaviour: String?
}

/// Programs of one island with the same signature, shortest first.
package struct Cluster: Sendable {
  package let key: ClusterKey
  /// The score all its programs have.
  package let score: Double
  /// Ascending by (length, number); never empty.
  package private(set) var programs: [Program]
  /// Those of ``programs``, which are drawn from more often than they change.
  private var weights: [Double] = [1]

  init(key: ClusterKey, first: Program) {
    self.key = key
    score = first.scores.total
    programs = [first]
  }

  /// Takes `program` in, unless a program as short behaves the same or `limit` shorter ones are there.
  mutating func register(_ program: Program, limit: Int?) -> Registration {
    var replaced = false
    if let behaviour = program.scores.behaviour,
      let twin = programs.firstIndex(where: { $0.scores.behaviour == behaviour })
    {
      guard program.length < programs[twin].length else { return .notNeeded }
      programs.remove(at: twin)
      replaced = true
    }
    let place = programs.firstIndex { $0.length > program.length } ?? programs.count
    if let limit, place >= limit { return .notNeeded }
    programs.insert(program, at: place)
    if let limit, programs.count > limit { programs.removeLast() }
    weights = Self.weights(programs)
    return replaced ? .replacedLonger : .joinedCluster
  }

  /// One program not in `excluded`, shorter ones preferred; nil when all are excluded.
  ///
  /// The weight is exp(-z), z = (length - shortest) / (longest + 1e-6)
  /// (programs_database.py, Cluster.sample_program, with its temperature of 1).
  func draw(excluding excluded: [ProgramID], from stream: inout RandomStream) -> Program? {
    guard programs.contains(where: { excluded.contains($0.id) }) else {
      return programs.count > 1 ? programs[stream.index(weights: weights)] : programs[0]
    }
    let choices = programs.filter { !excluded.contains($0.id) }
    guard choices.count > 1 else { return choices.first }
    return choices[stream.index(weights: Self.weights(choices))]
  }

  private static func weights(_ programs: [Program]) -> [Double] {
    guard let shortest = programs.first?.length, let longest = programs.last?.length else { return [] }
    let scale = Double(longest) + 1e-6
    return programs.map { portableExp(-Double($0.length - shortest) / scale) }
  }
}
