package import FunSearch
import Synchronization

/// Makes a question of a prompt.
package protocol RequestWriter: Sendable {
  /// The question to a model, without sampling and place.
  ///
  /// - Throws: what is wrong with a template or a stored program.
  func question(for prompt: Prompt) throws -> (system: String?, turns: [ModelTurn])
}

/// Proposes what language models answer.
///
/// An answer is looked for in the record first and asked for only when there is none; it is recorded before it is used.
/// So the answer to (prompt, attempt) depends on the record alone, and a run that was killed asks nothing twice that was
/// answered.
package final class ModelProposer: Proposer {
  private let ensemble: ModelEnsemble
  private let writer: any RequestWriter
  private let extractor: any ReplyExtractor
  private let ledger: any ModelLedger
  private let budget: SpendBudget
  private let islands: Int
  private let failureLimit: Int
  private let now: @Sendable () -> ContinuousClock.Instant
  private let state: Mutex<State>
  private let patience = Patience()

  private struct State {
    var ending: ModelEnding?
    var failuresInRow = 0
    /// What all sessions took, and the calls that are under way.
    var spent: ModelSpending
    var underWay = 0
    /// The longest answer so far, by model, which is set aside for the next where nothing limits it.
    var longestOutput: [String: Int] = [:]
    /// The most tokens of a question by the server's count, for one of our estimate.
    var promptRatio: [String: Double] = [:]

    init(spent: ModelSpending) {
      self.spent = spent
    }

    /// Counts what a call took that was under way.
    mutating func settle(_ taken: ModelSpending) {
      underWay -= 1
      spent = spent + taken
    }
  }

  /// - Parameters:
  ///   - ensemble: the models.
  ///   - writer: makes questions of prompts.
  ///   - extractor: makes programs of answers.
  ///   - ledger: where questions and answers are kept.
  ///   - budget: what may be spent.
  ///   - spent: what earlier sessions took.
  ///   - islands: how many the run has.
  ///   - failureLimit: calls without an answer, one after the other, that end the session.
  ///   - now: the time, for statistics only.
  package init(
    ensemble: ModelEnsemble,
    writer: any RequestWriter,
    extractor: any ReplyExtractor,
    ledger: any ModelLedger,
    budget: SpendBudget,
    spent: ModelSpending = ModelSpending(),
    islands: Int,
    failureLimit: Int,
    now: @escaping @Sendable () -> ContinuousClock.Instant
  ) {
    self.ensemble = ensemble
    self.writer = writer
    self.extractor = extractor
    self.ledger = ledger
    self.budget = budget
    state = Mutex(State(spent: spent))
    self.islands = islands
    self.failureLimit = failureLimit
    self.now = now
  }

  /// Why proposals are withheld; nil as long as they are not.
  package var ending: ModelEnding? { state.withLock { $0.ending } }

  /// What all sessions took so far, and the calls that are under way.
  package var progress: (spent: ModelSpending, underWay: Int) {
    state.withLock { ($0.spent, $0.underWay) }
  }

  package func answersAtOnce(_ prompt: Prompt) -> Bool { false }

  /// Gives up the calls under way, which count as possibly spent, and sends no other.
  package func stopWaiting() { patience.end() }

  package func proposal(for prompt: Prompt, attempt: Int) async throws -> Proposal {
    let member = ensemble.member(for: prompt, attempt: attempt)
    let request = try request(for: prompt, attempt: attempt, to: member)
    let call = PlannedCall(step: prompt.step, attempt: attempt, model: member.model.name, request: request)
    do {
      if let recorded = try ledger.recorded(call) {
        return try await proposal(of: recorded, prompt, from: member)
      }
    } catch let error as ModelError {
      end(.refused(error))
      return .withheld
    }
    guard let answer = try await ask(request, call, member) else { return .withheld }
    return try await proposal(of: answer, prompt, from: member)
  }

  /// Every question of a run has a place of its own, so that equal prompts get answers of their own.
  private func request(
    for prompt: Prompt,
    attempt: Int,
    to member: ModelEnsemble.Member
  ) throws -> ModelRequest {
    let (system, turns) = try writer.question(for: prompt)
    return member.configuration.request(
      system: system,
      turns: turns,
      sample: prompt.step.program(islands: islands).number * 4096 + attempt
    )
  }

  private func proposal(
    of answer: RecordedAnswer,
    _ prompt: Prompt,
    from member: ModelEnsemble.Member
  ) async throws -> Proposal {
    let parents = prompt.versions.reversed().map(\.id)
    let operators = [Candidate.modelOperator(member.model.name)]
    func discarded(_ kind: String, _ message: String, _ text: String) -> Proposal {
      .discarded(
        DiscardedAnswer(kind: kind, message: message, text: text, parents: parents, operators: operators)
      )
    }
    switch answer {
    case .none(let message): return discarded("no answer", message, "")
    case .reply(let reply):
      switch try await extractor.extract(reply, prompt: prompt) {
      case .candidate(let program):
        return .candidate(Candidate(code: program.code, parents: parents, operators: operators))
      case .discarded(let discard): return discarded(discard.kind.rawValue, discard.message, reply.text)
      }
    }
  }

  // MARK: Asking

  /// Asks, and records question and answer; nil when the proposal is withheld.
  private func ask(
    _ request: ModelRequest,
    _ call: PlannedCall,
    _ member: ModelEnsemble.Member
  ) async throws -> RecordedAnswer? {
    guard ending == nil, !patience.isOver else { return nil }
    let reserved = reservation(request, member)
    if let axis = await budget.reserve(reserved) {
      end(.budget(axis))
      return nil
    }
    guard ending == nil, !Task.isCancelled, !patience.isOver else {
      await budget.settle(reserved, spent: ModelSpending())
      return nil
    }
    let number = try ledger.asked(call, reserved: reserved)
    let began = now()
    state.withLock { $0.underWay += 1 }
    let (result, statistics) = await patience.while { await member.call(request) }
    switch result {
    case .success(let reply):
      let usage = statistics?.usage ?? reply.usage
      let cost = member.price.map { $0.cost(of: usage) } ?? statistics?.cost
      let spent = ModelSpending(requests: 1, usage: usage, cost: cost)
      try ledger.answered(number, reply, spent: spent, waited: began.duration(to: now()))
      await budget.settle(reserved, spent: spent)
      state.withLock { state in
        state.settle(spent)
        state.failuresInRow = 0
        let output = max(state.longestOutput[call.model] ?? 0, reply.usage.output)
        state.longestOutput[call.model] = output
        // Of a question the client estimates more or fewer tokens than the server counts.
        let estimate = Double(max(1, TokenEstimate.tokens(in: request)))
        let ratio = max(state.promptRatio[call.model] ?? 0, Double(reply.usage.prompt) / estimate)
        state.promptRatio[call.model] = ratio
      }
      return .reply(reply)
    case .failure(let error):
      let mayHaveCost = statistics.map { $0.lostAnswers > 0 } ?? error.kind.mayHaveCost
      return try await unanswered(number, error, call, reserved, mayHaveCost: mayHaveCost)
    }
  }

  private func unanswered(
    _ number: Int,
    _ error: ModelError,
    _ call: PlannedCall,
    _ reserved: ModelSpending,
    mayHaveCost: Bool
  ) async throws -> RecordedAnswer? {
    let consequence = consequence(of: error, from: call.model)
    let spent = mayHaveCost ? reserved : ModelSpending(requests: 1)
    state.withLock { $0.settle(spent) }
    try ledger.unanswered(number, error, consequence, spent: spent)
    await budget.settle(reserved, spent: spent)
    return consequence == .discarded ? RecordedAnswer.none("\(error.kind.rawValue): \(error)") : nil
  }

  /// A fault that will pass costs its step; one that will not, or many in a row, end the session.
  private func consequence(of error: ModelError, from model: String) -> CallConsequence {
    switch error.kind {
    case .cancelled: return .lost
    case .credentials, .badRequest, .notFound, .quota, .budget, .notRecorded:
      end(.refused(error))
      return .refused
    case .rateLimit, .unavailable, .connection, .deadline, .malformed, .tooLong:
      let inRow = state.withLock { state in
        state.failuresInRow += 1
        return state.failuresInRow
      }
      guard inRow > failureLimit else { return .discarded }
      end(.failing(calls: failureLimit, model: model, error))
      return .refused
    }
  }

  /// What a call is expected to take at most.
  private func reservation(_ request: ModelRequest, _ member: ModelEnsemble.Member) -> ModelSpending {
    let name = member.model.name
    let (longest, ratio) = state.withLock { ($0.longestOutput[name] ?? 0, $0.promptRatio[name] ?? 0) }
    let usage = TokenUsage(
      prompt: Int((Double(TokenEstimate.tokens(in: request)) * max(1.5, ratio)).rounded(.up)),
      output: request.sampling.maximumTokens ?? max(longest, 2048),
      isEstimated: true
    )
    return ModelSpending(requests: 1, usage: usage, cost: member.price.map { $0.cost(of: usage) })
  }

  private func end(_ ending: ModelEnding) {
    state.withLock { state in
      if state.ending == nil { state.ending = ending }
    }
  }
}

extension ModelError.Kind {
  /// Whether the server may have worked on an answer that did not come here.
  fileprivate var mayHaveCost: Bool {
    switch self {
    case .connection, .deadline, .malformed, .cancelled: true
    case .credentials, .badRequest, .notFound, .quota, .rateLimit, .unavailable, .tooLong, .budget,
      .notRecorded:
      false
    }
  }
}

/// Why models are not asked any more in a session.
package enum ModelEnding: Hashable, Sendable {
  /// A budget is used up.
  case budget(SpendAxis)
  /// A model cannot be asked, however often one tries.
  case refused(ModelError)
  /// So many calls one after the other had no answer; the last error.
  case failing(calls: Int, model: String, ModelError)
}
