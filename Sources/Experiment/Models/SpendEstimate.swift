import FunSearch
import LanguageModels
import ProblemFiles
import PythonSyntax
import SandboxWorkers

/// What a run would ask and pay, before anything is asked.
package struct SpendEstimate: Sendable {
  /// One model's part.
  package struct Row: Sendable {
    package let model: String
    package let calls: Int
    package let promptTokens: Int
    package let outputTokens: Int
    /// US dollars; nil where the price is not known.
    package let cost: Double?
    /// The same with answers as long as they may be; nil where nothing limits them.
    package let highestCost: Double?
  }

  package let problem: String
  package let steps: Int
  /// Of the first prompt: later ones hold longer programs.
  package let promptTokens: Int
  /// Of an answer: a program of the founder's length with some words around it.
  package let outputTokens: Int
  package let rows: [Row]

  /// Estimates a run; the problem is read, and nothing is asked.
  ///
  /// - Parameters:
  ///   - request: what `run` would be asked for.
  ///   - installation: where the program's own files are.
  ///   - environment: the value of an environment variable.
  /// - Returns: a row for each model.
  /// - Throws: what is wrong with the problem or the settings.
  package static func make(
    _ request: RunRequest,
    installation: Installation,
    environment: (String) -> String?
  ) async throws -> SpendEstimate {
    let opened = try await OpenProblem.open(
      request.problem,
      inputs: request.inputs,
      isolation: .auto,
      installation: installation,
      environment: environment
    )
    await opened.reader.stop()
    var configuration = RunConfiguration(problem: opened.problem, workers: 1)
    try configuration.apply(request.settings, of: opened.folder)
    try configuration.checkModels()
    return try SpendEstimate(configuration, opened)
  }

  private init(_ configuration: RunConfiguration, _ opened: OpenProblem) throws {
    let problem = opened.problem
    self.problem = problem.name
    guard let steps = configuration.steps else {
      throw RunError("run.steps=unlimited: an estimate needs a number of steps; give --steps N", in: .usage)
    }
    self.steps = steps
    let function = problem.specification.evolve.withoutDocstring
    let founder = Program(
      id: .founder,
      encodedFunction: function.encoded(),
      encodedSupport: [],
      length: function.source().utf8.count,
      scores: Scores(perInput: problem.inputs.map { _ in 0 }, total: 0)
    )
    let prompt = Prompt(
      step: StepID(island: IslandID(0), step: 0),
      epoch: 0,
      versions: Array(repeating: founder, count: configuration.search.parents),
      asksModel: true
    )
    let question = try QuestionWriter(configuration, opened).question(for: prompt)
    let models = configuration.models.list
    let request = models[0].request(system: question.system, turns: question.turns)
    promptTokens = TokenEstimate.tokens(in: request)
    outputTokens = 3 * TokenEstimate.tokens(in: function.source()) / 2 + 60
    let asked = Double(steps) * configuration.search.models.share
    let weights = models.reduce(0) { $0 + $1.weight }
    let (prompt1, output1) = (promptTokens, outputTokens)
    rows = models.map { model in
      let calls = Int((asked * model.weight / weights).rounded(.up))
      let price = model.price(on: ModelAccess.today)
      func cost(_ output: Int) -> Double? {
        price.map { Double(calls) * $0.cost(of: TokenUsage(prompt: prompt1, output: output)) }
      }
      return Row(
        model: model.name,
        calls: calls,
        promptTokens: calls * prompt1,
        outputTokens: calls * output1,
        cost: cost(output1),
        highestCost: (model.sampling.maximumTokens ?? model.capability.maximumOutput).flatMap(cost)
      )
    }
  }
}
