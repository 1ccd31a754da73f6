import FunSearch
import RunJournal
import Testing

@testable import Dashboard

@Suite("Pages of a run's programs")
struct ProgramListTests {
  /// Queries of every kind of filter and of several together.
  private static let filters: [ProgramQuery] = [
    [], [("island", "1")], [("epoch", "1")], [("outcome", "scored")], [("outcome", "failed")],
    [("outcome", "timeout")], [("operator", "insert")], [("operator", "a \"quoted\" one")],
    [("operator", "none of these")], [("island", "2"), ("epoch", "2"), ("outcome", "failed")],
    [("island", "0"), ("operator", "delete"), ("outcome", "scored")],
  ].map { parameters in
    do {
      return try ProgramQuery(parameters)
    } catch {
      preconditionFailure("\(error)")
    }
  }

  /// What a query should find, computed the slow way.
  private func expected(_ query: ProgramQuery, _ steps: [StepRecord]) -> [Int] {
    let found = steps.filter { step in
      (query.island == nil || step.step.island.number == query.island)
        && (query.epoch == nil || step.epoch == query.epoch)
        && (query.operatorName.map(step.operators.contains) ?? true)
        && (query.outcome == nil || query.outcome == name(step)
          || (query.outcome == "failed" && name(step) != "scored"))
    }
    let numbered = found.map { (number: $0.step.program(islands: ToyRun.islands).number, step: $0) }
    let byScore = numbered.sorted { a, b in
      switch (a.step.outcome.total, b.step.outcome.total) {
      case (let one?, let other?): one == other ? a.number < b.number : one > other
      case (_?, nil): true
      case (nil, _?): false
      case (nil, nil): a.number < b.number
      }
    }.map(\.number)
    let byCPU = numbered.sorted { a, b in
      (b.step.cpuMicroseconds, a.number) < (a.step.cpuMicroseconds, b.number)
    }.map(\.number)
    switch query.order {
    case .newest: return numbered.map(\.number).sorted(by: >)
    case .oldest: return numbered.map(\.number).sorted()
    case .best: return byScore
    case .worst: return byScore.reversed()
    case .slowest: return byCPU
    case .fastest: return byCPU.reversed()
    }
  }

  private func name(_ step: StepRecord) -> String {
    if case .failed(let failure) = step.outcome { failure.kind.rawValue } else { "scored" }
  }

  @Test(
    "partition the list from either end, whatever the filter, the order and the length of a page",
    arguments: ProgramQuery.Order.allCases
  )
  func partition(order: ProgramQuery.Order) async throws {
    let results = try ToyResults()
    let run = try results.make(steps: 301)
    let board = try RunBoard(run.folder)
    for filter in Self.filters {
      for limit in [1, 7, 50, 301, 500] {
        var query = filter
        (query.order, query.limit) = (order, limit)
        let all = expected(query, run.steps)
        #expect(try await pages({ board }, query, forward: true) == all, "\(query)")
        #expect(try await pages({ board }, query, forward: false) == all, "\(query)")
      }
    }
  }

  @Test(
    "are the same while a long run is read for the first time",
    arguments: [ProgramQuery.Order.newest, .oldest]
  )
  func reading(order: ProgramQuery.Order) async throws {
    let results = try ToyResults()
    let run = try results.make(steps: 301)
    // Has read one step when it answers.
    let board = { try RunBoard(run.folder, chunk: 1, patience: .zero) }
    for filter in Self.filters {
      for limit in [7, 50, 301] {
        var query = filter
        (query.order, query.limit) = (order, limit)
        let all = expected(query, run.steps)
        #expect(try await pages(board, query, forward: true) == all, "\(query)")
        #expect(try await pages(board, query, forward: false) == all, "\(query)")
        #expect(try await board().page(query).count == (query.isUnfiltered ? 301 : nil))
      }
    }
  }

  /// All programs, page after page, with what is wrong with the pages recorded as an issue.
  private func pages(
    _ board: () throws -> RunBoard,
    _ query: ProgramQuery,
    forward: Bool
  ) async throws -> [Int] {
    var query = query
    var all: [[Int]] = []
    query.cursor = forward ? .start : .end
    while true {
      let page = try await board().page(query)
      let programs = page.rows.map(\.program.number)
      #expect(programs.count <= query.limit)
      #expect((forward ? page.hasEarlier : page.hasLater) == !all.isEmpty)
      all.append(programs)
      let hasMore = forward ? page.hasLater : page.hasEarlier
      guard hasMore, let end = forward ? programs.last : programs.first else { break }
      #expect(programs.count == query.limit, "only the last page is shorter")
      query.cursor = forward ? .after(end) : .before(end)
    }
    return forward ? all.flatMap(\.self) : all.reversed().flatMap(\.self)
  }

  @Test("keep their places while the run grows, and then show what came")
  func growth() async throws {
    let results = try ToyResults()
    let run = try results.make(steps: 150)
    let board = try RunBoard(run.folder)
    var query = ProgramQuery()
    (query.order, query.limit, query.outcome) = (.best, 20, "scored")
    let first = try await board.page(query)
    try run.grow(to: 290)
    let last = try #require(first.rows.last).program.number
    query.cursor = .after(last)
    let second = try await board.page(query)
    let all = expected(query, run.steps)
    let place = try #require(all.firstIndex(of: last))
    #expect(second.rows.map(\.program.number) == Array(all[(place + 1)...].prefix(20)))
    query.cursor = .start
    #expect(try await board.page(query).rows.map(\.program.number) == Array(all.prefix(20)))
    #expect(try await board.page(query).count == all.count)
  }

  @Test("refuse a place that is none, an island that is none")
  func unknown() async throws {
    let results = try ToyResults()
    let board = try RunBoard(try results.make(steps: 30).folder)
    for order in ProgramQuery.Order.allCases {
      var query = ProgramQuery()
      query.order = order
      query.cursor = .after(31)
      await #expect(throws: RequestError.self) { _ = try await board.page(query) }
    }
    var query = ProgramQuery()
    query.island = 3
    await #expect(
      throws: RequestError(.badRequest, "island=3: the run has islands 0 to 2")
    ) { _ = try await board.page(query) }
  }

  @Test(
    "say what is wrong with a parameter",
    arguments: [
      ("outcom", "x", "there is no parameter \"outcom\"; did you mean outcome?"),
      ("outcome", "timeuot", "outcome=timeuot: there is no such outcome; did you mean \"timeout\"?"),
      ("island", "-1", "island=-1: write a whole number from 0"),
      ("limit", "501", "limit=501: write a whole number from 1 to 500"),
      ("order", "up", "order=up: the orders are newest, oldest, best, worst, slowest, fastest"),
    ]
  )
  func parameters(name: String, value: String, message: String) {
    #expect(throws: RequestError(.badRequest, message)) { _ = try ProgramQuery([(name, value)]) }
  }

  @Test("count what the journal holds")
  func counts() async throws {
    let results = try ToyResults()
    let run = try results.make(steps: 290)
    let snapshot = try await RunBoard(run.folder).snapshot()
    #expect(snapshot.steps == 290)
    #expect(snapshot.counted == 290)
    #expect(snapshot.evaluations == run.steps.count { !$0.reused })
    #expect(snapshot.duplicates == run.steps.map(\.redraws).reduce(0, +))
    var failures: [String: Int] = [:]
    for step in run.steps where step.outcome.total == nil { failures[name(step), default: 0] += 1 }
    #expect(snapshot.failures == failures)
    let highest = run.steps.compactMap(\.outcome.total).max()
    #expect(snapshot.best?.score == highest)
    #expect(snapshot.resets.count == 2)
    for island in snapshot.islands {
      let since = run.steps.filter {
        $0.step.island.number == island.number && $0.epoch >= island.foundedInEpoch
      }
      #expect(island.best?.score == max(0, since.compactMap(\.outcome.total).max() ?? 0))
      #expect(island.steps == run.steps.count { $0.step.island.number == island.number })
    }
    let inserts = run.steps.count { $0.operators.contains("insert") }
    #expect(snapshot.operators.first { $0.name == "insert" }?.programs == inserts)
  }
}
