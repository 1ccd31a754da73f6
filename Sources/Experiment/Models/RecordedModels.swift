import FunSearch
import LanguageModels
import RunJournal

/// The answers that a run's journal holds.
struct RecordedModels: Sendable {
  /// The run, as messages name it.
  let name: String
  let reader: RunReader
  /// The number of the call by the key of its request, for those that were there at the beginning.
  private let answers: [String: Int]

  init(_ folder: RunFolder) throws {
    try self.init(name: "\(folder.problem)/\(folder.name)", RunReader(folder.journal))
  }

  init(name: String, _ reader: RunReader) throws {
    self.name = name
    self.reader = reader
    answers = try reader.modelAnswers()
  }

  /// Whether it holds any answer.
  var isEmpty: Bool { answers.isEmpty }

  /// The call that answered the same request; nil when none did.
  func call(_ planned: PlannedCall) throws -> JournaledCall? {
    try answers[planned.key].flatMap { try reader.modelCall($0) }
  }

  /// Says how a request differs from the nearest recorded one.
  func missing(_ planned: PlannedCall) throws -> ModelError {
    let place = "\(planned.step), attempt \(planned.attempt)"
    guard let nearest = try nearest(planned) else {
      return ModelError(.notRecorded, "\(name) holds no answers of models; replay a run that asked some")
    }
    let other = "\(nearest.question.step), attempt \(nearest.question.attempt)"
    let difference =
      RequestDifference(recorded: nearest.question.request, now: planned.json)?.text
      ?? "the same request was recorded for \(other) only"
    return ModelError(
      .notRecorded,
      "\(name) holds no answer to the request of \(place). Compared with that of \(other): \(difference). A replay needs "
        + "the recorded run's problem, seed, settings and models; a longer run needs the model itself"
    )
  }

  /// The call of the same step and attempt, else the one whose request is longest the same.
  private func nearest(_ planned: PlannedCall) throws -> JournaledCall? {
    if let same = try reader.modelCalls(of: planned.step).last(where: {
      $0.question.attempt == planned.attempt
    }) {
      return same
    }
    var nearest: (length: Int, call: JournaledCall)?
    try reader.modelCalls { call in
      let length = zip(call.question.request.utf8, planned.json.utf8).prefix { $0 == $1 }.count
      if length > nearest?.length ?? -1 { nearest = (length, call) }
    }
    return nearest?.call
  }
}

extension RecordedAnswer {
  /// What a journal's call came to; nil when it has no answer.
  init?(_ call: JournaledCall) {
    if let answer = call.answer {
      self = .reply(ModelReply(answer, call.spend))
    } else if call.state == .failed, let failure = call.failure {
      self = .none("\(failure.kind): \(failure.message)")
    } else {
      return nil
    }
  }
}

extension ModelReply {
  fileprivate init(_ answer: ModelAnswer, _ spend: ModelSpend) {
    self.init(
      text: answer.text,
      thoughts: answer.thoughts,
      finish: FinishReason(journaled: answer.finish),
      usage: TokenUsage(
        prompt: spend.promptTokens,
        cached: spend.cachedTokens,
        output: spend.outputTokens,
        thoughts: spend.thoughtTokens,
        isEstimated: spend.isEstimated
      ),
      version: answer.version
    )
  }
}

extension FinishReason {
  /// As it stands in the journal.
  var journaled: String {
    switch self {
    case .stop: "stop"
    case .length: "length"
    case .blocked(let why): "blocked: \(why)"
    case .other(let why): "other: \(why)"
    }
  }

  init(journaled text: String) {
    switch text {
    case "stop": self = .stop
    case "length": self = .length
    case _ where text.hasPrefix("blocked: "): self = .blocked(String(text.dropFirst("blocked: ".count)))
    default: self = .other(String(text.trimmingPrefix("other: ")))
    }
  }
}
