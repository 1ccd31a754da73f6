package import FunSearch

/// A way to propose programs without a language model: the default one, or a baseline to compare it with.
package enum ProposalMethod: String, Hashable, Sendable, CaseIterable {
  /// Changed versions of a prompt's programs, and climbs with tables.
  case offline
  /// Random programs of the grammar; nothing is learnt from scores.
  case random
  /// One current program, changed and kept when it is not worse.
  case hillClimb = "hill-climb"
  /// The published random changes of the tree.
  case paperRandom = "paper-random"

  /// Keys of the settings that ``adapt(_:_:)`` may change.
  package static let adapted = ["search.climb_share", "search.climb_share_later", "search.climb_race"]

  /// Sets how the search climbs, `observedRows` being what a sequence parameter was given: the default as asked for,
  /// where it can, and a baseline as it is defined.
  package func adapt(_ search: inout SearchConfiguration, _ observedRows: ObservedRows?) {
    switch self {
    case .offline:
      if observedRows == nil { search.climbShare = 0 }
    case .hillClimb:
      search.climbShare = 1
      search.climbShareLater = 1
      search.climbRace = 0
    case .random, .paperRandom:
      search.climbShare = 0
    }
  }

  /// The proposer of this method.
  ///
  /// - Parameters:
  ///   - specification: holds the function to evolve.
  ///   - observedTypes: types of parameters without a type hint, by name.
  ///   - observedRows: what a sequence parameter was given.
  ///   - vocabulary: what the problem adds to the specification's own.
  ///   - settings: how programs are changed.
  ///   - seed: the run's.
  /// - Returns: a proposer that answers at once.
  package func proposer(
    specification: Specification,
    observedTypes: [String: String],
    observedRows: ObservedRows?,
    vocabulary: CheckedVocabulary,
    settings: MutationSettings,
    seed: UInt64
  ) -> any ProgramMaker {
    func mutation(_ settings: MutationSettings, rows: ObservedRows? = nil) -> MutationProposer {
      MutationProposer(
        specification: specification,
        observedTypes: observedTypes,
        observedRows: rows,
        vocabulary: vocabulary,
        settings: settings,
        seed: seed
      )
    }
    switch self {
    case .offline: return mutation(settings, rows: observedRows)
    case .random: return RandomProposer(mutation(settings.with(randomPrograms: 1)))
    case .hillClimb:
      return HillClimbProposer(
        changes: mutation(settings.with(randomPrograms: 0)),
        beginnings: mutation(settings.with(randomPrograms: 1))
      )
    case .paperRandom:
      let vocabulary = Vocabulary(specification, observed: observedTypes)
      return PaperRandomProposer(vocabulary, maxNodes: settings.maxNodes, seed: seed)
    }
  }
}

extension MutationSettings {
  /// The same, with another share of random programs.
  fileprivate func with(randomPrograms: Double) -> MutationSettings {
    var settings = self
    settings.randomPrograms = randomPrograms
    return settings
  }
}
