import ArgumentParser
import Experiment
import Foundation
import ProblemFiles

/// What an experiment compares; a flag wins over the file.
struct ExperimentOptions: ParsableArguments {
  @Option(help: ArgumentHelp("A problem's name, its folder, or a specification file.", valueName: "problem"))
  var problem: String?

  @Option(
    help: ArgumentHelp(
      "Methods with commas between. Default: offline,random,hill-climb.",
      valueName: "names"
    )
  )
  var methods: String?

  @Option(
    help: ArgumentHelp(
      "How many seeds, a range or a list: 10, 3-7 or 1,5,9. Default: 10.",
      valueName: "seeds"
    )
  )
  var seeds: String?

  @OptionGroup var inputs: InputOptions

  @Option(
    help: ArgumentHelp("Number of islands of the methods that have several. Default: 10.", valueName: "n")
  )
  var islands: String?

  @Option(help: ArgumentHelp("Steps of each run, or unlimited. Default: 10000.", valueName: "n"))
  var steps: String?

  @Option(
    name: .customLong("max-time"),
    help: ArgumentHelp("Time of each run, such as 90, 90s, 15m or 2h.", valueName: "time")
  )
  var maxTime: String?

  @Option(
    help: ArgumentHelp("The score to reach; a run ends there. Default: the problem's.", valueName: "score")
  )
  var target: String?

  @Option(help: ArgumentHelp("Worker processes of each run. Default: 1.", valueName: "n"))
  var workers: String?

  @Option(help: ArgumentHelp("Runs side by side. Default: one per core.", valueName: "n"))
  var jobs: Int?

  @OptionGroup var others: SettingOptions

  @Option(
    help: ArgumentHelp(
      "Name of the experiment's folder. Default: the file's name, or one made from problem, inputs and settings.",
      valueName: "name"
    )
  )
  var name: String?

  @Option(help: ArgumentHelp("The folder that holds all runs.", valueName: "dir"))
  var results = "Results"

  /// The plan of these flags, over that of `file` where there is one.
  func plan(_ file: String?) throws -> ExperimentPlan {
    var plan = try base(file)
    if let problem, file != nil { plan.problem = problem }
    let choice = try inputs.choice()
    if choice != .training { plan.inputs = choice }
    if let methods {
      plan.methods = try methods.split(separator: ",").map {
        try ComparedMethod.named($0.trimmingCharacters(in: .whitespaces))
      }
    }
    if let seeds { plan.seeds = try SeedList.parse(seeds) }
    if let name { plan.name = name }
    var settings = try budgetSettings(
      others.assignments,
      steps: steps,
      maxTime: maxTime,
      target: target,
      workers: workers
    )
    if let islands { settings.append(("search.islands", islands)) }
    plan.settings += try settings.map { try ExperimentPlan.checked($0.key, $0.value) }
    if !plan.settings.contains(where: { $0.key == "run.workers" }) {
      plan.settings.append(try ExperimentPlan.checked("run.workers", "1"))
    }
    if let jobs { plan.jobs = jobs }
    return plan
  }

  private func base(_ file: String?) throws -> ExperimentPlan {
    let jobs = ProcessInfo.processInfo.activeProcessorCount
    guard let file else {
      guard let problem else {
        throw ValidationError(
          "name a file, or a problem by --problem; funsearch help experiment has examples"
        )
      }
      return ExperimentPlan(
        problem: problem,
        methods: ExperimentPlan.defaultMethods,
        seeds: ExperimentPlan.defaultSeeds,
        settings: [],
        jobs: jobs,
        results: results
      )
    }
    var plan = try ExperimentPlan(
      try ExperimentFile(reading: file),
      seconds: seconds,
      jobs: jobs,
      results: results
    )
    if plan.name == nil {
      plan.name = URL(fileURLWithPath: file).deletingPathExtension().lastPathComponent
    }
    return plan
  }
}
