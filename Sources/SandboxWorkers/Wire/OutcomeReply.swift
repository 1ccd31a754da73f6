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
    let json = try JSONValue(reply: payload)
    if let error = WireError(json) { throw UnreadableReply(description: "an error: \(error.message)") }
    guard json["id"]?.int == id else { throw UnreadableReply(description: "it answers another request") }
    digests = json["digests"]?.array?.map(\.string) ?? []
    artifacts = json["artifacts"]?.array == nil ? [] : try MemberText.elements(of: "artifacts", in: payload)
    let outcome: Outcome
    switch json["outcome"]?.string {
    case "scored": outcome = .scored(try Self.scores(json, inputs, aggregate))
    case "failed": outcome = .failed(try Self.failure(json))
    default: throw UnreadableReply(description: "it has no outcome")
    }
    evaluation = Evaluation(
      outcome: outcome,
      artifactDigests: digests.compactMap { $0 },
      cpuMicroseconds: json["cpu_microseconds"]?.int ?? 0,
      wallMicroseconds: json["wall_microseconds"]?.int ?? 0
    )
  }

  /// Stands for a reply that never came.
  init(failure: Failure) {
    evaluation = Evaluation(outcome: .failed(failure))
    artifacts = []
    digests = []
  }

  private static func scores(_ json: JSONValue, _ inputs: Int, _ aggregate: Aggregate) throws(UnreadableReply)
    -> Scores
  {
    let values = json["scores"]?.array?.compactMap(\.double) ?? []
    guard values.count == inputs, values.allSatisfy(\.isFinite) else {
      throw UnreadableReply(description: "it has not one finite score for each of \(inputs) inputs")
    }
    let behaviours = json["behaviours"]?.array?.map(\.string) ?? []
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
