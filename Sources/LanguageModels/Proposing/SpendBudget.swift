/// What a run may spend on models, over all its sessions; nil for no limit.
package struct SpendLimits: Hashable, Sendable {
  package var requests: Int?
  package var promptTokens: Int?
  package var outputTokens: Int?
  /// Of questions and answers together.
  package var tokens: Int?
  /// In US dollars.
  package var money: Double?

  package init(
    requests: Int? = nil,
    promptTokens: Int? = nil,
    outputTokens: Int? = nil,
    tokens: Int? = nil,
    money: Double? = nil
  ) {
    self.requests = requests
    self.promptTokens = promptTokens
    self.outputTokens = outputTokens
    self.tokens = tokens
    self.money = money
  }

  package subscript(axis: SpendAxis) -> Double? {
    switch axis {
    case .requests: requests.map { Double($0) }
    case .promptTokens: promptTokens.map { Double($0) }
    case .outputTokens: outputTokens.map { Double($0) }
    case .tokens: tokens.map { Double($0) }
    case .money: money
    }
  }
}

/// One way of counting what models take.
package enum SpendAxis: String, Hashable, Sendable, CaseIterable {
  case requests
  case promptTokens = "prompt tokens"
  case outputTokens = "output tokens"
  case tokens
  case money

  /// How much of it something takes.
  package func amount(of spending: ModelSpending) -> Double {
    switch self {
    case .requests: Double(spending.requests)
    case .promptTokens: Double(spending.usage.prompt)
    case .outputTokens: Double(spending.usage.output)
    case .tokens: Double(spending.usage.prompt + spending.usage.output)
    case .money: spending.cost ?? 0
    }
  }
}

/// Sets aside what a call may take before it is sent, and settles what it took.
///
/// A call that does not fit waits as long as others are under way, since they may take less than was set aside for
/// them. When nothing is under way and it still does not fit, the budget is used up, and stays so.
package actor SpendBudget {
  private let limits: SpendLimits
  private let warn: @Sendable (SpendWarning) -> Void
  private var spent: ModelSpending
  private var reserved = ModelSpending()
  private var underWay = 0
  private var waiting: [Waiter] = []
  private var exhausted: SpendAxis?
  private var warned: Set<SpendAxis> = []

  private struct Waiter {
    let amount: ModelSpending
    let continuation: CheckedContinuation<SpendAxis?, Never>
  }

  /// - Parameters:
  ///   - limits: what may be spent.
  ///   - spent: what earlier sessions took, calls without an answer with what was set aside for them.
  ///   - warn: told once of each limit of which four fifths are used.
  package init(
    limits: SpendLimits,
    spent: ModelSpending = ModelSpending(),
    warn: @escaping @Sendable (SpendWarning) -> Void
  ) {
    self.limits = limits
    self.spent = spent
    self.warn = warn
  }

  /// Sets `amount` aside, waiting for calls under way where it must.
  ///
  /// - Returns: nil when it is set aside, else the limit that is used up.
  package func reserve(_ amount: ModelSpending) async -> SpendAxis? {
    if let exhausted { return exhausted }
    if waiting.isEmpty, let answer = decide(amount) { return answer.axis }
    return await withCheckedContinuation { waiting.append(Waiter(amount: amount, continuation: $0)) }
  }

  /// Counts what a call took, for which `amount` was set aside.
  package func settle(_ amount: ModelSpending, spent actual: ModelSpending) {
    underWay -= 1
    reserved = reserved - amount
    spent = spent + actual
    tellWhatIsNearlyUsed()
    while let first = waiting.first, let answer = decide(first.amount) {
      waiting.removeFirst()
      first.continuation.resume(returning: answer.axis)
    }
  }

  /// Nil while the amount has to wait.
  private func decide(_ amount: ModelSpending) -> (axis: SpendAxis?, Void)? {
    if let exhausted { return (exhausted, ()) }
    let total = spent + reserved + amount
    let passed = SpendAxis.allCases.first { axis in
      limits[axis].map { axis.amount(of: total) > $0 } ?? false
    }
    guard let passed else {
      reserved = reserved + amount
      underWay += 1
      return (nil, ())
    }
    guard underWay == 0 else { return nil }
    exhausted = passed
    return (passed, ())
  }

  private func tellWhatIsNearlyUsed() {
    for axis in SpendAxis.allCases where !warned.contains(axis) {
      guard let limit = limits[axis], axis.amount(of: spent) >= 0.8 * limit else { continue }
      warned.insert(axis)
      warn(SpendWarning(axis: axis, spent: axis.amount(of: spent), limit: limit))
    }
  }
}

/// Four fifths of a limit are used.
package struct SpendWarning: Hashable, Sendable {
  package let axis: SpendAxis
  package let spent: Double
  package let limit: Double

  package init(axis: SpendAxis, spent: Double, limit: Double) {
    (self.axis, self.spent, self.limit) = (axis, spent, limit)
  }
}

extension ModelSpending {
  /// What is left of an amount; only what limits count matters.
  fileprivate static func - (one: ModelSpending, other: ModelSpending) -> ModelSpending {
    var rest = one
    rest.requests -= other.requests
    rest.usage.prompt -= other.usage.prompt
    rest.usage.output -= other.usage.output
    rest.cost = one.cost.flatMap { cost in other.cost.map { cost - $0 } }
    return rest
  }
}
