package import PythonSyntax

/// One population that evolves alone between two resets: clusters of programs by signature.
package struct Island: Sendable {
  package let id: IslandID
  /// In the order they were opened.
  package private(set) var clusters: [Cluster] = []
  /// Indices into ``clusters``, best score first, older cluster first among equals.
  private(set) var ranking: [Int] = []
  private var positions: [ClusterKey: Int] = [:]
  /// The first program to reach the best score.
  package private(set) var best: Program
  /// The island's own step at which ``best`` was registered; nil while it is the founder.
  package private(set) var bestStep: Int?
  /// Programs registered since the founding.
  package private(set) var registered = 0
  /// Hashes of everything proposed since the founding.
  private var proposed: Set<TreeHash> = []
  /// Set when programs of one signature but different behaviour are kept apart.
  private let byBehaviour: Bool
  private let clusterSize: Int?
  package internal(set) var climbs: Climbs
  /// Of its steps since the founding.
  package internal(set) var failures = RecentFailures()

  /// `climbs` are its own, which no reset ends.
  package init(
    _ id: IslandID,
    founder: Program,
    hash: TreeHash,
    configuration: SearchConfiguration,
    climbs: Climbs = Climbs()
  ) {
    self.id = id
    self.climbs = climbs
    best = founder
    byBehaviour = configuration.clusterByBehaviour
    clusterSize = configuration.clusterSize
    proposed.insert(hash)
    _ = register(founder, at: nil)
  }

  /// Takes a scored program in and says what became of it; only a strictly better score makes a new best.
  package mutating func register(_ program: Program, at step: Int?) -> Registration {
    registered += 1
    if program.scores.total > best.scores.total {
      best = program
      bestStep = step
    }
    let key = ClusterKey(
      signature: program.scores.perInput,
      behaviour: byBehaviour ? program.scores.behaviour : nil
    )
    if let position = positions[key] {
      return clusters[position].register(program, limit: clusterSize)
    }
    positions[key] = clusters.count
    let score = program.scores.total
    let rank = ranking.partitioningIndex { clusters[$0].score < score }
    ranking.insert(clusters.count, at: rank)
    clusters.append(Cluster(key: key, first: program))
    return .newCluster
  }

  /// Notes a proposal; false when the island had proposed the same program before.
  package mutating func propose(_ hash: TreeHash) -> Bool {
    proposed.insert(hash).inserted
  }

  /// Whether the island had proposed this program before.
  package func hasProposed(_ hash: TreeHash) -> Bool {
    proposed.contains(hash)
  }
}

extension Array {
  /// The first index at which `belongs` holds, in an array where it holds from some place on.
  fileprivate func partitioningIndex(where belongs: (Element) -> Bool) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if belongs(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
