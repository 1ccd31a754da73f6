package import FunSearch
package import Mutation
package import SandboxWorkers

/// Everything a run was asked to do. It is stored with the run, and a resumed run reads it from there.
package struct RunConfiguration: Sendable {
  package var search: SearchConfiguration
  package var mutation: MutationSettings
  package var limits: EvaluationLimits
  /// The total of all islands, over all sessions; nil for no limit.
  package var steps: Int?
  /// Seconds of running, over all sessions; nil for no limit.
  package var maxSeconds: Double?
  /// The score that ends the run; nil for none.
  package var target: Double?
  package var workers: Int
  package var isolation: IsolationChoice

  /// The defaults for `problem` on a machine that offers `workers` workers.
  package init(problem: Problem, workers: Int) {
    search = SearchConfiguration(seed: 0)
    mutation = MutationSettings()
    limits = problem.limits
    steps = 10_000
    target = problem.target
    self.workers = workers
    isolation = .automatic
  }
}
