import FunSearch
import PythonSyntax

/// The reply to an `evaluate` request.
struct OutcomeReply: Sendable {
  let evaluation: Evaluation
  /// JSON text of each input's artifact, when it was asked for; `null` where there is none.
  let artifacts: [String]
  /// Digest of each input's artifact, in input order; nil where there is none.
  let digests: [String?]

  /// Reads the reply to the request `id` about so many inputs.
  ///
  /// - Throws: ``UnreadableReply`` for anything else.
  init(_ payload: ArraySlice<UInt8>, id: Int, inputs: Int, aggregate: Aggregate) throws(UnreadableReply) {
    let reply = try MemberText(payload)
    if reply["error"] != nil, let error = try WireError(payload) {
      throw UnreadableReply(description: "an error: \(error.message)")
    }
    guard reply.int("id") == id else { throw UnreadableReply(description: "it answers another request") }
    digests = try Self.texts(reply, "digests")
    artifacts = try reply.elements("artifacts") ?? []
    let outcome: Outcome
    if reply["outcome"]?.elementsEqual("\"scored\"".utf8) == true {
      outcome = .scored(try Self.scores(reply, inputs, aggregate))
    } else if reply["outcome"]?.elementsEqual("\"failed\"".utf8) == true {
      outcome = .failed(try Self.failure(try JSONValue(reply: payload)))
    } else {
      throw UnreadableReply(description: "it has no outcome")
    }
    evaluation = Evaluation(
      outcome: outcome,
      artifactDigests: digests.compactMap { $0 },
      cpuMicroseconds: reply.int("cpu_microseconds") ?? 0,
      wallMicroseconds: reply.int("wall_microseconds") ?? 0
    )
  }

  /// Stands for a reply that never came.
  init(failure: Failure) {
    evaluation = Evaluation(outcome: .failed(failure))
    artifacts = []
    digests = []
  }

  /// An array of digests, which need no escapes, and nulls.
  private static func texts(_ reply: MemberText, _ key: StaticString) throws(UnreadableReply) -> [String?] {
    try (reply.elements(key) ?? []).map { text throws(UnreadableReply) in
      if text == "null" { return nil }
      let bytes = text.utf8
      guard bytes.count >= 2, bytes.first == UInt8(ascii: "\""), !bytes.contains(UInt8(ascii: "\\")) else {
        throw UnreadableReply(description: "its \(key) are no plain texts")
      }
      return String(text.dropFirst().dropLast())
    }
  }

  private static func scores(
    _ reply: MemberText,
    _ inputs: Int,
    _ aggregate: Aggregate
  ) throws(UnreadableReply) -> Scores {
    let values = (try reply.elements("scores") ?? []).compactMap { Double($0) }
    guard values.count == inputs, values.allSatisfy(\.isFinite) else {
      throw UnreadableReply(description: "it has not one finite score for each of \(inputs) inputs")
    }
    let behaviours = try texts(reply, "behaviours")
    let behaviour =
      behaviours.contains { $0 != nil } ? behaviours.map { $0 ?? "-" }.joined(separator: "|") : nil
    return Scores(perInput: values, total: aggregate(values), behaviour: behaviour)
  }

  private static func failure(_ json: JSONValue) throws(UnreadableReply) -> Failure {
    guard let kind = json["kind"]?.string.flatMap(FailureKind.init(rawValue:)) else {
      throw UnreadableReply(description: "its failure is of no known kind")
    }
    return Failure(
      kind,
      json["message"]?.string ?? "",
      line: json["line"]?.int,
      input: json["input"]?.int,
      limit: json["limit"]?.string
    )
  }
}
