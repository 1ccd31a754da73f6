package import FunSearch
package import PythonSyntax

/// Has Python read source text without running it, in a worker that loads nothing.
package final class SourceReader: Sendable {
  /// What came of reading a module.
  package enum Parsed: Hashable, Sendable {
    case success([Statement])
    /// A `syntax` failure, with the line.
    case failure(Failure)
  }

  private static let milliseconds: Int64 = 60_000
  /// The worker's own limits for one reply are shorter.
  private static let replyMilliseconds: Int64 = 30_000

  private let worker: WorkerProcess

  /// - Parameters:
  ///   - plan: how the worker is started.
  ///   - folder: readable for a specification that is to be loaded later; nil for none.
  /// - Throws: ``SandboxError`` when there is no thread or pipe for it.
  package init(plan: IsolationPlan, folder: String? = nil) throws(SandboxError) {
    worker = try WorkerProcess(
      WorkerSetup(
        command: plan.command(workspace: folder, hashSeed: 1, userID: SandboxPool.userID(-1)),
        minimumLevel: plan.minimumLevel,
        load: nil,
        specificationPath: ""
      )
    )
  }

  /// The worker, which loads a specification before its next request.
  func worker(loading request: [UInt8], path: String) -> WorkerProcess {
    worker.load(request, path: path)
    return worker
  }

  /// The file as data.
  ///
  /// - Throws: ``SandboxError/specification(path:line:message:)`` for a file that is no Python;
  ///   ``SandboxError/worker(_:)`` when the worker was lost again and again.
  package func describe(path: String, source: String) async throws -> SpecificationDescription {
    switch try await answer(Request.describe(path: path, source: source)) {
    case .failure(let error): throw error.specificationError(path)
    case .success(let json): return try SpecificationDescription(json: json)
    }
  }

  /// The module as a tree, or a `syntax` failure.
  package func parse(_ source: String) async throws -> Parsed {
    switch try await answer(Request.parse(source: source)) {
    case .failure(let error): return .failure(Failure(.syntax, error.message, line: error.line))
    case .success(let json):
      var statements: [Statement] = []
      for node in json["statements"]?.array ?? [] { statements.append(try Statement(json: node)) }
      return .success(statements)
    }
  }

  /// The text with the statements at some places alone, in the lines they had, and the one at `bare` without its
  /// decorators; nil where that cannot be, as when two of them share a line.
  package func keeping(_ statements: [Int], bare: Int, of source: String) async throws -> String? {
    let reply = try await answer(Request.keep(source: source, statements: statements, bare: bare))
    return if case .success(let json) = reply { json["source"]?.string } else { nil }
  }

  /// What Python makes of a model's reply to a problem with this specification.
  ///
  /// - Throws: ``SandboxError/worker(_:)`` when the worker was lost again and again; nothing for what is wrong with
  ///   the reply.
  package func extract(_ reply: ReplyRequest, _ specification: Specification) async throws -> ReplyReading {
    switch try await answer(Request.extract(reply, specification), within: Self.replyMilliseconds) {
    case .success(let json): return try ReplyReading(json)
    case .failure(let error):
      // The worker's process ended at it, or was ended by one of its limits.
      guard ["timeout", "memory", "crash"].contains(error.kind) else {
        throw SandboxError.worker(error.message)
      }
      return .discarded(kind: ReplyReading.tooComplex, message: error.message)
    }
  }

  /// What the worker says of itself; starts it unless it runs.
  package func greeting() async throws -> Greeting {
    try await worker.prepare()
  }

  /// Ends the process; the next request starts another.
  package func stop() async {
    await worker.stop()
  }

  private func answer(
    _ request: [UInt8],
    within milliseconds: Int64 = SourceReader.milliseconds
  ) async throws -> Result<JSONValue, WireError> {
    let answers = try await worker.answers(to: [request], within: milliseconds) {
      _,
      payload throws(UnreadableReply) in try JSONValue(reply: payload)
    }
    switch answers.first {
    case .reply(let json): return WireError(json).map { .failure($0) } ?? .success(json)
    case .timedOut:
      return .failure(
        WireError(message: "it takes Python more than \(milliseconds / 1000) s to read", kind: "timeout")
      )
    case .lost(let how): throw SandboxError.lost("Python read a program", how)
    case nil: throw SandboxError.worker("A worker gave no answer.")
    }
  }
}
