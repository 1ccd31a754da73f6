package import FunSearch
package import LanguageModels
import PythonSyntax
package import SandboxWorkers

/// Makes programs of models' replies, in a jailed worker that runs nothing of them.
package final class ReplyReader: ReplyExtractor {
  private let specification: Specification
  private let worker: SourceReader

  /// - Parameter opened: the problem that replies are for.
  /// - Throws: ``SandboxError`` when there is no thread or pipe for the worker.
  package init(_ opened: OpenProblem) throws(SandboxError) {
    specification = opened.problem.specification
    worker = try SourceReader(plan: opened.plan)
  }

  /// Ends the worker; the next reply starts another.
  package func stop() async {
    await worker.stop()
  }

  package func extract(_ reply: ModelReply, prompt: Prompt) async throws -> Extraction {
    var parents: [ProgramCode] = []
    for version in prompt.versions { parents.append(try ProgramCode(version)) }
    let request = ReplyRequest(
      text: reply.text,
      version: parents.count,
      shown: try prompt.shown(evolve: specification.evolve).source,
      isCut: reply.finish == .length
    )
    return try await extract(
      request,
      ending: reply.finish,
      hasThoughts: !reply.thoughts.isEmpty,
      parents: parents
    )
  }

  /// What a reply becomes, with everything about it given.
  ///
  /// - Parameters:
  ///   - request: the reply, and what it answers.
  ///   - ending: why it ended.
  ///   - hasThoughts: whether the server gave thoughts beside it.
  ///   - parents: programs that an answer must differ from.
  /// - Returns: a candidate, or why there is none.
  /// - Throws: what is wrong with the machine.
  package func extract(
    _ request: ReplyRequest,
    ending: FinishReason = .stop,
    hasThoughts: Bool = false,
    parents: [ProgramCode] = []
  ) async throws -> Extraction {
    let hasText = request.text.contains { !$0.isWhitespace }
    if case .blocked(let why) = ending {
      return .discarded(Discard(.blocked, "the server withheld the answer: \(why)"))
    }
    if !hasText, hasThoughts || ending == .length {
      return .discarded(
        Discard(
          .thinkingOnly,
          "the answer ended before its first word; give the model more tokens, or let it think less"
        )
      )
    }
    guard request.text.utf8.count <= Self.longest else {
      return .discarded(
        Discard(.tooLong, "the reply has \(request.text.utf8.count) bytes; at most \(Self.longest) are read")
      )
    }
    switch try await worker.extract(request, specification) {
    case .discarded(let kind, let message):
      guard let kind = DiscardKind(rawValue: kind) else {
        throw RunError("a worker discarded a reply as \"\(kind)\", a kind this version does not know")
      }
      return .discarded(Discard(kind, message))
    case .program(let module, let marks):
      return try extraction(module, marks, parents)
    }
  }

  /// Bytes of a reply that is read.
  private static let longest = 1 << 20

  private func extraction(_ module: [Statement], _ marks: [String], _ parents: [ProgramCode]) throws
    -> Extraction
  {
    let code = try CandidateFile.candidate(module, specification: specification, file: "the reply")
    let hash = code.function.contentHash(support: code.support)
    for (version, parent) in parents.enumerated()
    where parent.function.contentHash(support: parent.support) == hash {
      let name = "\(specification.evolve.name)_v\(version)"
      return .discarded(Discard(.sameAsParent, "the program is \(name) of the prompt; write another"))
    }
    return .candidate(ExtractedProgram(code: code, module: module, marks: marks))
  }
}
