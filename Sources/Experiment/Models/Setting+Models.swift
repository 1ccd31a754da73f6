import FunSearch
import LanguageModels
import PythonSyntax

extension Setting {
  /// Settings of language models.
  static let models: [Setting] = [
    Setting(
      key: "models.list",
      meaning: "the models, as --model or a file of models names them; JSON",
      // Of it only what the history depends on may not: StoredRun.configuration(changedBy:problem:).
      mayChange: true,
      read: { $0.models.listText },
      write: { configuration, text in
        do {
          configuration.models.list = try ModelSettings.list(text)
          return nil
        } catch {
          return "a list of models as in a file of models (\(error))"
        }
      }
    ),
    share(
      "models.share",
      "share of steps that ask a model; 0 for none, 1 for all",
      \.search.models.share,
      upToOne: true
    ),
    Setting(
      key: "models.lag",
      meaning: "steps a question may be ahead of its island's last committed one; auto for 4 / share",
      mayChange: false,
      read: { $0.search.models.lag.map(String.init) ?? "auto" },
      write: { configuration, text in
        guard text == "auto" || (1...1000).contains(Int(text) ?? 0) else {
          return "auto, or a whole number from 1 to 1000"
        }
        configuration.search.models.lag = Int(text)
        return nil
      }
    ),
    whole(
      "models.samples",
      "consecutive steps that ask with one prompt",
      \.search.models.samples,
      in: 1...1000
    ),
    Setting(
      key: "models.choice",
      meaning: "how one of several models is chosen: weight, or bandit for those whose answers were better lately",
      mayChange: false,
      read: { $0.search.models.choice.rawValue },
      write: { configuration, text in
        guard let choice = ModelChoice(rawValue: text) else { return "weight or bandit" }
        configuration.search.models.choice = choice
        return nil
      }
    ),
    whole(
      "models.redraws",
      "further answers asked for when one is a duplicate",
      \.search.models.redraws,
      in: 0...1000
    ),
    whole(
      "models.failures",
      "calls without an answer, one after the other, that end a session",
      \.models.failures,
      in: 1...1_000_000,
      mayChange: true
    ),
    limit("models.max_requests", "requests to models in total", \.models.limits.requests),
    limit("models.max_tokens", "tokens of questions and answers in total", \.models.limits.tokens),
    limit("models.max_prompt_tokens", "tokens of questions in total", \.models.limits.promptTokens),
    limit(
      "models.max_output_tokens",
      "tokens of answers in total, thoughts included",
      \.models.limits.outputTokens
    ),
    optional(
      "models.max_usd",
      "US dollars in total, or unlimited",
      \.models.limits.money,
      read: { "\($0)" },
      parse: { positive($0) },
      expected: "a number above 0"
    ),
    Setting(
      key: "models.replay",
      meaning: "the run whose recorded answers are taken instead of asking a model, or none",
      mayChange: true,
      read: { $0.models.replay ?? "none" },
      write: { configuration, text in
        guard text == "none" || text.contains("/") else {
          return "none, or the folder of a run such as Results/cap-set/0001"
        }
        configuration.models.replay = text == "none" ? nil : text
        return nil
      }
    ),
  ]

  private static func limit(_ key: String, _ meaning: String, _ path: SettingPath<Int?>) -> Setting {
    optional(
      key,
      meaning + ", or unlimited",
      path,
      read: { String($0) },
      parse: { wholeNumber($0).flatMap { $0 > 0 ? $0 : nil } },
      expected: "a whole number above 0"
    )
  }
}
