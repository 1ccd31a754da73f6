/// Several runs of one problem, side by side.
package struct RunComparison: Sendable {
  package let problem: String
  package let title: String
  package let target: Double?
  package let knownBest: Double?
  /// Runs with the same settings but for the seed.
  package let groups: [Group]

  /// Whether a run of them asked models.
  package var hasModels: Bool { groups.contains { $0.runs.contains { $0.models != nil } } }

  /// Runs that differ in the seed alone.
  package struct Group: Sendable {
    /// What sets it apart from the other groups.
    package let name: String
    package let runs: [Run]
    /// Of the runs' best scores.
    package let median: Double
    package let quartiles: (low: Double, high: Double)
    package let best: Double
    /// Runs that reached the target; nil without one.
    package let reached: Int?
    /// The median of the runs' bests over steps, as far as all of them go.
    package let medianCurve: [ChartPoint]

    package init(
      name: String,
      runs: [Run],
      median: Double,
      quartiles: (low: Double, high: Double),
      best: Double,
      reached: Int?,
      medianCurve: [ChartPoint]
    ) {
      self.name = name
      self.runs = runs
      self.median = median
      self.quartiles = quartiles
      self.best = best
      self.reached = reached
      self.medianCurve = medianCurve
    }
  }

  /// One run.
  package struct Run: Sendable {
    /// As `funsearch` is given it.
    package let name: String
    package let seed: String
    package let best: Double
    package let verified: Bool
    package let program: Int
    package let steps: Int
    package let evaluations: Int
    package let failures: Int
    package let cpuSeconds: Double
    package let elapsedSeconds: Double
    /// Nil where no model was asked.
    package let models: ModelCosts.Row?
    /// Whenever the best got better.
    package let curve: [ChartPoint]

    package init(
      name: String,
      seed: String,
      verified: Bool,
      evaluations: Int,
      failures: Int,
      cpuSeconds: Double,
      elapsedSeconds: Double,
      models: ModelCosts.Row?,
      steps: Int,
      curve: [ChartPoint]
    ) {
      self.name = name
      self.seed = seed
      self.verified = verified
      self.evaluations = evaluations
      self.failures = failures
      self.cpuSeconds = cpuSeconds
      self.elapsedSeconds = elapsedSeconds
      self.models = models
      self.steps = steps
      self.curve = curve
      best = curve.last?.y ?? 0
      program = Int(curve.last?.x ?? 0)
    }
  }

  package init(problem: String, title: String, target: Double?, knownBest: Double?, groups: [Group]) {
    self.problem = problem
    self.title = title
    self.target = target
    self.knownBest = knownBest
    self.groups = groups
  }
}
