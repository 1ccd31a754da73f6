import ArgumentParser
import Experiment
import FunSearch
import Reports

struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Show runs of one problem side by side: curves, medians over seeds, tables.",
    discussion: """
      Runs that differ in the seed alone are one group, of which the median and the quartiles are shown. A folder \
      of runs, such as that of an experiment, stands for all runs in it.

        funsearch compare cap-set/0001 cap-set/0002
        funsearch compare Results/experiments/cap-set --html comparison.html
      """
  )

  @Argument(help: ArgumentHelp("Runs, as for other commands, or folders of runs.", valueName: "run"))
  var runs: [String]

  @Option(help: ArgumentHelp("The folder that holds all runs.", valueName: "dir"))
  var results = "Results"

  @Option(
    help: ArgumentHelp("Write the comparison to this file, as a page.", valueName: "file"),
    completion: .file(extensions: ["html"])
  )
  var html: String?

  @Flag(help: "Print JSON on standard output and nothing else there.")
  var json = false

  func run() throws {
    var folders: [RunFolder] = []
    for name in runs {
      let inside = name.contains("/") ? try ResultsFolder(path: name).runs() : []
      folders += inside.isEmpty ? [try ResultsFolder(path: results).run(named: name)] : inside
    }
    let comparison = try RunComparison(folders)
    if let html { try folders[0].write(comparison.page.document, to: html) }
    if json { return try Output.json(ComparisonObject(comparison)) }
    show(comparison)
    if let html { Output.line("\n\(html) shows the curves") }
  }

  private func show(_ comparison: RunComparison) {
    Output.line("\(comparison.problem): \(comparison.title)")
    Output.line("")
    var titles = ["configuration", "runs", "best", "median", "quartiles"]
    if let target = comparison.target { titles.append("reached \(numberText(target))") }
    Output.line(
      TextTable(titles).text(
        comparison.groups.map { group in
          [
            group.name, "\(group.runs.count)", numberText(group.best), numberText(group.median),
            "\(numberText(group.quartiles.low))–\(numberText(group.quartiles.high))",
          ] + (group.reached.map { ["\($0) of \(group.runs.count)"] } ?? [])
        }
      )
    )
    Output.line("")
    let end = Double(comparison.groups.flatMap(\.runs).map(\.steps).max() ?? 0)
    let isPlain = LiveTerminal.isPlainLanguage
    let rows = comparison.groups.flatMap { group in
      group.runs.map { run in
        [
          run.name, run.seed, numberText(run.best), run.verified ? "verified" : "unverified",
          ReportNumber.count(run.program), ReportNumber.count(run.steps), ReportNumber.count(run.failures),
          ReportNumber.duration(run.cpuSeconds),
        ] + (comparison.hasModels ? [run.models?.priceText ?? "-"] : [])
          + [Sparkline.text(run.curve, to: end, width: 24, isPlain: isPlain)]
      }
    }
    let models = comparison.hasModels ? ["models"] : []
    let columns = ["run", "seed", "best", "", "found at", "steps", "failures", "CPU"] + models
    Output.line(TextTable(columns + ["best over steps"]).text(rows))
  }
}

/// The object of `compare --json`.
private struct ComparisonObject: Encodable {
  let problem: String
  let target: Double?
  let knownBest: Double?
  let groups: [GroupObject]

  struct GroupObject: Encodable {
    let configuration: String
    let median: Double
    let quartiles: [Double]
    let best: Double
    let reached: Int?
    /// Pairs of steps and score.
    let medianCurve: [[Double]]
    let runs: [RunObject]

    enum CodingKeys: String, CodingKey {
      case configuration, median, quartiles, best, reached, runs
      case medianCurve = "median_curve"
    }
  }

  struct RunObject: Encodable {
    let run: String
    let seed: String
    let best: Double
    let verified: Bool
    let program: Int
    let steps: Int
    let evaluations: Int
    let failures: Int
    let cpuSeconds: Double
    let seconds: Double
    /// Absent where no model was asked; without `usd` where a price is not known.
    let models: ModelsObject?
    let curve: [[Double]]

    struct ModelsObject: Encodable {
      let requests: Int
      let usd: Double?
    }

    enum CodingKeys: String, CodingKey {
      case run, seed, best, verified, program, steps, evaluations, failures, seconds, curve, models
      case cpuSeconds = "cpu_seconds"
    }
  }

  enum CodingKeys: String, CodingKey {
    case problem, target, groups
    case knownBest = "known_best"
  }

  init(_ comparison: RunComparison) {
    problem = comparison.problem
    target = comparison.target
    knownBest = comparison.knownBest
    groups = comparison.groups.map { group in
      GroupObject(
        configuration: group.name,
        median: group.median,
        quartiles: [group.quartiles.low, group.quartiles.high],
        best: group.best,
        reached: group.reached,
        medianCurve: group.medianCurve.map { [$0.x, $0.y] },
        runs: group.runs.map { run in
          RunObject(
            run: run.name,
            seed: run.seed,
            best: run.best,
            verified: run.verified,
            program: run.program,
            steps: run.steps,
            evaluations: run.evaluations,
            failures: run.failures,
            cpuSeconds: run.cpuSeconds,
            seconds: run.elapsedSeconds,
            models: run.models.map { RunObject.ModelsObject(requests: $0.requests, usd: $0.cost) },
            curve: run.curve.map { [$0.x, $0.y] }
          )
        }
      )
    }
  }
}
