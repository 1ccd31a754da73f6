import FunSearch
import PythonSyntax

/// The reply to an `evaluate` request.
struct OutcomeReply: Sendable {
  let evaluation: Evaluation
  /// JSON text of each input's artifact, when it was asked for; `null` where there is none.
  let artifacts: [String]
  /// Digest of each input's artifact, in input order; nil where there is none.
  let digests: [String?]

  /// Reads the reply to the request `id` about so many inputs, each scored as often as `noise` says.
  ///
  /// - Throws: ``UnreadableReply`` for anything else.
  init(
    _ payload: ArraySlice<UInt8>,
    id: Int,
    inputs: Int,
    aggregate: Aggregate,
    noise: Noise? = nil
  ) throws(UnreadableReply) {
    let json = try JSONMembers(reply: payload)
    if let error = WireError(member: json["error"]) {
      throw UnreadableReply(description: "an error: \(error.message)")
    }
    guard json["id"]?.int == id else { throw UnreadableReply(description: "it answers another request") }
    digests = try Self.digests("digests", json, inputs)
    artifacts = json["artifacts"]?.array == nil ? [] : try MemberText.elements(of: "artifacts", in: payload)
    guard artifacts.isEmpty || artifacts.count == inputs else {
      throw UnreadableReply(description: "it has not one artifact for each of \(inputs) inputs")
    }
    let outcome: Outcome
    var samples: [[Double]] = []
    switch json["outcome"]?.string {
    case "scored":
      if let noise {
        samples = try Self.samples(json, inputs, noise)
        outcome = Self.outcome(of: NoisyScores(samples, aggregate).scores(noise))
      } else {
        outcome = try Self.scored(json, inputs, aggregate)
      }
    case "failed": outcome = .failed(try Self.failure(json, inputs))
    default: throw UnreadableReply(description: "it has no outcome")
    }
    evaluation = Evaluation(
      outcome: outcome,
      artifactDigests: digests.compactMap { $0 },
      samples: samples,
      cpuMicroseconds: try Self.integer("cpu_microseconds", json, 0...Self.longest) ?? 0,
      wallMicroseconds: try Self.integer("wall_microseconds", json, 0...Self.longest) ?? 0
    )
  }

  /// Microseconds in thirty years: no evaluation takes longer, and a million of them can still be added up.
  private static let longest = 1_000_000_000_000_000

  /// Stands for a reply that never came.
  init(failure: Failure) {
    evaluation = Evaluation(outcome: .failed(failure))
    artifacts = []
    digests = []
  }

  private static func scored(
    _ json: JSONMembers,
    _ inputs: Int,
    _ aggregate: Aggregate
  ) throws(UnreadableReply) -> Outcome {
    let scores = json["scores"]?.array ?? []
    let values = scores.compactMap(\.double)
    guard values.count == inputs, scores.count == inputs, values.allSatisfy(\.isFinite) else {
      throw UnreadableReply(description: "it has not one finite score for each of \(inputs) inputs")
    }
    let total = aggregate(values)
    let behaviours = try digests("behaviours", json, inputs)
    let behaviour =
      behaviours.contains { $0 != nil } ? behaviours.map { $0 ?? "-" }.joined(separator: "|") : nil
    return outcome(of: total.isFinite ? Scores(perInput: values, total: total, behaviour: behaviour) : nil)
  }

  private static func outcome(of scores: Scores?) -> Outcome {
    scores.map(Outcome.scored)
      ?? .failed(Failure(.invalidScore, "the scores of all inputs together are no finite number"))
  }

  /// All scores of every input.
  private static func samples(_ json: JSONMembers, _ inputs: Int, _ noise: Noise) throws(UnreadableReply)
    -> [[Double]]
  {
    let samples = json["samples"]?.array?.map { $0.array?.compactMap(\.double) ?? [] } ?? []
    let isWhole = samples.allSatisfy { $0.count == noise.repeats && $0.allSatisfy(\.isFinite) }
    guard samples.count == inputs, isWhole else {
      throw UnreadableReply(
        description: "it has not \(noise.repeats) finite scores for each of \(inputs) inputs"
      )
    }
    return samples
  }

  private static func failure(_ json: JSONMembers, _ inputs: Int) throws(UnreadableReply) -> Failure {
    guard let kind = json["kind"]?.string.flatMap(FailureKind.init(rawValue:)) else {
      throw UnreadableReply(description: "its failure is of no known kind")
    }
    return Failure(
      kind,
      String((json["message"]?.string ?? "").prefix(messageLimit)),
      line: try integer("line", json, 1...Int(Int32.max)),
      input: inputs == 0 ? nil : try integer("input", json, 0...(inputs - 1)),
      limit: json["limit"]?.string
    )
  }

  /// Characters of a message, as the protocol says, with the sign that it was cut.
  private static let messageLimit = 2_001

  /// Texts or nothing, as many as there are inputs; none at all where the reply does not have the member.
  private static func digests(_ key: String, _ json: JSONMembers, _ inputs: Int) throws(UnreadableReply)
    -> [String?]
  {
    guard let array = json[key]?.array else { return [] }
    let texts = array.map(\.string)
    let good = zip(array, texts).allSatisfy { $0.isNull || ($1.map { $0.utf8.count <= 64 } ?? false) }
    guard good, array.count == inputs else {
      throw UnreadableReply(description: "it has not one of \(key) for each of \(inputs) inputs")
    }
    return texts
  }

  /// A whole number within bounds; nil where there is none.
  private static func integer(_ key: String, _ json: JSONMembers, _ bounds: ClosedRange<Int>)
    throws(UnreadableReply) -> Int?
  {
    guard let value = json[key], !value.isNull else { return nil }
    guard let number = value.int, bounds.contains(number) else {
      throw UnreadableReply(description: "its \(key) is not a whole number within bounds")
    }
    return number
  }
}
