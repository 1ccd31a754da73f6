import ArgumentParser
import Experiment
import FunSearch

struct StatusCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: "Show how far a run is with its budgets, and what its models did and cost.",
    discussion: """
      Works on a run under way, too. Calls that were cut off when a run was killed may have been paid: they count as \
      spent, with what was set aside for them.

        funsearch status
        funsearch status cap-set/0001 --json
      """
  )

  @OptionGroup var selection: RunSelection

  @Flag(help: "Print JSON on standard output and nothing else there.")
  var json = false

  func run() throws {
    let status = try RunStatus(try selection.folder())
    if json { return try Output.json(StatusObject(status)) }
    let best = status.tally.best
    Output.line(
      "\(status.folder.path): \(status.state), best \(numberText(best.total)) (program \(best.program), "
        + "\(best.verified ? "verified" : "unverified"))"
    )
    Output.line(
      TextTable(["budget", "used", "of", ""]).text(
        status.budgets.map { budget in
          let part = budget.limit.map { $0 > 0 ? "\(Int(100 * budget.used / $0)) %" : "" } ?? ""
          return [
            budget.name, numberText(budget.used), budget.limit.map(numberText) ?? "unlimited", part,
          ]
        }
      )
    )
    if let models = status.models {
      Output.line("")
      Output.line(ModelTable.text(models))
    }
  }
}

/// The object of `status --json`.
private struct StatusObject: Encodable {
  let run: String
  let directory: String
  let problem: String
  let state: String
  let steps: Int
  let evaluations: Int
  let best: FinishedEvent.BestObject
  let budgets: [BudgetObject]
  let models: ModelsObject?

  struct BudgetObject: Encodable {
    let name: String
    let used: Double
    let limit: Double?
  }

  init(_ status: RunStatus) {
    run = status.folder.name
    directory = status.folder.path
    problem = status.folder.problem
    state = status.state
    steps = status.tally.steps
    evaluations = status.tally.evaluations
    let best = status.tally.best
    self.best = FinishedEvent.BestObject(
      score: best.total,
      program: best.program.number,
      verified: best.verified
    )
    budgets = status.budgets.map { BudgetObject(name: $0.name, used: $0.used, limit: $0.limit) }
    models = status.models.map(ModelsObject.init)
  }
}
