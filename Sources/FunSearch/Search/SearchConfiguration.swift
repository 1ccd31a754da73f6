/// Every number a history depends on, besides the problem.
public struct SearchConfiguration: Hashable, Sendable {
  /// All randomness follows from it.
  public var seed: UInt64
  /// Number of islands, m in the paper.
  public var islands: Int
  /// Programs per prompt, k in the paper.
  public var parents: Int
  /// Steps an island may be ahead of its last committed one (DESIGN §4, "Logical time").
  public var lag: Int
  /// Steps of each island between two resets.
  public var epochSteps: Int
  /// How sharply clusters of high score are preferred, in score units.
  public var temperature: TemperatureSchedule
  /// Programs kept in one cluster, shortest first; nil keeps all.
  public var clusterSize: Int?
  /// Whether programs of equal signature but different behaviour form clusters of their own.
  public var clusterByBehaviour: Bool
  /// How often a duplicate is drawn again before it is let through.
  public var redraws: Int
  /// Whether one of the reset islands starts again from the specification's own program.
  public var refound: Bool
  /// Share of steps that climb (`Climb`), where the proposer can; 0 is the published algorithm.
  public var climbShare: Double
  /// The share once the islands have met twice, where ``climbShare`` is not 0.
  ///
  /// Changes of all kinds get far soon, climbs get further.
  public var climbShareLater: Double
  /// Steps after which a climb is over.
  public var climbSteps: Int
  /// Steps without a gain after which a climb is over.
  public var climbPatience: Int
  /// Share of climbs that are given up at each of two looks, those with the lowest scores; 0 for none.
  public var climbRace: Double
  /// Which steps ask a language model.
  public var models: ModelSteps

  /// The published search with the defaults of this program; climbing is off.
  public init(
    seed: UInt64,
    islands: Int = 10,
    parents: Int = 2,
    lag: Int = 4,
    epochSteps: Int = 1000,
    temperature: TemperatureSchedule = .constant(1),
    clusterSize: Int? = 16,
    clusterByBehaviour: Bool = false,
    redraws: Int = 20,
    refound: Bool = true,
    climbShare: Double = 0,
    climbShareLater: Double? = nil,
    climbSteps: Int = 300,
    climbPatience: Int = 100,
    climbRace: Double = 0.8,
    models: ModelSteps = .none
  ) {
    self.seed = seed
    self.islands = islands
    self.parents = parents
    self.lag = lag
    self.epochSteps = epochSteps
    self.temperature = temperature
    self.clusterSize = clusterSize
    self.clusterByBehaviour = clusterByBehaviour
    self.redraws = redraws
    self.refound = refound
    self.climbShare = climbShare
    self.climbShareLater = climbShareLater ?? climbShare
    self.climbSteps = climbSteps
    self.climbPatience = climbPatience
    self.climbRace = climbRace
    self.models = models
  }

  /// The steps after which a climb is compared with others: a tenth and a third of the way.
  var climbLooks: [Int] { [climbSteps / 10, climbSteps / 3] }
}

/// The temperature of the softmax over clusters, in score units of the problem.
public enum TemperatureSchedule: Hashable, Sendable {
  case constant(Double)
  /// T₀ (1 - (n mod N) / N) with n programs registered since the reset (Methods, "Selecting a cluster").
  case sawtooth(initial: Double, period: Int)

  /// The temperature of an island that registered `programs` since its founding.
  public func callAsFunction(programs: Int) -> Double {
    switch self {
    case .constant(let temperature): temperature
    case .sawtooth(let initial, let period):
      initial * (1 - Double(programs % period) / Double(period))
    }
  }
}
