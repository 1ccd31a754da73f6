import Foundation

/// How the dashboard writes JSON: sorted keys, so that equal answers are equal texts.
enum SiteJSON {
  static func text(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }
}

/// The object of every answer that is no success.
struct ErrorObject: Encodable {
  let status: Int
  let error: String
}

/// `/api/v1`: what there is.
struct RouteListObject: Encodable {
  let routes = [
    RouteObject(path: "/api/v1/runs", parameters: ["search", "order"], answers: "all runs"),
    RouteObject(path: "/api/v1/runs/PROBLEM/RUN", parameters: [], answers: "one run as it stands"),
    RouteObject(
      path: "/api/v1/runs/PROBLEM/RUN/programs",
      parameters: ProgramQuery.parameters,
      answers: "one page of its programs"
    ),
    RouteObject(
      path: "/api/v1/runs/PROBLEM/RUN/programs/NUMBER",
      parameters: [],
      answers: "one program with its text and its main line"
    ),
    RouteObject(
      path: "/api/v1/runs/PROBLEM/RUN/events",
      parameters: [],
      answers: "server-sent events: `run` whenever the run has changed"
    ),
    RouteObject(path: "/api/v1/compare", parameters: ["run"], answers: "several runs as they stand"),
  ]

  struct RouteObject: Encodable {
    let path: String
    let parameters: [String]
    let answers: String
  }
}
