import FunSearch
import Mutation

extension RunConfiguration {
  /// What proposes programs in the steps that ask no model.
  func maker(_ problem: Problem, _ observed: ObservedArguments) throws -> any ProgramMaker {
    method.proposer(
      specification: problem.specification,
      observedTypes: observed.types,
      observedRows: observed.rows,
      vocabulary: try observed.vocabulary(of: problem),
      settings: mutation,
      seed: search.seed
    )
  }
}
