package import FunSearch
import PythonSyntax

/// Has a problem's specification make inputs of a file, in a worker that sees no candidate.
package enum InputReader {
  /// The inputs that a file stands for, as JSON texts.
  ///
  /// - Parameters:
  ///   - text: what the file holds.
  ///   - name: the file's name.
  ///   - reader: the specification's function marked `@funsearch.inputs`.
  ///   - problem: whose specification and limits hold; its inputs do not matter.
  ///   - folder: readable for the specification; nil for none.
  ///   - plan: how a worker is started.
  /// - Returns: one text for each input, in the reader's order.
  /// - Throws: ``SandboxError`` that says what is wrong with the file or the reader.
  package static func inputs(
    of text: String,
    name: String,
    reader: String,
    problem: Problem,
    folder: String?,
    plan: IsolationPlan
  ) async throws -> [String] {
    let path = problem.specification.path
    let worker = try WorkerProcess(
      WorkerSetup(
        command: plan.command(workspace: folder, hashSeed: 1, userID: SandboxPool.userID(-1)),
        minimumLevel: plan.minimumLevel,
        load: Request.load(problem),
        specificationPath: path
      )
    )
    do {
      let milliseconds = Int64(min(problem.limits.wallSeconds, 1e9) * 1000) + SandboxPool.graceMilliseconds
      let request = Request.inputs(reader: reader, name: name, text: text)
      let answers = try await worker.answers(to: [request], within: milliseconds) {
        _,
        payload throws(UnreadableReply) in try JSONValue(reply: payload)
      }
      await worker.stop()
      return try inputs(answers.first, path)
    } catch {
      await worker.stop()
      throw error
    }
  }

  private static func inputs(_ answer: WorkerAnswer<JSONValue>?, _ path: String) throws -> [String] {
    func failed(_ message: String) -> SandboxError {
      .specification(path: path, line: nil, message: message)
    }
    switch answer {
    case .reply(let json):
      if let error = WireError(json) { throw error.specificationError(path) }
      guard let inputs = json["inputs"]?.array else { throw failed("a worker gave no inputs") }
      return inputs.map { String(decoding: $0.serialized, as: UTF8.self) }
    case .timedOut: throw failed("the reader of inputs takes longer than the limit for one input")
    case .lost(let how): throw failed("the reader of inputs: \(how)")
    case nil: throw SandboxError.worker("A worker gave no answer.")
    }
  }
}
