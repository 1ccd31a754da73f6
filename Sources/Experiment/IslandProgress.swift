import FunSearch
import RunJournal

/// How the islands of a run stand; a fold over its events, in whatever order islands commit.
package struct IslandProgress: Sendable {
  /// One island.
  package struct Island: Hashable, Sendable {
    package fileprivate(set) var best: Double
    /// The epoch it was founded in.
    package fileprivate(set) var founded = 0
    /// Its own steps, and how many there were when it got better or was founded.
    package fileprivate(set) var steps = 0
    package fileprivate(set) var improvedAt = 0
  }

  package private(set) var islands: [Island]
  package private(set) var epoch = 0
  /// Scores of programs that were confirmed bests, from which islands are founded.
  private var confirmed: [ProgramID: Double]

  init(founder: FounderRecord, islands: Int) {
    self.islands = Array(repeating: Island(best: founder.scores.total), count: islands)
    confirmed = [.founder: founder.scores.total]
  }

  mutating func add(_ reset: ResetRecord) {
    epoch = max(epoch, reset.epoch)
    for founding in reset.foundings where islands.indices.contains(founding.island.number) {
      let number = founding.island.number
      islands[number].founded = reset.epoch
      islands[number].improvedAt = islands[number].steps
      if let score = confirmed[founding.founder] { islands[number].best = score }
    }
  }

  /// Takes a step; `score` is that of a confirmed best, else nil.
  mutating func add(_ program: ProgramID, island number: Int, score: Double?) {
    guard islands.indices.contains(number) else { return }
    islands[number].steps += 1
    guard let score else { return }
    confirmed[program] = score
    guard score > islands[number].best else { return }
    islands[number].best = score
    islands[number].improvedAt = islands[number].steps
  }
}
