import FunSearch
import Testing

@testable import SandboxWorkers

/// All tests that start processes, one after the other: some count what is left of them.
@Suite("Processes", .serialized)
enum ProcessTests {}

/// The interpreter and plan all tests share, found once.
enum Fixture {
  static let sandboxFolder =
    #filePath.split(separator: "/").dropLast(3).map { "/\($0)" }.joined() + "/Sandbox"

  static func plan(_ choice: IsolationChoice = .auto) async throws -> IsolationPlan {
    let python = try await PythonInterpreter.find {
      ["PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": "/"][$0]
    }
    return try await IsolationPlan.make(python: python, sandboxFolder: sandboxFolder, choice: choice)
  }

  static func pool(_ problem: Problem = ToyProblem.problem(), workers: Int = 1) async throws -> SandboxPool {
    try await SandboxPool(problem: problem, folder: nil, plan: plan(), workers: workers)
  }
}

extension Evaluation {
  var scores: [Double]? {
    if case .scored(let scores) = outcome { return scores.perInput }
    return nil
  }

  var failure: Failure? {
    if case .failed(let failure) = outcome { return failure }
    return nil
  }
}
