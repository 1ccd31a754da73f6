package import RunJournal

/// An index with the orders that were asked for, and the pages of lists.
package struct ProgramList: Sendable {
  package private(set) var index: ProgramIndex
  private var orders: [ProgramOrder.Key: ProgramOrder] = [:]

  package init(islands: Int) {
    index = ProgramIndex(islands: islands)
  }

  /// Takes the next step.
  package mutating func add(_ step: StepBrief) {
    index.add(step)
  }

  /// The programs of one page.
  package struct Page: Hashable, Sendable {
    /// In the order asked for.
    package let programs: [Int]
    /// Whether there are programs of the list before these, and behind them.
    package let hasEarlier: Bool
    package let hasLater: Bool
  }

  /// The page that a query asks for.
  ///
  /// - Throws: ``RequestError`` when the cursor names no program of the run.
  package mutating func page(_ query: ProgramQuery) throws(RequestError) -> Page {
    let order = sequence(query.order)
    let test = Filter(query, index)
    // Both ends of what is looked through, as places of the order; `isBackward` begins at the upper one.
    let (range, isBackward) = try range(query.cursor, order)
    var found: [Int] = []
    var place = isBackward ? range.upperBound - 1 : range.lowerBound
    // One more tells whether there are others.
    while range.contains(place), found.count <= query.limit {
      let program = order.program(place)
      if test.passes(program, index) { found.append(program) }
      place += isBackward ? -1 : 1
    }
    let hasMore = found.count > query.limit
    let programs = Array(found.prefix(query.limit))
    let isAtStart = range.lowerBound == 0
    let isAtEnd = range.upperBound == order.count
    return isBackward
      ? Page(
        programs: programs.reversed(),
        hasEarlier: hasMore,
        hasLater: !isAtEnd && any(range.upperBound..<order.count, order, test)
      )
      : Page(
        programs: programs,
        hasEarlier: !isAtStart && any(0..<range.lowerBound, order, test),
        hasLater: hasMore
      )
  }

  /// How many programs a query finds, whatever its cursor.
  package func count(_ query: ProgramQuery) -> Int {
    if query.isUnfiltered { return index.steps }
    let test = Filter(query, index)
    return (1..<max(1, index.outcome.count)).count { test.passes($0, index) }
  }

  private func any(_ range: Range<Int>, _ order: Sequence, _ test: Filter) -> Bool {
    range.contains { test.passes(order.program($0), index) }
  }

  private func range(
    _ cursor: ProgramQuery.Cursor,
    _ order: Sequence
  ) throws(RequestError) -> (range: Range<Int>, isBackward: Bool) {
    switch cursor {
    case .start: return (0..<order.count, false)
    case .end: return (0..<order.count, true)
    case .after(let program):
      try check(program)
      return (order.place(of: program, index) + 1..<order.count, false)
    case .before(let program):
      try check(program)
      return (0..<order.place(of: program, index), true)
    }
  }

  private func check(_ program: Int) throws(RequestError) {
    guard !index.holds(program) else { return }
    throw Self.unknownCursor(program)
  }

  static func unknownCursor(_ program: Int) -> RequestError {
    RequestError(.badRequest, "the page cannot go on at program \(program): the run has no such program")
  }

  /// The places of an order; brings the order up to date first.
  private mutating func sequence(_ order: ProgramQuery.Order) -> Sequence {
    let fresh = index.takeFresh()
    for key in orders.keys { orders[key]?.take(fresh, of: index) }
    let (key, isReversed): (ProgramOrder.Key?, Bool) =
      switch order {
      case .newest: (nil, true)
      case .oldest: (nil, false)
      case .best: (.score, false)
      case .worst: (.score, true)
      case .slowest: (.cpu, false)
      case .fastest: (.cpu, true)
      }
    guard let key else { return Sequence(order: nil, isReversed: isReversed, count: index.lastProgram) }
    let kept = orders[key] ?? made(key)
    orders[key] = kept
    return Sequence(order: kept, isReversed: isReversed, count: kept.programs.count)
  }

  private func made(_ key: ProgramOrder.Key) -> ProgramOrder {
    var order = ProgramOrder(key)
    order.take((1..<UInt32(max(1, index.outcome.count))).filter { index.holds(Int($0)) }, of: index)
    return order
  }

  /// Programs by place, from 0: in the order of a value, or by number where there is none.
  private struct Sequence {
    let order: ProgramOrder?
    let isReversed: Bool
    let count: Int

    func program(_ place: Int) -> Int {
      let forward = isReversed ? count - 1 - place : place
      return order.map { Int($0.programs[forward]) } ?? forward + 1
    }

    func place(of program: Int, _ index: ProgramIndex) -> Int {
      let forward = order?.place(of: program, index) ?? program - 1
      return isReversed ? count - 1 - forward : forward
    }
  }

  /// A query's conditions as numbers of the index.
  private struct Filter {
    private let island: Int?
    private let epoch: UInt32?
    /// Which outcomes pass, by their number.
    private let outcomes: [Bool]
    /// Which lists of operators pass, by their number; nil for all.
    private let makers: [Bool]?

    init(_ query: ProgramQuery, _ index: ProgramIndex) {
      island = query.island
      epoch = query.epoch.map { UInt32(clamping: $0) }
      outcomes = index.outcomes.all.map { name in
        switch query.outcome {
        case nil: true
        case "failed": name != "scored"
        case let outcome: name == outcome
        }
      }
      makers = query.operatorName.map { wanted in index.makerNames.map { $0.contains(wanted) } }
    }

    func passes(_ program: Int, _ index: ProgramIndex) -> Bool {
      let outcome = index.outcome[program]
      guard outcome != ProgramIndex.absent, outcomes[Int(outcome)] else { return false }
      if let epoch, index.epoch[program] != epoch { return false }
      if let makers, !makers[Int(index.maker[program])] { return false }
      if let island, index.island(of: program) != island { return false }
      return true
    }
  }
}
