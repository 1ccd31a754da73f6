import PythonSyntax
import Synchronization

/// Asks one model: plans the request, waits for leave, sends, and tries again where that may help.
package final class ModelClient: Sendable {
  package let configuration: ModelConfiguration
  private let exchange: any HTTPExchange
  private let credential: Credential
  private let gate: BackendGate
  private let notebook: CapabilityNotebook
  private let world: CallWorld
  private let told = Mutex<Set<String>>([])
  private let format: any WireFormat

  /// - Parameters:
  ///   - configuration: the model.
  ///   - exchange: the way to its server.
  ///   - credential: what shows who asks.
  ///   - gate: shared by all clients of one server.
  ///   - notebook: what servers have refused.
  ///   - world: time, chance and who is told of notices.
  package init(
    _ configuration: ModelConfiguration,
    exchange: any HTTPExchange,
    credential: Credential,
    gate: BackendGate,
    notebook: CapabilityNotebook,
    world: CallWorld
  ) {
    self.configuration = configuration
    self.exchange = exchange
    self.credential = credential
    self.gate = gate
    self.notebook = notebook
    self.world = world
    format = configuration.format
  }

  /// When the server is to be asked again; nil when it may be now.
  package var silence: Duration? { get async { await gate.silence } }

  /// Asks, with all the waiting and retrying that the deadlines allow.
  ///
  /// - Parameters:
  ///   - request: the question.
  ///   - deadline: on the clock of ``CallWorld/timer``; nil for as long as the model is configured for.
  ///   - attempts: the most attempts; nil for as many as the policy allows.
  /// - Returns: the answer or the error, with what it took.
  package func call(_ request: ModelRequest, deadline: Duration? = nil, attempts: Int? = nil) async
    -> ModelCall
  {
    let start = world.timer.now
    var policy = world.policy
    if let attempts { policy.attempts = attempts }
    let call = Attempts(
      state: CallState(policy: policy, deadline: deadline ?? start + configuration.deadlines.total),
      statistics: ModelCallStatistics(model: configuration.name)
    )
    await gate.earnRetry()
    let (result, ended) = await run(request, call)
    var statistics = ended.statistics
    statistics.attempts = ended.state.attempts
    statistics.lostAnswers = ended.state.lostAnswers
    statistics.faults = ended.state.faults
    statistics.elapsed = world.timer.now - start
    let day = CivilDate(secondsSince1970: world.timer.date).description
    statistics.cost = configuration.price(on: day)?.cost(of: statistics.usage)
    return ModelCall(result: result, statistics: statistics)
  }

  /// A call on its way.
  private struct Attempts {
    var state: CallState
    var statistics: ModelCallStatistics
    var lastFault: ServerFault?
    var refusedToken: Secret?
  }

  private func run(
    _ request: ModelRequest,
    _ start: Attempts
  ) async -> (Result<ModelReply, ModelError>, Attempts) {
    var call = start
    while true {
      let plan = RequestPlan(request, for: configuration, learned: notebook[notebookKey])
      for notice in plan.notices { tell(notice) }
      let fault: ServerFault
      do {
        return (.success(try await attempt(plan, &call)), call)
      } catch {
        switch error {
        case .fault(let found): fault = found
        case .final(let error): return (.failure(error), call)
        }
      }
      call.lastFault = fault
      if let spent = fault.spent { call.statistics.usage = call.statistics.usage.adding(spent) }
      let (state, decision) = await gate.decide(call.state, after: fault, draw: world.draw())
      call.state = state
      switch decision {
      case .adjust(let refusal): note(refusal, fault)
      case .fail(let kind): return (.failure(failure(kind, fault.message, call)), call)
      case .retry(let time):
        let before = world.timer.now
        do { try await world.timer.pause(until: time) } catch { return (.failure(Self.cancelled), call) }
        call.statistics.backedOff += world.timer.now - before
      }
    }
  }

  private enum AttemptError: Error {
    case fault(ServerFault)
    /// Nothing was sent, and nothing will be.
    case final(ModelError)
  }

  /// Waits for leave and sends once.
  private func attempt(_ plan: RequestPlan, _ call: inout Attempts) async throws(AttemptError) -> ModelReply {
    let token = try await self.token(&call)
    let before = world.timer.now
    let permit: BackendState.Permit
    let tokens = TokenEstimate.tokens(in: plan.request)
    do throws(BackendGate.Refusal) {
      permit = try await gate.enter(tokens: tokens, deadline: call.state.deadline)
    } catch {
      call.statistics.queued += world.timer.now - before
      throw .final(refused(error, call))
    }
    call.statistics.queued += world.timer.now - before
    call.state.begin()
    let result = await send(plan, token, deadline: call.state.deadline)
    await gate.leave(permit, Self.ending(result), result.answer?.fields ?? [:])
    switch result.outcome {
    case .success(let reading):
      call.statistics.firstByte = result.answer?.firstByte
      let reply = complete(reading, plan, tokens)
      call.statistics.usage = call.statistics.usage.adding(reply.usage)
      return reply
    case .failure(let fault):
      if fault.kind == .cancelled {
        call.state.abandon()
        throw .final(Self.cancelled)
      }
      if fault.status == 401, case .token = credential, call.refusedToken == nil {
        call.refusedToken = token
        var again = fault
        again.recovery = .after(.zero)
        throw .fault(again)
      }
      throw .fault(fault)
    }
  }

  private func token(_ call: inout Attempts) async throws(AttemptError) -> Secret? {
    switch credential {
    case .none: return nil
    case .key(let key): return key
    case .token(let source):
      do {
        return try await source.token(other: call.refusedToken)
      } catch {
        throw .final(error)
      }
    }
  }

  /// What became of one request.
  private struct Sent {
    var answer: HTTPAnswer?
    var outcome: Result<AnswerReader.Reading, ServerFault>
  }

  private func send(_ plan: RequestPlan, _ token: Secret?, deadline: Duration) async -> Sent {
    let reader = AnswerReader(format: format, isStream: plan.isStream)
    let request = httpRequest(plan, token)
    do throws(HTTPFault) {
      let answer = try await exchange.send(request, within: limits(deadline: deadline))
      guard (200...299).contains(answer.status) else {
        var fault = ServerFault(answer, date: world.timer.date, sent: plan.sent)
        fault.message = token?.redacting(fault.message) ?? fault.message
        return Sent(answer: answer, outcome: .failure(fault))
      }
      return Sent(answer: answer, outcome: read(answer, reader, token))
    } catch {
      // An answer may be complete although its connection is not.
      if let partial = error.partial, plan.isStream, (200...299).contains(partial.status),
        case .success(let reading) = read(partial, reader, token)
      {
        return Sent(answer: partial, outcome: .success(reading))
      }
      return Sent(answer: error.partial, outcome: .failure(fault(error, reader)))
    }
  }

  private func read(
    _ answer: HTTPAnswer,
    _ reader: AnswerReader,
    _ token: Secret?
  ) -> Result<AnswerReader.Reading, ServerFault> {
    do throws(ServerFault) {
      return .success(try reader.read(answer))
    } catch {
      var fault = error
      fault.message = token?.redacting(fault.message) ?? fault.message
      return .failure(fault)
    }
  }

  private func httpRequest(_ plan: RequestPlan, _ token: Secret?) -> HTTPRequest {
    var fields = [HTTPField("Content-Type", .plain("application/json"))]
    if let token {
      fields.append(
        configuration.provider == .gemini
          ? HTTPField("x-goog-api-key", .secret(token))
          : HTTPField("Authorization", .secret(token.behind("Bearer ")))
      )
    }
    let url = configuration.endpoint(streamed: plan.isStream)
    return HTTPRequest(url: url, fields: fields, body: body(plan).serialized)
  }

  private func body(_ plan: RequestPlan) -> JSONValue {
    let body = format.body(plan)
    guard !configuration.extra.isEmpty, let members = body.object else { return body }
    return .object(members.merging(configuration.extra) { $1 })
  }

  private func limits(deadline: Duration) -> HTTPLimits {
    let deadlines = configuration.deadlines
    let total = max(.milliseconds(1), min(deadlines.attempt, deadline - world.timer.now))
    return HTTPLimits(
      connect: deadlines.connect,
      firstByte: deadlines.firstByte ?? total,
      idle: deadlines.idle ?? total,
      total: total
    )
  }

  private func fault(_ fault: HTTPFault, _ reader: AnswerReader) -> ServerFault {
    let spent = reader.usage(of: fault.partial)
    switch fault.kind {
    case .noConnection: return ServerFault(.connection, fault.detail, .backOff)
    case .badAddress: return ServerFault(.notFound, fault.detail, .never)
    case .broken:
      let mayHaveSpent = fault.partial != nil
      return ServerFault(.connection, fault.detail, .backOff, spent: spent, mayHaveSpent: mayHaveSpent)
    case .firstByteLate, .stalled, .late:
      return ServerFault(.unavailable, fault.detail, .backOff, spent: spent, mayHaveSpent: true)
    case .tooLong: return ServerFault(.malformed, fault.detail, .never)
    case .cancelled: return ServerFault(.cancelled, fault.detail, .never, mayHaveSpent: true)
    }
  }

  private static func ending(_ sent: Sent) -> BackendState.Ending {
    switch sent.outcome {
    case .success(let reading):
      let usage = reading.reply.usage
      return .answered(tokens: reading.hasUsage ? usage.prompt + usage.output : nil)
    case .failure(let fault):
      if fault.kind == .cancelled { return .abandoned }
      if fault.kind == .rateLimit {
        if case .after(let pause) = fault.recovery { return .overloaded(pause: pause) }
        return .overloaded(pause: nil)
      }
      return fault.isBreakdown ? .broken(isOverloaded: fault.isOverload) : .refused
    }
  }

  /// Counts what the server did not count.
  private func complete(_ reading: AnswerReader.Reading, _ plan: RequestPlan, _ tokens: Int) -> ModelReply {
    var reply = reading.reply
    if !reading.hasUsage {
      let thoughts = TokenEstimate.tokens(in: reply.thoughts)
      reply.usage = TokenUsage(
        prompt: tokens,
        output: TokenEstimate.tokens(in: reply.text) + thoughts,
        thoughts: thoughts,
        isEstimated: true
      )
      tell("does not tell its tokens; they are estimated")
    } else if reply.usage.prompt > 0, tokens > 1000, reply.usage.prompt * 5 < tokens * 2 {
      tell(
        "counted only \(reply.usage.prompt) tokens of a question of about \(tokens): the server may have cut it; "
          + "raise its context length (with Ollama: OLLAMA_CONTEXT_LENGTH)"
      )
    }
    return reply
  }

  // MARK: Notices and errors

  private var notebookKey: String { configuration.host + " " + configuration.model }

  private func note(_ refusal: ParameterRefusal, _ fault: ServerFault) {
    guard notebook.note(refusal, for: notebookKey) else { return }
    let name = refusal.parameter.rawValue
    switch refusal.remedy {
    case .drop: tell("refuses \(name), which is left out from now on (\(fault.message))")
    case .rename(let other): tell("calls \(name) \(other)")
    case .lower(let most): tell("takes a \(name) of \(most) at most, which is used from now on")
    }
  }

  private func tell(_ text: String) {
    guard told.withLock({ $0.insert(text).inserted }) else { return }
    world.notice(ModelNotice(model: configuration.name, text: text))
  }

  private static let cancelled = ModelError(.cancelled, "the call was given up")

  private func refused(_ refusal: BackendGate.Refusal, _ call: Attempts) -> ModelError {
    switch refusal {
    case .cancelled: return Self.cancelled
    case .deadline:
      guard let fault = call.lastFault else {
        return failure(
          .deadline,
          "no turn within the total deadline; lower the number of calls at once",
          call
        )
      }
      return failure(fault.kind, fault.message, call)
    case .parked(let until):
      let wait = Int((until - world.timer.now).inSeconds.rounded(.up))
      let reason = call.lastFault?.message ?? "the server is not to be asked"
      return failure(call.lastFault?.kind ?? .rateLimit, "\(reason); not before \(wait) s from now", call)
    }
  }

  private func failure(_ kind: ModelError.Kind, _ message: String, _ call: Attempts) -> ModelError {
    let isOver = kind == .unavailable && world.timer.now >= call.state.deadline
    let tries = call.state.attempts > 1 ? ", after \(call.state.attempts) attempts" : ""
    let advice =
      switch kind {
      case .credentials: configuration.provider == .vertex ? "; check the token command" : keyAdvice
      case .notFound: "; check model and api_base"
      case .quota: "; wait for the quota or choose another model"
      default: ""
      }
    return ModelError(
      isOver ? .deadline : kind,
      "\(configuration.name) (\(configuration.model) at \(configuration.host)): \(message)\(tries)\(advice)"
    )
  }

  private var keyAdvice: String {
    let source = configuration.key
    if let file = source.file { return "; check the key in \(file)" }
    guard source.variables != [ModelConfiguration.ownKey] else {
      return "; set \(ModelConfiguration.ownKey), or name the key's variable with key_env in a file of models: the "
        + "keys of OpenAI and Gemini go to their own servers alone"
    }
    return source.variables.isEmpty ? "" : "; check the key in \(source.variables.joined(separator: " or "))"
  }
}

/// What calls need of the world around them.
package struct CallWorld: Sendable {
  package let timer: any CallTimer
  /// A random number in 0 ..< 1.
  package let draw: @Sendable () -> Double
  /// Is told of each notice once.
  package let notice: @Sendable (ModelNotice) -> Void
  package var policy = RetryPolicy()

  package init(
    timer: any CallTimer,
    draw: @escaping @Sendable () -> Double,
    notice: @escaping @Sendable (ModelNotice) -> Void
  ) {
    (self.timer, self.draw, self.notice) = (timer, draw, notice)
  }
}
