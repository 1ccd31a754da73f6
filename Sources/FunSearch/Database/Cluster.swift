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
    return replaced ? .replacedLonger : .joinedCluster
  }

  /// One program not in `excluded`, shorter ones preferred; nil when all are excluded.
  ///
  /// The weight is exp(-z), z = (length - shortest) / (longest + 1e-6)
  /// (programs_database.py, Cluster.sample_program, with its temperature of 1).
  func draw(excluding excluded: [ProgramID], from stream: inout RandomStream) -> Program? {
    let choices = excluded.isEmpty ? programs : programs.filter { !excluded.contains($0.id) }
    guard let shortest = choices.first?.length, let longest = choices.last?.length else { return nil }
    guard choices.count > 1 else { return choices[0] }
    let scale = Double(longest) + 1e-6
    let weights = choices.map { portableExp(-Double($0.length - shortest) / scale) }
    return choices[stream.index(weights: weights)]
  }
}
