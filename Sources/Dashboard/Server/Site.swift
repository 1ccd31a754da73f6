import Experiment
import Foundation
import FunSearch
import Reports
import RunJournal

/// Everything the dashboard can say, by address: pages and the same as JSON.
///
/// The server hands paths over in parts; what they name is looked up among what is there.
struct Site: Sendable {
  let catalog: RunCatalog

  /// Which of the two forms is asked for.
  enum Form: Sendable {
    case page
    case json
  }

  func list(_ form: Form, _ parameters: [(name: String, value: String)]) async throws -> String {
    var search = ""
    var order = RunListOrder.newest
    for (name, value) in parameters {
      switch name {
      case "search": search = value
      case "order":
        guard let known = RunListOrder(rawValue: value) else {
          let names = RunListOrder.allCases.map(\.rawValue).joined(separator: ", ")
          throw RequestError(.badRequest, "order=\(value): the orders are \(names)")
        }
        order = known
      default: throw Self.unknown(name, ["search", "order"])
      }
    }
    let lines = await catalog.list(order, search: search)
    switch form {
    case .page: return RunListPage(lines: lines, search: search, order: order).html
    case .json: return try SiteJSON.text(lines.map(RunLineObject.init))
    }
  }

  func run(_ form: Form, _ problem: String, _ name: String) async throws -> String {
    let snapshot = try await catalog.board(problem, name).snapshot()
    switch form {
    case .page: return RunPage(run: snapshot).html
    case .json: return try SiteJSON.text(RunObject(snapshot))
    }
  }

  /// The part of a run's page that changes.
  func fragment(_ problem: String, _ name: String) async throws -> String {
    RunPage(run: try await catalog.board(problem, name).snapshot()).fragment.text
  }

  /// The report that was written at the end of the run.
  func report(_ problem: String, _ name: String) async throws -> String {
    let folder = try await catalog.board(problem, name).folder
    guard let data = FileManager.default.contents(atPath: folder.report) else {
      throw RequestError(
        .notFound,
        "\(problem)/\(name) has no report; write it with: funsearch report \(problem)/\(name)"
      )
    }
    return String(decoding: data, as: UTF8.self)
  }

  func programs(
    _ form: Form,
    _ problem: String,
    _ name: String,
    _ parameters: [(name: String, value: String)]
  ) async throws -> String {
    let query = try ProgramQuery(parameters)
    let board = try await catalog.board(problem, name)
    let page = try await board.page(query)
    switch form {
    case .page:
      let choices = try await board.choices()
      return ProgramsPage(folder: board.folder, query: query, page: page, choices: choices).html
    case .json: return try SiteJSON.text(ProgramPageObject(page, query, board.folder))
    }
  }

  func program(_ form: Form, _ problem: String, _ name: String, _ number: String) async throws -> String {
    guard let number = Int(number), number >= 0, number < 1 << 32 else {
      throw RequestError(.badRequest, "\(number.prefix(40)): a program has a whole number from 0")
    }
    let board = try await catalog.board(problem, name)
    let detail = try await board.program(number)
    switch form {
    case .page: return ProgramPage(folder: board.folder, detail: detail).html
    case .json: return try SiteJSON.text(ProgramDetailObject(detail))
    }
  }

  func compare(_ form: Form, _ parameters: [(name: String, value: String)]) async throws -> String {
    if let other = parameters.first(where: { $0.name != "run" }) { throw Self.unknown(other.name, ["run"]) }
    guard (1...ComparePage.mostRuns).contains(parameters.count) else {
      throw RequestError(
        .badRequest,
        "name 1 to \(ComparePage.mostRuns) runs to compare, as run=PROBLEM/RUN each; these are \(parameters.count)"
      )
    }
    var runs: [RunSnapshot] = []
    for (_, value) in parameters {
      let parts = value.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      guard parts.count == 2 else { throw RequestError(.badRequest, "run=\(value): write PROBLEM/RUN") }
      runs.append(try await catalog.board(parts[0], parts[1]).snapshot())
    }
    switch form {
    case .page: return ComparePage(runs: runs).html
    case .json: return try SiteJSON.text(runs.map(RunObject.init))
    }
  }

  /// Refuses parameters on addresses that take none.
  func takesNone(_ parameters: [(name: String, value: String)]) throws(RequestError) {
    guard let first = parameters.first else { return }
    throw RequestError(.badRequest, "there is no parameter \"\(first.name)\" here")
  }

  /// The status and the sentence for what went wrong.
  static func failure(_ error: any Error) -> (status: Int, message: String) {
    if let error = error as? RequestError { return (error.kind.rawValue, error.description) }
    return (500, "\(error)")
  }

  private static func unknown(_ name: String, _ known: [String]) -> RequestError {
    let hint = nearestName(to: name, in: known).map { "did you mean \($0)?" }
    return RequestError(
      .badRequest,
      "there is no parameter \"\(name)\"; \(hint ?? "there are \(known.joined(separator: ", "))")"
    )
  }
}
