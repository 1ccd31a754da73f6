package import PythonSyntax
import Synchronization

/// What servers have refused, by server and model, so that it is asked only once.
package struct LearnedCapabilities: Hashable, Sendable {
  /// What one model refused.
  package struct Entry: Hashable, Sendable {
    /// Not sent any more.
    package var refused: Set<ModelParameter> = []
    /// The name that the limit of tokens has there.
    package var limitName: String?
    /// The highest limit of tokens that it takes.
    package var maximumTokens: Int?

    package init() {}
  }

  /// Keys are `host model`.
  package private(set) var entries: [String: Entry] = [:]

  package init() {}

  /// What is known of a key; an empty entry for nothing.
  package subscript(key: String) -> Entry {
    get { entries[key] ?? Entry() }
    set { entries[key] = newValue == Entry() ? nil : newValue }
  }

  /// The form in which a run keeps it.
  package var json: JSONValue {
    .object(
      entries.mapValues { entry in
        var members: [String: JSONValue] = [:]
        let refused = entry.refused.map(\.rawValue).sorted()
        if !refused.isEmpty { members["refused"] = .array(refused.map { .string($0) }) }
        if let name = entry.limitName { members["limit_name"] = .string(name) }
        if let limit = entry.maximumTokens { members["maximum_tokens"] = .int(limit) }
        return .object(members)
      }
    )
  }

  /// Reads what ``json`` wrote; what is not understood is left out, since a server can be asked again.
  package init(json: JSONValue) {
    for (key, value) in json.object ?? [:] {
      var entry = Entry()
      entry.refused = Set(
        (value["refused"]?.array ?? []).compactMap { ModelParameter(rawValue: $0.string ?? "") }
      )
      entry.limitName = value["limit_name"]?.string
      entry.maximumTokens = value["maximum_tokens"]?.int
      self[key] = entry
    }
  }
}

/// What servers have refused, shared by all calls of a run.
package final class CapabilityNotebook: Sendable {
  private let state: Mutex<LearnedCapabilities>

  /// - Parameter known: what an earlier run learned.
  package init(_ known: LearnedCapabilities = LearnedCapabilities()) {
    state = Mutex(known)
  }

  /// Everything learned so far.
  package var learned: LearnedCapabilities { state.withLock { $0 } }

  subscript(key: String) -> LearnedCapabilities.Entry { state.withLock { $0[key] } }

  /// Notes a refusal.
  ///
  /// - Returns: whether it was news.
  func note(_ refusal: ParameterRefusal, for key: String) -> Bool {
    state.withLock {
      let before = $0[key]
      $0[key].note(refusal)
      return $0[key] != before
    }
  }
}

/// A server's refusal of one parameter.
package struct ParameterRefusal: Hashable, Sendable {
  package enum Remedy: Hashable, Sendable {
    /// It is left out from now on.
    case drop
    /// It has another name there.
    case rename(String)
    /// It may be so much at most.
    case lower(to: Int)
  }

  package let parameter: ModelParameter
  package let remedy: Remedy

  package init(_ parameter: ModelParameter, _ remedy: Remedy) {
    self.parameter = parameter
    self.remedy = remedy
  }
}

extension LearnedCapabilities.Entry {
  fileprivate mutating func note(_ refusal: ParameterRefusal) {
    switch refusal.remedy {
    case .drop: refused.insert(refusal.parameter)
    // Where both names were refused, there is no limit of tokens to give.
    case .rename(let name):
      if limitName == nil { limitName = name } else { refused.insert(refusal.parameter) }
    case .lower(let most): maximumTokens = min(most, maximumTokens ?? .max)
    }
  }
}
