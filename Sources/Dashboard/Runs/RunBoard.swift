package import Experiment
import FunSearch
package import Reports
package import RunJournal

/// One run as pages show it, read while it may be written by another process.
package actor RunBoard {
  package let folder: RunFolder
  private let reader: RunReader
  private var list: ProgramList
  private var pace = Pace()
  private var models = ModelTally()
  private var isLoading = false

  /// Steps read at once; other requests get their turn in between.
  private let chunk: Int
  /// How long a request reads steps before it does with what there is.
  private let patience: Duration

  package init(
    _ folder: RunFolder,
    chunk: Int = 5000,
    patience: Duration = .milliseconds(20)
  ) throws(JournalError) {
    self.folder = folder
    (self.chunk, self.patience) = (chunk, patience)
    reader = try RunReader(folder.journal)
    list = ProgramList(islands: reader.islands)
  }

  /// Reads the steps that were committed since the last time.
  package func catchUp() async throws(JournalError) {
    while try readChunk() { await Task.yield() }
  }

  /// Reads further steps for at most `time`, and goes on in the background where that is not enough.
  ///
  /// - Parameter time: how long.
  /// - Returns: whether all steps were read.
  /// - Throws: what is wrong with the journal.
  @discardableResult
  private func catchUp(within time: Duration) throws(JournalError) -> Bool {
    let clock = ContinuousClock()
    let end = clock.now.advanced(by: time)
    while try readChunk() {
      guard clock.now > end else { continue }
      if !isLoading {
        isLoading = true
        Task {
          // What is wrong with the file is said by the next request that reads it.
          try? await catchUp()
          isLoading = false
        }
      }
      return false
    }
    return true
  }

  /// Reads some more steps; false when there were no more.
  private func readChunk() throws(JournalError) -> Bool {
    var count = 0
    try reader.steps(after: list.index.sequence, limit: chunk) { step in
      list.add(step)
      count += 1
    }
    return count == chunk
  }

  /// One page of the run's programs.
  package struct Page: Sendable {
    package let rows: [StepRow]
    package let hasEarlier: Bool
    package let hasLater: Bool
    /// How many programs the list has; nil where that was not counted.
    package let count: Int?
  }

  /// The programs that a query asks for.
  ///
  /// - Parameter query: which, in what order, and from where.
  /// - Returns: a page.
  /// - Throws: ``RequestError`` for what the run does not have, ``JournalError`` for what is wrong with its file.
  package func page(_ query: ProgramQuery) async throws -> Page {
    try check(query)
    if let isDescending = query.order.isDescendingByNumber {
      if query.isUnfiltered { return try pageByKey(query, isDescending) }
      // While a long run is read for the first time, lists in order of number are read by the journal's key.
      guard try catchUp(within: patience) else { return try pageByKey(query, isDescending) }
    }
    try await catchUp()
    let page = try list.page(query)
    return Page(
      rows: try reader.rows(page.programs.map(ProgramID.init)),
      hasEarlier: page.hasEarlier,
      hasLater: page.hasLater,
      count: list.count(query)
    )
  }

  /// The same in order of number, which the journal has a key for.
  private func pageByKey(_ query: ProgramQuery, _ isDescending: Bool) throws -> Page {
    let (key, isBackward): (Int?, Bool) =
      switch query.cursor {
      case .start: (nil, false)
      case .end: (nil, true)
      case .after(let program): (program, false)
      case .before(let program): (program, true)
      }
    if let key, try reader.rows([ProgramID(key)]).isEmpty { throw ProgramList.unknownCursor(key) }
    let filter = query.filter
    let isDown = isDescending != isBackward
    let rows = try reader.rows(
      after: key.map(ProgramID.init),
      descending: isDown,
      limit: query.limit + 1,
      of: filter
    )
    let shown = Array(rows.prefix(query.limit))
    let hasMore = rows.count > query.limit
    var hasOthers = key != nil
    if let key, !query.isUnfiltered {
      // The cursor itself is on the other side of the page, if it passes.
      let edge = shown.first?.program ?? ProgramID(key + (isDown ? -1 : 1))
      hasOthers = try !reader.rows(after: edge, descending: !isDown, limit: 1, of: filter).isEmpty
    }
    return Page(
      rows: isBackward ? shown.reversed() : shown,
      hasEarlier: isBackward ? hasMore : hasOthers,
      hasLater: isBackward ? hasOthers : hasMore,
      count: query.isUnfiltered ? try reader.quickCount() : nil
    )
  }

  private func check(_ query: ProgramQuery) throws(RequestError) {
    guard let island = query.island, island >= reader.islands else { return }
    throw RequestError(.badRequest, "island=\(island): the run has islands 0 to \(reader.islands - 1)")
  }

  /// The run as it stands; its counters may lag behind while a long run is read for the first time.
  package func snapshot() throws -> RunSnapshot {
    let isWhole = try catchUp(within: patience * 2)
    let steps = isWhole ? list.index.steps : try reader.quickCount()
    pace.note(steps)
    let lastCall = try reader.lastModelCall()
    if lastCall > 0 { try models.update(reader) }
    return try RunSnapshot(
      folder,
      reader,
      list.index,
      models: models.totals,
      lastCall: lastCall,
      steps: steps,
      stepsPerSecond: pace.stepsPerSecond
    )
  }

  /// What differs when the run has changed since; far cheaper than a snapshot.
  package func pulse() throws -> Pulse {
    Pulse(
      steps: try reader.quickCount(),
      counted: list.index.steps,
      lastCall: try reader.lastModelCall(),
      isRunning: RunLock.holder(of: folder.path) != nil
    )
  }

  /// A run's sign of life.
  package struct Pulse: Hashable, Sendable {
    let steps: Int
    let counted: Int
    /// The latest question to a model.
    let lastCall: Int
    let isRunning: Bool

    init(steps: Int, counted: Int, lastCall: Int, isRunning: Bool) {
      self.steps = steps
      self.counted = counted
      self.lastCall = lastCall
      self.isRunning = isRunning
    }

    /// The sign of life that a snapshot tells of.
    init(_ snapshot: RunSnapshot) {
      self.init(
        steps: snapshot.steps,
        counted: snapshot.counted,
        lastCall: snapshot.lastCall,
        isRunning: snapshot.state == "running"
      )
    }
  }

  /// Names of what the filters of a list may be set to, as far as the run was read.
  package func choices() throws -> Choices {
    try catchUp(within: patience)
    let operators = list.index.operatorCounts(bests: []).map(\.name).sorted()
    return Choices(islands: reader.islands, epochs: list.index.lastEpoch, operators: operators)
  }

  /// The values of filters.
  package struct Choices: Sendable {
    package let islands: Int
    /// The highest epoch.
    package let epochs: Int
    package let operators: [String]
  }

  /// One program with all that is known of it.
  ///
  /// - Throws: ``RequestError`` when the run has no such program.
  package func program(_ number: Int) throws -> ProgramDetail {
    let id = ProgramID(number)
    let view: ProgramView
    do {
      view = try ProgramView.program(id, in: folder)
    } catch let error as RunError {
      throw RequestError(.notFound, error.description)
    }
    let first = view.step?.parents.first
    return ProgramDetail(
      view: view,
      parent: try first.map { try ProgramView.program($0, in: folder) },
      exchange: try view.step.flatMap { try ModelExchange.last(of: $0.step, $0.operators, reader) },
      line: try reader.mainLine(from: id, limit: ProgramDetail.mostGenerations),
      founderScore: try reader.founder()?.scores.total,
      lastProgram: try reader.lastProgram()
    )
  }
}

/// One program of a run with its parent and its main line.
package struct ProgramDetail: Sendable {
  package let view: ProgramView
  /// The first program it was made from.
  package let parent: ProgramView?
  /// What a model was asked and answered; nil where none wrote it.
  package let exchange: ModelExchange?
  /// The program, its first parent, the first parent of that, and so on; without the specification's own.
  package let line: [StepRow]
  package let founderScore: Double?
  /// The highest program number of the run.
  package let lastProgram: Int

  /// The most generations of ``line``.
  package static let mostGenerations = 100
}

extension ProgramQuery {
  /// The conditions as the journal's reader takes them.
  fileprivate var filter: RunReader.StepFilter {
    RunReader.StepFilter(island: island, epoch: epoch, outcome: outcome, operatorName: operatorName)
  }
}

extension ProgramQuery.Order {
  /// Whether higher program numbers come first; nil for orders by something else.
  fileprivate var isDescendingByNumber: Bool? {
    switch self {
    case .newest: true
    case .oldest: false
    case .best, .worst, .slowest, .fastest: nil
    }
  }
}

/// How fast a run goes, from when it was looked at.
private struct Pace {
  private var looks: [(time: ContinuousClock.Instant, steps: Int)] = []

  mutating func note(_ steps: Int) {
    let now = ContinuousClock().now
    looks.append((now, steps))
    while looks.count > 2, looks[0].time.duration(to: now) > .seconds(20) { looks.removeFirst() }
  }

  /// Nil until a second has passed between two looks.
  var stepsPerSecond: Double? {
    guard let first = looks.first, let last = looks.last else { return nil }
    let seconds = first.time.duration(to: last.time) / .seconds(1)
    return seconds < 1 ? nil : Double(last.steps - first.steps) / seconds
  }
}
