package import FunSearch
package import ProblemFiles
package import SandboxWorkers

/// A problem read from its folder and described by the Python that will run it.
package struct OpenProblem: Sendable {
  package let folder: ProblemFolder
  package let problem: Problem
  package let python: PythonInterpreter
  package let plan: IsolationPlan

  /// Finds a problem by name or path, or takes a frozen copy, and reads it.
  ///
  /// - Parameter inputs: JSON texts to score on instead of the problem's own.
  /// - Throws: what is wrong with the problem, the Python or the machine.
  package static func open(
    _ nameOrPath: String, inputs: [String]?, isolation: IsolationChoice, installation: Installation,
    environment: (String) -> String?
  ) async throws -> OpenProblem {
    let folder = try ProblemFolder.find(nameOrPath, searchIn: installation.problems)
    let python = try await PythonInterpreter.find(environment: environment)
    let plan = try await IsolationPlan.make(
      python: python, sandboxFolder: installation.sandbox, choice: isolation)
    let reader = try SourceReader(plan: plan)
    let description = try await reader.describe(
      path: folder.specificationPath, source: folder.specificationSource)
    await reader.stop()
    let problem = try folder.problem(describedAs: description, inputs: inputs)
    return OpenProblem(folder: folder, problem: problem, python: python, plan: plan)
  }
}
