import FunSearch
import PythonSyntax

/// Searches for a rule that orders jobs, with an evaluator and a proposer of our own and no Python at all.
@main
struct NativeSearch {
  static func main() async throws {
    let jobs = Jobs()
    let first = FunctionDefinition(
      name: "priority",
      parameters: Parameters(positional: [Parameter("weight"), Parameter("time")]),
      body: [.returning(.name("weight"))]
    )
    guard case .scored(let scores) = jobs.outcome(first) else { return }
    let configuration = SearchConfiguration(seed: 1, islands: 4, epochSteps: 250)
    let engine = Engine(
      configuration: configuration,
      founder: FounderRecord(first, scores: scores),
      scoreUnit: 1,
      steps: 4_000,
      target: 0
    )
    let search = Search(
      engine: engine,
      proposer: Tweaks(seed: configuration.seed),
      evaluator: jobs,
      journal: MemoryJournal(),
      progress: { _, events in
        for case .committed(let record) in events where record.claim != nil {
          print("\(record.step): \(record.outcome.total ?? 0)")
        }
      }
    )
    let end = try await search.run()
    print("score \(end.best.scores.total) after \(end.historyLength) programs:")
    print(try ProgramCode(end.best).source)
  }
}
