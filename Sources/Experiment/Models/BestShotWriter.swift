import FunSearch
import LanguageModels
import PythonSyntax

/// Asks with the published best-shot prompt alone.
struct BestShotWriter: RequestWriter {
  private let skeleton: Skeleton
  private let evolve: FunctionDefinition

  init(_ specification: Specification) {
    skeleton = Skeleton(specification)
    evolve = specification.evolve
  }

  func question(for prompt: Prompt) throws -> (system: String?, turns: [ModelTurn]) {
    (nil, [ModelTurn(role: .user, text: try prompt.text(skeleton: skeleton, evolve: evolve))])
  }
}

extension ModelSettings {
  /// What makes questions of prompts.
  func writer(_ problem: Problem) throws -> any RequestWriter {
    BestShotWriter(problem.specification)
  }
}
