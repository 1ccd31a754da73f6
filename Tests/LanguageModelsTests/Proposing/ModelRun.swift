import FunSearch
import FunSearchTestSupport
import LanguageModels

/// A search that asks models, as a test sets it up.
struct ModelRun {
  var models: [ScriptedModel]
  var steps = 120
  var modelSteps = ModelSteps(share: 1, lag: 4)
  var width = 1
  var ledger = MemoryLedger()
  var limits = SpendLimits()
  var spent = ModelSpending()
  var failureLimit = 5
  var price: ModelPrice?
  var stop = StopSignal()
  static let islands = 3

  struct End {
    let lines: [String]
    let engine: Engine
    let events: [SearchEvent]
    let ending: ModelEnding?
    let warnings: [SpendWarning]
  }

  private var configuration: SearchConfiguration {
    SearchConfiguration(seed: 3, islands: Self.islands, epochSteps: 15, models: modelSteps)
  }

  /// Runs from the beginning, or after `past`.
  func run(after past: [SearchEvent] = []) async throws -> End {
    var engine = Engine(
      configuration: configuration,
      founder: .zero,
      scoreUnit: 1,
      steps: steps,
      target: nil
    )
    if !past.isEmpty {
      var committed = Array(repeating: 0, count: Self.islands)
      for case .committed(let record) in past { committed[record.step.island.number] += 1 }
      engine.beginRestoring(committedSteps: committed)
      for event in past { try engine.restore(event) }
    }
    let warnings = Warnings()
    let proposer = ModelProposer(
      ensemble: ModelEnsemble(
        models.enumerated().map { place, model in
          var configuration = ModelConfiguration(
            name: model.name,
            provider: .openai,
            model: model.name,
            key: KeySource(isRequired: false)
          )
          configuration.weight = Double(place + 1)
          return ModelEnsemble.Member(model: model, configuration: configuration, price: price)
        },
        choice: modelSteps.choice,
        seed: 3
      ),
      writer: NumberWriter(),
      extractor: NumberExtractor(),
      ledger: ledger,
      budget: SpendBudget(limits: limits, spent: spent) { warnings.add($0) },
      islands: Self.islands,
      failureLimit: failureLimit,
      now: { ContinuousClock.now }
    )
    let journal = MemoryJournal()
    let end = try await Search(
      engine: engine,
      proposer: MixedProposer(model: proposer, maker: Counter()),
      evaluator: FakeEvaluator(width: width, delays: UInt64(width)),
      journal: journal,
      stop: stop,
      progress: { _, _ in }
    ).run()
    let events = past + journal.events
    return End(
      lines: history(events, length: end.historyLength, islands: Self.islands),
      engine: end,
      events: events,
      ending: proposer.ending,
      warnings: warnings.all
    )
  }

  /// Proposes at once, what no model is asked for.
  private struct Counter: ProgramMaker {
    func propose(_ prompt: Prompt, attempt: Int) async throws -> Candidate {
      let number = prompt.step.step * 3 + attempt
      return Candidate(
        code: ProgramCode(function: .returning(number)),
        parents: [],
        operators: ["counter"]
      )
    }
  }
}
