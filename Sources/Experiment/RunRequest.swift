package import ProblemFiles

/// What `run` was asked for.
package struct RunRequest: Sendable {
  /// A name or path.
  package let problem: String
  /// What programs are scored on.
  package let inputs: InputChoice
  /// Settings by name, applied in this order over the defaults and the problem's own.
  package let settings: [(key: String, value: String)]
  /// Name of the run; nil for the next free number.
  package let name: String?
  /// The folder of all runs.
  package let results: String

  package init(
    problem: String,
    inputs: InputChoice,
    settings: [(key: String, value: String)],
    name: String?,
    results: String
  ) {
    self.problem = problem
    self.inputs = inputs
    self.settings = settings
    self.name = name
    self.results = results
  }
}
