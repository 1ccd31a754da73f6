import ArgumentParser
import Experiment
import Foundation

struct EstimateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "estimate",
    abstract: "Tell what a run would ask of language models and pay, before any call.",
    discussion: """
      Reads the problem, builds its first prompt and counts: an estimate, since later prompts hold longer programs, \
      answers are as long as models like, and models that think pay for their thoughts. Duplicates are asked for again \
      (models.redraws), which adds a little.

        funsearch estimate cap-set --model gemini-3.8-flash --steps 5000
        funsearch estimate cap-set --model fast:0.8 --model strong:0.2 --models-file models.yaml --json
      """
  )

  @Argument(help: "A problem's name, its folder, or a specification file.")
  var problem: String

  @OptionGroup var inputs: InputOptions
  @OptionGroup var models: ModelOptions
  @OptionGroup var budget: BudgetOptions

  @Flag(help: "Print JSON on standard output and nothing else there.")
  var json = false

  func run() async throws {
    let (before, after) = try models.settings(problem: problem, results: "Results")
    let estimate = try await SpendEstimate.make(
      RunRequest(
        problem: problem,
        inputs: try inputs.choice(),
        settings: before + (try budget.settings()) + after,
        name: nil,
        results: "Results"
      ),
      installation: try Installation.find(),
      environment: { ProcessInfo.processInfo.environment[$0] }
    )
    if json { return try Output.json(EstimateObject(estimate)) }
    Output.line(
      "\(estimate.problem), \(estimate.steps) steps: about \(estimate.promptTokens) tokens a question and "
        + "\(estimate.outputTokens) an answer"
    )
    let titles = ["model", "calls", "tokens in", "out", "cost", "at most"]
    Output.line(
      TextTable(titles).text(
        estimate.rows.map { row in
          [
            row.model, "\(row.calls)", "\(row.promptTokens)", "\(row.outputTokens)",
            row.cost.map(ModelTable.usd) ?? "price not known", row.highestCost.map(ModelTable.usd) ?? "-",
          ]
        }
      )
    )
  }
}

/// The object of `estimate --json`.
private struct EstimateObject: Encodable {
  let problem: String
  let steps: Int
  let tokensPerQuestion: Int
  let tokensPerAnswer: Int
  let calls: Int
  let promptTokens: Int
  let outputTokens: Int
  let usd: Double?
  let models: [RowObject]

  enum CodingKeys: String, CodingKey {
    case problem, steps, calls, usd, models
    case tokensPerQuestion = "tokens_per_question"
    case tokensPerAnswer = "tokens_per_answer"
    case promptTokens = "prompt_tokens"
    case outputTokens = "output_tokens"
  }

  struct RowObject: Encodable {
    let name: String
    let calls: Int
    let promptTokens: Int
    let outputTokens: Int
    let usd: Double?
    let usdAtMost: Double?

    enum CodingKeys: String, CodingKey {
      case name, calls, usd
      case promptTokens = "prompt_tokens"
      case outputTokens = "output_tokens"
      case usdAtMost = "usd_at_most"
    }
  }

  init(_ estimate: SpendEstimate) {
    problem = estimate.problem
    steps = estimate.steps
    tokensPerQuestion = estimate.promptTokens
    tokensPerAnswer = estimate.outputTokens
    calls = estimate.rows.reduce(0) { $0 + $1.calls }
    promptTokens = estimate.rows.reduce(0) { $0 + $1.promptTokens }
    outputTokens = estimate.rows.reduce(0) { $0 + $1.outputTokens }
    usd = estimate.rows.reduce(Double?(0)) { sum, row in sum.flatMap { sum in row.cost.map { sum + $0 } } }
    models = estimate.rows.map {
      RowObject(
        name: $0.model,
        calls: $0.calls,
        promptTokens: $0.promptTokens,
        outputTokens: $0.outputTokens,
        usd: $0.cost,
        usdAtMost: $0.highestCost
      )
    }
  }
}
