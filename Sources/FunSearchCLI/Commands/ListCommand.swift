import ArgumentParser
import Experiment

struct ListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List the runs, newest first."
  )

  @Option(help: ArgumentHelp("The folder that holds all runs.", valueName: "dir"))
  var results = "Results"

  @Flag(help: "Print JSON on standard output and nothing else there.")
  var json = false

  func run() throws {
    let overviews = try ResultsFolder(path: results).runs().reversed().map { RunOverview($0) }
    if json { return try Output.json(overviews.map(RunObject.init)) }
    guard !overviews.isEmpty else {
      return Output.note("\(results) holds no runs; start one with: funsearch run cap-set --islands 8")
    }
    let table = TextTable(["run", "state", "steps", "best", "seed", "islands", "from"])
    Output.line(
      table.text(
        overviews.map { overview in
          let name = "\(overview.folder.problem)/\(overview.folder.name)"
          switch overview.content {
          case .readable(let run):
            return [
              name, run.state, String(run.steps), run.best.map(numberText) ?? "-", run.seed,
              String(run.islands), run.origin?.text ?? "",
            ]
          case .unreadable(let reason): return [name, "unreadable: \(reason)"]
          }
        }
      )
    )
  }
}

/// One element of `list --json`.
private struct RunObject: Encodable {
  let run: String
  let problem: String
  let directory: String
  let state: String
  let steps: Int?
  let best: Double?
  let seed: UInt64?
  let islands: Int?
  let origin: OriginObject?
  let error: String?

  struct OriginObject: Encodable {
    let run: String
    let at: Int
    let digest: String
  }

  init(_ overview: RunOverview) {
    run = overview.folder.name
    problem = overview.folder.problem
    directory = overview.folder.path
    switch overview.content {
    case .readable(let content):
      state = content.state
      steps = content.steps
      best = content.best
      seed = UInt64(content.seed)
      islands = content.islands
      origin = content.origin.map { OriginObject(run: $0.run, at: $0.at, digest: $0.digest) }
      error = nil
    case .unreadable(let reason):
      state = "unreadable"
      (steps, best, seed, islands, origin) = (nil, nil, nil, nil, nil)
      error = reason
    }
  }
}
