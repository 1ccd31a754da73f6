import FunSearch
import PythonSyntax

/// What the evolved function was given for one parameter while the specification's own program ran.
package struct ObservedParameter: Hashable, Sendable {
  package let name: String
  /// Type hints that fit, sorted.
  package let types: [String]
  /// The parameter whose length it always was, if there is one.
  package let lengthOf: String?
  /// True when no value of it can be changed.
  package let isImmutable: Bool
  /// The different sequences of small whole numbers it was given, the first ones where they are many; empty for
  /// a parameter that was given anything else.
  package let rows: [[Int]]
}

extension SandboxPool {
  /// Runs the specification's own program and tells what its function is called with.
  ///
  /// - Throws: ``SandboxError`` when that program fails.
  package func trace() async throws -> [ObservedParameter] {
    let answers = try await verifier.answers(to: [Request.trace()], within: deadline) {
      _,
      payload throws(UnreadableReply) in try TraceReply(payload)
    }
    let path = problem.specification.path
    switch answers.first {
    case .reply(.parameters(let parameters)): return parameters
    case .reply(.failed(let error)): throw error.specificationError(path)
    case .timedOut:
      throw SandboxError.specification(
        path: path,
        line: nil,
        message: "the specification's own program takes too long"
      )
    case .lost(let how): throw SandboxError.lost("the specification's own program ran", how)
    case nil: throw SandboxError.worker("A worker gave no answer.")
    }
  }
}

private enum TraceReply: Sendable {
  case parameters([ObservedParameter])
  case failed(WireError)

  init(_ payload: ArraySlice<UInt8>) throws(UnreadableReply) {
    let json = try JSONValue(reply: payload)
    if let error = WireError(json) {
      self = .failed(error)
      return
    }
    let parameters = json["parameters"]?.array?.compactMap { item in
      item["name"]?.string.map {
        ObservedParameter(
          name: $0,
          types: item["types"]?.array?.compactMap(\.string) ?? [],
          lengthOf: item["length_of"]?.string,
          isImmutable: item["immutable"]?.bool ?? false,
          rows: item["rows"]?.array?.compactMap(\.string).map { $0.utf8.map { Int($0) - 48 } } ?? []
        )
      }
    }
    guard let parameters else { throw UnreadableReply(description: "it has no parameters") }
    self = .parameters(parameters)
  }
}
