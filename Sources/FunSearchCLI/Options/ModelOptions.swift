import ArgumentParser
import Experiment
import Foundation
import LanguageModels
import ProblemFiles

/// Which language models are asked, and what they may take.
struct ModelOptions: ParsableArguments {
  @OptionGroup var choice: ModelChoiceOptions
  @OptionGroup var budget: ModelBudgetOptions

  @Option(
    help: ArgumentHelp(
      "Who proposes: offline (the mutator), model, or hybrid (a tenth of the steps asks a model, the mutator does "
        + "the rest; --set models.share for another part). Also the baselines random, hill-climb, paper-random. "
        + "Default: model where --model is given, else offline.",
      valueName: "name"
    )
  )
  var proposer: String?

  @Flag(help: "Keep every answer, so that --replay can use it. Always done; the flag says it aloud.")
  var record = false

  @Option(
    help: ArgumentHelp(
      "Take the answers that another run recorded: no key, no network, the same history. What it did not record "
        + "is an error. Without --model the models and their settings are that run's.",
      valueName: "run"
    )
  )
  var replay: String?

  func validate() throws {
    if proposer == "offline", !choice.models.isEmpty {
      throw ValidationError(
        "--proposer offline asks no model, and --model \(choice.models[0]) names one; leave one of them out"
      )
    }
  }

  /// What goes before the settings of `--set`, and what goes after them.
  func settings(
    problem: String,
    results: String
  ) throws -> (before: [(key: String, value: String)], after: [(String, String)]) {
    var before: [(key: String, value: String)] = []
    var after = budget.settings
    let models = try choice.selected(for: problem)
    var source: RunFolder?
    if let replay {
      let folder = try ResultsFolder(path: results).run(named: replay)
      // A path, even of a folder that stands where one is.
      after.append(("models.replay", folder.path.contains("/") ? folder.path : "./" + folder.path))
      source = folder
    }
    if models.isEmpty, let source {
      before += try StoredRun(source).modelSettings
    } else if !models.isEmpty {
      after.append(("models.list", ModelSettings(models).listText))
    }
    switch proposer {
    case nil: if !models.isEmpty { before.append(("models.share", "1")) }
    case "model"?: before.append(("models.share", "1"))
    case "hybrid"?: before.append(("models.share", "0.1"))
    case let method?:
      before.append(("models.share", "0"))
      after.append(("proposer.method", method))
    }
    return (before, after)
  }
}

/// The models of a command.
struct ModelChoiceOptions: ParsableArguments {
  @Option(
    name: .customLong("model"),
    parsing: .singleValue,
    help: ArgumentHelp(
      "A language model by its name, such as gemini-3.8-flash; with :WEIGHT, its part of the questions. Repeatable. "
        + "Keys come from the environment (GEMINI_API_KEY, OPENAI_API_KEY; FUNSEARCH_API_KEY for --api-base) or a "
        + "file, never from arguments.",
      valueName: "name[:weight]"
    )
  )
  var models: [String] = []

  @Option(
    name: .customLong("models-file"),
    help: ArgumentHelp(
      "A YAML file that describes models under the key models: (Documentation/Models.md), instead of those of the "
        + "problem. Without --model all of them are asked.",
      valueName: "file"
    ),
    completion: .file()
  )
  var file: String?

  @Option(
    name: .customLong("api-base"),
    help: ArgumentHelp(
      "The address of a server that speaks chat completions, such as http://127.0.0.1:11434/v1.",
      valueName: "url"
    )
  )
  var apiBase: String?

  /// The models that flags and file name; names that a problem describes are those, where no file is given.
  func selected(for problem: String? = nil) throws -> [ModelConfiguration] {
    try ModelSelection.models(models, apiBase: apiBase, described: try described(problem))
  }

  private func described(_ problem: String?) throws -> [ModelConfiguration] {
    if let file { return try ModelsFile.models(reading: file) }
    // Without a name nobody is asked for the mere reason that the problem describes somebody.
    guard let problem, !models.isEmpty else { return [] }
    let folder = try ProblemFolder.find(problem, searchIn: try Installation.find().problems)
    return try ModelsFile.models(of: folder)
  }
}

/// What models may take in total, over all sessions.
struct ModelBudgetOptions: ParsableArguments {
  @Option(
    name: .customLong("max-usd"),
    help: ArgumentHelp("US dollars that models may cost in total, or unlimited.", valueName: "usd")
  )
  var money: String?

  @Option(
    name: .customLong("max-tokens"),
    help: ArgumentHelp(
      "Tokens of all questions and answers in total, such as 2e6, or unlimited.",
      valueName: "n"
    )
  )
  var tokens: String?

  @Option(
    name: .customLong("max-requests"),
    help: ArgumentHelp("Requests to models in total, or unlimited.", valueName: "n")
  )
  var requests: String?

  var settings: [(String, String)] {
    let all = [("models.max_usd", money), ("models.max_tokens", tokens), ("models.max_requests", requests)]
    return all.compactMap { key, value in value.map { (key, $0) } }
  }
}
