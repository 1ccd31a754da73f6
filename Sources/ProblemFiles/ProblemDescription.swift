package import FunSearch

/// What `problem.yaml` says.
package struct ProblemDescription: Sendable {
  package var title: String
  package var description = ""
  package var citation = ""
  /// The specification's file, inside the folder, or NAME/FILE in the folder of the problem NAME.
  package var specification = "specification.py"
  /// The problem whose `view.py` draws artifacts; nil for the one in the folder, or beside the specification.
  package var view: String?
  /// Named sets of inputs; the one a search scores on is `train`.
  package var inputs: [String: [EvaluationInput]] = [:]
  package var aggregate = Aggregate.mean
  /// Best known score by the canonical JSON of an input.
  package var knownBest: [String: Double] = [:]
  package var target: Double?
  package var scoreUnit = 1.0
  package var limits = EvaluationLimits()
  package var trust = Trust.split
  package var noise: Noise?
  /// What a model is told beside the description.
  package var prompt = PromptDescription()
  /// Language models that its runs may ask, not yet read as such; nil where it describes none.
  package var models: YAMLTree?
  /// Defaults for the settings of a run, in the order of the file.
  package var search: [SearchSetting] = []
  /// Python modules the specification needs.
  package var requirements: [String] = []
  /// Files of programs to compare with, by name.
  package var baselines: [String: String] = [:]
  /// What the offline mutator builds from beside the specification, not yet read by Python.
  package var vocabulary = ProblemVocabulary()

  package init(title: String) {
    self.title = title
  }
}

/// What a problem says of its prompts.
package struct PromptDescription: Hashable, Sendable {
  /// Words for the model alone; empty for none.
  package var instructions = ""
  /// The file of the template, inside the folder; nil for the one that comes with the program.
  package var template: String?

  package init(instructions: String = "", template: String? = nil) {
    self.instructions = instructions
    self.template = template
  }
}

/// A default a problem gives for one setting of a run.
package struct SearchSetting: Hashable, Sendable {
  /// Such as `temperature.initial`.
  package let key: String
  /// As written.
  package let value: String
  /// 1-based, in `problem.yaml`.
  package let line: Int

  package init(key: String, value: String, line: Int) {
    self.key = key
    self.value = value
    self.line = line
  }
}
