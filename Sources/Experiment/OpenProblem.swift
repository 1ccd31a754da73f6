import Foundation
package import FunSearch
package import ProblemFiles
import PythonSyntax
package import SandboxWorkers

/// A problem read from its folder and described by the Python that will run it.
package struct OpenProblem: Sendable {
  /// Its files; nil for a problem that came inside a certificate.
  package let folder: ProblemFolder?
  package let problem: Problem
  package let python: PythonInterpreter
  package let plan: IsolationPlan
  /// The worker that described it, still running: a pool for the problem can go on with it.
  package let reader: SourceReader
  /// Where its files were written to, for a problem that came inside a certificate with some.
  private let workspace: String?

  private init(
    folder: ProblemFolder?,
    problem: Problem,
    python: PythonInterpreter,
    plan: IsolationPlan,
    reader: SourceReader,
    workspace: String? = nil
  ) {
    self.folder = folder
    self.problem = problem
    self.python = python
    self.plan = plan
    self.reader = reader
    self.workspace = workspace
  }

  /// Finds a problem by name or path, or takes a frozen copy, and reads it.
  ///
  /// - Parameters:
  ///   - nameOrPath: a name such as `cap-set`, a folder, or a specification's file.
  ///   - inputs: what is scored on.
  ///   - isolation: what the user allows.
  ///   - installation: where the program's own files are.
  ///   - environment: the value of an environment variable.
  /// - Returns: the problem, and how to run it.
  /// - Throws: what is wrong with the problem, the Python or the machine.
  package static func open(
    _ nameOrPath: String,
    inputs: InputChoice,
    isolation: IsolationChoice,
    installation: Installation,
    environment: (String) -> String?
  ) async throws -> OpenProblem {
    let folder = try ProblemFolder.find(nameOrPath, searchIn: installation.problems)
    // Whether or not they are asked: a mistake shall not wait until they are.
    _ = try ModelsFile.models(of: folder)
    let python = try await PythonInterpreter.find(
      compiling: installation.sandbox,
      environment: environment
    )
    let plan = try await IsolationPlan.make(
      python: python,
      sandboxFolder: installation.sandbox,
      choice: isolation
    )
    let reader = try SourceReader(plan: plan, folder: folderPath(of: folder))
    do {
      let description = try await reader.describe(
        path: folder.specificationPath,
        source: folder.specificationSource
      )
      let vocabulary = try await folder.description.vocabulary.read(by: reader)
      let problem = try folder.problem(
        describedAs: description,
        inputs: try await inputs.read(folder, description, plan),
        vocabulary: vocabulary
      )
      return OpenProblem(folder: folder, problem: problem, python: python, plan: plan, reader: reader)
    } catch {
      await reader.stop()
      throw error
    }
  }

  /// The problem inside a certificate.
  ///
  /// - Parameters:
  ///   - certificate: what holds the problem.
  ///   - path: the certificate's file, for messages.
  ///   - workspace: the folder that the certificate's files were written to; nil when it has none.
  ///   - installation: where the program's own files are.
  ///   - environment: the value of an environment variable.
  /// - Returns: the problem, and how to run it.
  /// - Throws: what is wrong with the specification, the Python or the machine.
  package static func open(
    _ certificate: Certificate,
    path: String,
    workspace: String?,
    installation: Installation,
    environment: (String) -> String?
  ) async throws -> OpenProblem {
    let python = try await PythonInterpreter.find(
      compiling: installation.sandbox,
      environment: environment
    )
    let plan = try await IsolationPlan.make(
      python: python,
      sandboxFolder: installation.sandbox,
      choice: .auto
    )
    let name = "the specification in \(path)"
    let reader = try SourceReader(plan: plan, folder: workspace)
    let description: SpecificationDescription
    do {
      description = try await reader.describe(path: name, source: certificate.specification)
    } catch {
      await reader.stop()
      throw error
    }
    let specification = try Specification(
      description,
      path: name,
      source: certificate.specification,
      trust: certificate.trust
    )
    let problem = Problem(
      name: certificate.problem,
      title: certificate.problem,
      specification: specification,
      inputs: certificate.inputs.map {
        EvaluationInput(json: String(decoding: $0.serialized, as: UTF8.self))
      },
      aggregate: certificate.aggregate,
      trust: certificate.trust,
      noise: certificate.noise,
      hash: certificate.problemHash
    )
    return OpenProblem(
      folder: nil,
      problem: problem,
      python: python,
      plan: plan,
      reader: reader,
      workspace: workspace
    )
  }

  /// The same, under the name the problem has when its folder is no frozen copy.
  func named(_ name: String) -> OpenProblem {
    OpenProblem(
      folder: folder,
      problem: problem.named(name),
      python: python,
      plan: plan,
      reader: reader,
      workspace: workspace
    )
  }

  /// Processes that score programs of the problem; what read the specification goes on as one of them.
  ///
  /// - Parameters:
  ///   - problem: the same with other limits; nil for ``problem``.
  ///   - workers: processes for candidates.
  /// - Returns: a pool, to be stopped by its user.
  /// - Throws: ``SandboxError`` when a process cannot be had.
  func pool(for problem: Problem? = nil, workers: Int) throws(SandboxError) -> SandboxPool {
    try SandboxPool(
      problem: problem ?? self.problem,
      folder: folderPath,
      plan: plan,
      workers: workers,
      reader: reader
    )
  }

  /// A module as a tree, read by the interpreter that would run it.
  package func parse(_ source: String) async throws -> SourceReader.Parsed {
    let reader = try SourceReader(plan: plan)
    let module = try await reader.parse(source)
    await reader.stop()
    return module
  }

  /// Where the specification may read files, from the root.
  package var folderPath: String? { folder.map(Self.folderPath) ?? workspace }

  private static func folderPath(of folder: ProblemFolder) -> String {
    URL(fileURLWithPath: folder.path).standardizedFileURL.path
  }
}
