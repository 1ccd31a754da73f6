import Crypto
package import FunSearch
import PythonSyntax

/// A question as it is recorded: for which step, to which model, and under which key its answer is found again.
package struct PlannedCall: Hashable, Sendable {
  package let step: StepID
  /// Counts the duplicates answered before.
  package let attempt: Int
  /// The model's name in the run's configuration.
  package let model: String
  /// The request as canonical JSON, without its place among equal ones.
  package let json: String
  /// SHA-256 over ``json``, a line feed and the place among equal ones: 64 hexadecimal digits.
  package let key: String

  package init(step: StepID, attempt: Int, model: String, request: ModelRequest) {
    self.step = step
    self.attempt = attempt
    self.model = model
    json = request.canonicalJSON
    let digest = SHA256.hash(data: Array("\(json)\n\(request.sample)".utf8))
    key = digest.map { byte in
      let digits = String(byte, radix: 16)
      return digits.utf8.count == 1 ? "0" + digits : digits
    }.joined()
  }
}

extension ModelRequest {
  /// Everything that decides the answer, but for ``sample``: keys in order of their bytes, nothing that is nil.
  package var canonicalJSON: String {
    let turns = turns.map { JSONValue.object(["role": .string($0.role.rawValue), "text": .string($0.text)]) }
    var members: [String: JSONValue] = [
      "model": .string(model), "turns": .array(turns), "sampling": .object(sampling.members),
    ]
    members["system"] = system.map(JSONValue.string)
    return String(decoding: JSONValue.object(members).serialized, as: UTF8.self)
  }
}

extension ModelSampling {
  fileprivate var members: [String: JSONValue] {
    var members: [String: JSONValue] = [:]
    members["temperature"] = temperature.map(JSONValue.double)
    members["top_p"] = topP.map(JSONValue.double)
    members["top_k"] = topK.map(JSONValue.int)
    members["max_tokens"] = maximumTokens.map(JSONValue.int)
    members["seed"] = seed.map(JSONValue.int)
    if !stop.isEmpty { members["stop"] = .array(stop.map(JSONValue.string)) }
    switch thinking {
    case .level(let level)?: members["thinking"] = .string(level)
    case .budget(let tokens)?: members["thinking"] = .int(tokens)
    case nil: break
    }
    return members
  }
}
