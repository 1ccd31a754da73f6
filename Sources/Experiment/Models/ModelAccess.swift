import Foundation
import FunSearch
import LanguageModels
import PythonSyntax
import RunJournal

/// The models of a session, ready to answer prompts; ``close()`` comes last.
struct ModelAccess: Sendable {
  let proposer: ModelProposer
  private let service: ModelService
  private let replies: ReplyReader
  private let own: RecordedModels

  /// - Parameters:
  ///   - configuration: the run's.
  ///   - opened: its problem.
  ///   - folder: where it is.
  ///   - journal: its journal, which keeps all calls.
  ///   - notice: told what a user should know, each once.
  /// - Returns: nil for a run that asks no model.
  /// - Throws: what is wrong with the models' configuration, a key, or the run whose answers are to be taken.
  static func open(
    _ configuration: RunConfiguration,
    _ opened: OpenProblem,
    _ folder: RunFolder,
    _ journal: SQLiteJournal,
    notice: @escaping @Sendable (String) -> Void
  ) throws -> ModelAccess? {
    guard configuration.search.models.share > 0 else { return nil }
    let today = Self.today
    let source = try configuration.models.source()
    let own = try RecordedModels(folder)
    let service = try ModelService.live(
      source == nil ? configuration.models.list : [],
      environment: ProcessInfo.processInfo.environment,
      learned: LearnedCapabilities(json: try JSONValue(parsing: own.reader.metadata()[learnedKey] ?? "{}")),
      notice: { notice($0.description) }
    )
    let members = configuration.models.list.enumerated().map { place, model in
      ModelEnsemble.Member(
        model: source == nil ? service.models[place] : UnaskedModel(name: model.name),
        configuration: model,
        price: model.price(on: today)
      )
    }
    let replies = try ReplyReader(opened)
    let spent = try ModelSpending(all: own.reader)
    let proposer = ModelProposer(
      ensemble: ModelEnsemble(
        members,
        choice: configuration.search.models.choice,
        seed: configuration.search.seed
      ),
      writer: try QuestionWriter(configuration, opened),
      extractor: replies,
      ledger: JournalLedger(journal: journal, own: own, source: source),
      budget: SpendBudget(
        limits: configuration.models.limits,
        spent: spent,
        warn: { notice("\($0)") }
      ),
      spent: spent,
      islands: configuration.search.islands,
      failureLimit: configuration.models.failures,
      now: { ContinuousClock.now }
    )
    return ModelAccess(proposer: proposer, service: service, replies: replies, own: own)
  }

  /// Where the journal keeps what servers were found not to take.
  private static let learnedKey = "models.learned"

  /// What a later session is to know of the servers, by keys of the journal.
  var learned: [String: String] {
    [Self.learnedKey: String(decoding: service.learned.json.serialized, as: UTF8.self)]
  }

  /// Ends what was started for it.
  func close() async throws {
    await service.close()
    await replies.stop()
    try own.reader.close()
  }

  /// Such as `2026-11-21`, in UTC.
  static var today: String { String(Date().ISO8601Format().prefix(10)) }
}

extension ModelProposer {
  /// Proposes what a run's journal holds, and asks nobody; nil for a run that asks no model.
  convenience init?(
    replaying record: RecordedModels,
    _ configuration: RunConfiguration,
    _ opened: OpenProblem,
    _ replies: ReplyReader
  ) throws {
    guard configuration.search.models.share > 0 else { return nil }
    let members = configuration.models.list.map {
      ModelEnsemble.Member(model: UnaskedModel(name: $0.name), configuration: $0, price: nil)
    }
    self.init(
      ensemble: ModelEnsemble(
        members,
        choice: configuration.search.models.choice,
        seed: configuration.search.seed
      ),
      writer: try QuestionWriter(configuration, opened),
      extractor: replies,
      ledger: ReplayLedger(record: record),
      budget: SpendBudget(limits: SpendLimits()) { _ in },
      islands: configuration.search.islands,
      failureLimit: configuration.models.failures,
      now: { ContinuousClock.now }
    )
  }
}

/// Stands for a model whose answers are recorded.
struct UnaskedModel: LanguageModel {
  let name: String

  func answer(_ request: ModelRequest) async throws(ModelError) -> ModelReply {
    throw ModelError(.notRecorded, "\(name) is not asked in a replay")
  }
}

extension RunConfiguration {
  /// Finds the keys of all models that will be asked, before anything is made.
  func checkKeys() async throws {
    guard search.models.share > 0, models.replay == nil else { return }
    let service = try ModelService.live(models.list, environment: ProcessInfo.processInfo.environment) { _ in
    }
    await service.close()
  }

  /// Refuses what cannot be: questions to no model, or money for one whose price nobody knows.
  func checkModels() throws(RunError) {
    guard search.models.share > 0 else { return }
    guard !models.list.isEmpty else {
      throw RunError(
        "models.share=\(search.models.share) asks language models, and none is named; add --model NAME, such as --model "
          + "gemini-3.8-flash, or --model NAME --api-base URL for a server of your own, or describe some under models: "
          + "in problem.yaml",
        in: .usage
      )
    }
    guard let money = models.limits.money, models.replay == nil else { return }
    for model in models.list where model.price(on: ModelAccess.today) == nil {
      throw RunError(
        "models.max_usd=\(money): the price of \(model.name) is not known, so that money cannot be counted; give it in a "
          + "file of models (price: {input: USD, output: USD} per million tokens), or limit --max-tokens instead",
        in: .usage
      )
    }
  }
}

extension ModelSettings {
  /// The answers of the run that is replayed; nil where models are asked.
  func source() throws -> RecordedModels? {
    guard let replay else { return nil }
    guard let folder = RunFolder(existing: replay) else {
      throw RunError("models.replay=\(replay): there is no run whose answers could be taken", in: .usage)
    }
    let record = try RecordedModels(folder)
    guard !record.isEmpty else {
      throw RunError(
        "\(replay) asked no model, so that there are no answers to take; name another run",
        in: .usage
      )
    }
    return record
  }
}

extension SpendWarning: CustomStringConvertible {
  package var description: String {
    func text(_ value: Double) -> String {
      axis == .money ? "$" + String(format: "%.4g", value) : String(Int(value))
    }
    return
      "\(text(spent)) of \(text(limit)) \(axis == .money ? "" : axis.rawValue + " ")are used: the budget ends soon"
  }
}
