package import FunSearch
package import PythonSyntax

/// Reads Python source by the interpreter that will run it, in a worker that loads no specification.
package struct SourceReader: Sendable {
  private static let milliseconds: Int64 = 60_000
  private let worker: WorkerProcess

  /// - Throws: ``SandboxError`` when there is no thread for it.
  package init(plan: IsolationPlan) throws(SandboxError) {
    let command = plan.command(workspace: nil, hashSeed: 1, userID: SandboxPool.userID(0xFFFF))
    worker = try WorkerProcess(
      WorkerSetup(command: command, minimumLevel: plan.minimumLevel, load: nil, specificationPath: ""))
  }

  /// Starts the worker, unless it runs, and gives what it says of itself.
  package func greeting() async throws -> Greeting {
    try await worker.prepare()
  }

  /// What a specification is made of; nothing of it is run.
  ///
  /// - Throws: ``SandboxError/specification(path:line:message:)`` for a file that is not Python.
  package func describe(path: String, source: String) async throws -> SpecificationDescription {
    let json = try await answer(to: Request.describe(path: path, source: source))
    if let error = WireError(json) { throw error.specificationError(path) }
    return try SpecificationDescription(json)
  }

  /// A module as a tree, or why it is none.
  package func parse(_ source: String) async throws -> Result<[Statement], Failure> {
    let json = try await answer(to: Request.parse(source: source))
    if let error = WireError(json) { return .failure(Failure(.syntax, error.message, line: error.line)) }
    return .success(try (json["statements"]?.array ?? []).map { try Statement(json: $0) })
  }

  /// Ends the process.
  package func stop() async {
    await worker.stop()
  }

  private func answer(to request: [UInt8]) async throws -> JSONValue {
    let answers = try await worker.answers(to: [request], within: Self.milliseconds) {
      _, payload throws(UnreadableReply) in try JSONValue(reply: payload)
    }
    switch answers.first {
    case .reply(let json): return json
    case .lost(let how): throw SandboxError.worker("The source cannot be read: \(how).")
    case .timedOut, nil:
      throw SandboxError.worker("The source was not read within \(Self.milliseconds / 1000) s.")
    }
  }
}

extension Failure: Error {}

extension SpecificationDescription {
  /// Reads the reply to `describe`.
  fileprivate init(_ json: JSONValue) throws {
    self.init(
      functions: try (json["functions"]?.array ?? []).map { try DescribedFunction($0) },
      imports: (json["imports"]?.array ?? []).map { item in
        let module = item["module"]?.string ?? ""
        return SpecificationImport(
          module: module, alias: item["alias"]?.string ?? module, line: item["line"]?.int ?? 1)
      },
      statements: try (json["statements"]?.array ?? []).map { try Statement(json: $0) },
      docstring: json["docstring"]?.string)
  }
}

extension DescribedFunction {
  fileprivate init(_ json: JSONValue) throws {
    guard let name = json["name"]?.string, let line = json["line"]?.int else {
      throw SandboxError.worker("A worker described a function without a name or line.")
    }
    let statement = try json["statement"].map { try Statement(json: $0) }
    let definition: FunctionDefinition? = if case .function(let function) = statement { function } else { nil }
    self.init(
      name: name, line: line, firstLine: json["first_line"]?.int ?? line, lastLine: json["last_line"]?.int ?? line,
      markers: json["markers"]?.array?.compactMap(\.string) ?? [],
      decorators: json["decorators"]?.array?.compactMap(\.string) ?? [],
      parameters: (json["parameters"]?.array ?? []).map {
        DescribedParameter($0["name"]?.string ?? "", annotation: $0["annotation"]?.string)
      },
      returns: json["returns"]?.string, docstring: json["docstring"]?.string,
      isAsync: json["async"]?.bool ?? false, definition: definition)
  }
}
