/// How a run stands at a moment.
package struct LiveState: Sendable {
  /// PROBLEM/RUN.
  package var run: String
  package var best: Double
  package var program: Int
  package var verified: Bool
  package var knownBest: Double?
  package var target: Double?
  /// The best so far: steps and score, whenever it got better.
  package var curve: [ChartPoint]
  package var steps: Int
  /// The total it may take; nil for no limit.
  package var stepBudget: Int?
  package var evaluations: Int
  package var duplicates: Int
  /// By kind.
  package var failures: [(kind: String, count: Int)]
  package var islands: [Island]
  package var epoch: Int
  package var elapsedSeconds: Double
  package var secondBudget: Double?
  /// Lately; nil before there is a rate.
  package var rates: Rates?
  /// Nil where no model is asked.
  package var models: Models?
  /// Said at the end of the first line, such as `finished`.
  package var note: String

  /// Steps and evaluations in a second.
  package struct Rates: Hashable, Sendable {
    package let steps: Double
    package let evaluations: Double

    package init(steps: Double, evaluations: Double) {
      self.steps = steps
      self.evaluations = evaluations
    }
  }

  /// What models were asked so far.
  package struct Models: Hashable, Sendable {
    /// Those that have come to their end.
    package let calls: Int
    package let underWay: Int
    package let promptTokens: Int
    package let outputTokens: Int
    /// In US dollars; nil where a price is not known.
    package let cost: Double?

    package init(calls: Int, underWay: Int, promptTokens: Int, outputTokens: Int, cost: Double?) {
      self.calls = calls
      self.underWay = underWay
      self.promptTokens = promptTokens
      self.outputTokens = outputTokens
      self.cost = cost
    }

    /// In one line.
    package var text: String {
      "models \(cost.map(ReportNumber.money) ?? "price not known")  \(ReportNumber.count(calls)) calls, "
        + "\(ReportNumber.count(underWay)) under way  \(ReportNumber.short(promptTokens)) tokens in, "
        + "\(ReportNumber.short(outputTokens)) out"
    }
  }

  /// How an island stands.
  package struct Island: Hashable, Sendable {
    package let best: Double
    /// The epoch it was founded in.
    package let founded: Int
    /// Its own steps since it got better, or was founded.
    package let age: Int

    package init(best: Double, founded: Int, age: Int) {
      self.best = best
      self.founded = founded
      self.age = age
    }
  }

  package init(
    run: String,
    best: Double,
    program: Int,
    verified: Bool,
    curve: [ChartPoint] = [],
    steps: Int = 0,
    evaluations: Int = 0,
    islands: [Island] = []
  ) {
    self.run = run
    self.best = best
    self.program = program
    self.verified = verified
    self.curve = curve
    self.steps = steps
    self.evaluations = evaluations
    self.islands = islands
    (duplicates, failures, epoch, elapsedSeconds, note) = (0, [], 0, 0, "")
  }

  /// Seconds until the nearer of both budgets is used up; nil where that cannot be told.
  package var secondsLeft: Double? {
    let bySteps = stepBudget.flatMap { budget in
      rates.flatMap { $0.steps > 0 ? Double(max(0, budget - steps)) / $0.steps : nil }
    }
    return [bySteps, secondBudget.map { max(0, $0 - elapsedSeconds) }].compactMap { $0 }.min()
  }
}
