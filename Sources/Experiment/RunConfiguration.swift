package import FunSearch
package import LanguageModels
package import Mutation
package import ProblemFiles
package import SandboxWorkers

/// Everything a run was asked to do.
///
/// It is stored with the run, and a resumed run reads it from there.
package struct RunConfiguration: Sendable {
  /// How programs are proposed.
  package var method = ProposalMethod.offline
  package var search: SearchConfiguration
  /// Which language models are asked, if any.
  package var models = ModelSettings()
  package var mutation: MutationSettings
  /// How models are asked.
  package var promptForm = PromptForm.chat
  /// How many failures of a lineage a prompt tells of.
  package var promptFailures = 0
  package var limits: EvaluationLimits
  /// The total of all islands, over all sessions; nil for no limit.
  package var steps: Int?
  /// Seconds of running, over all sessions; nil for no limit.
  package var maxSeconds: Double?
  /// Programs run in the sandbox, over all sessions; nil for no limit.
  package var maxEvaluations: Int?
  /// The score that ends the run; nil for none.
  package var target: Double?
  package var workers: Int
  /// Whether a program that the run evaluated before is not evaluated again.
  package var reusesOutcomes = true
  package var isolation: IsolationChoice

  /// The defaults for `problem` on a machine that offers `workers` workers.
  package init(problem: Problem, workers: Int) {
    self.init(limits: problem.limits, target: problem.target, workers: workers)
  }

  /// Takes the defaults that a problem states under `search:`.
  /// - Throws: ``SettingError`` that names the line.
  package mutating func apply(problem: ProblemFolder) throws(SettingError) {
    for setting in problem.description.search {
      do {
        try set(setting.key.contains(".") ? setting.key : "search.\(setting.key)", to: setting.value)
      } catch {
        throw SettingError(
          description: "\(problem.path)/problem.yaml:\(setting.line): \(error)",
          isInFile: true
        )
      }
    }
  }

  /// Takes what a problem states and then what a user does.
  ///
  /// Where models are to be asked and the user names none, they are those that the problem describes.
  mutating func apply(_ settings: [(key: String, value: String)], of problem: ProblemFolder?) throws {
    if let problem { try apply(problem: problem) }
    for setting in settings { try set(setting.key, to: setting.value) }
    if search.models.share > 0, models.list.isEmpty, let problem {
      models.list = try ModelsFile.models(of: problem)
    }
  }

  /// The defaults as text, with what each setting means; what a problem decides is left empty.
  package static var documentedDefaults: [(key: String, value: String, meaning: String)] {
    let defaults = scratch
    return Setting.all.map { setting in
      let value = setting.key == "run.workers" ? "one per core" : setting.read(defaults)
      return (setting.key, value, setting.meaning)
    }
  }

  /// The defaults of no problem, to try settings on.
  static var scratch: RunConfiguration {
    RunConfiguration(limits: EvaluationLimits(), target: nil, workers: 0)
  }

  /// The default search: the published one, in which steps climb where that can be done, more of them later.
  static func defaultSearch(seed: UInt64) -> SearchConfiguration {
    SearchConfiguration(seed: seed, climbShare: 0.5, climbShareLater: 0.85)
  }

  private init(limits: EvaluationLimits, target: Double?, workers: Int) {
    search = Self.defaultSearch(seed: 0)
    mutation = MutationSettings()
    self.limits = limits
    steps = 10_000
    self.target = target
    self.workers = workers
    isolation = .auto
  }
}
