import ArgumentParser
import Experiment

/// How long to search, and anything else by name.
///
/// Each is a setting with a name of its own;
/// a flag wins over `--set`, and `--set` over `search:` in problem.yaml.
struct BudgetOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Steps of all islands in total, or unlimited. Default: 10000.", valueName: "n"))
  var steps: String?

  @Option(
    name: .customLong("max-time"),
    help: ArgumentHelp("Time to run in total, such as 90, 90s, 15m or 2h.", valueName: "time")
  )
  var maxTime: String?

  @Option(help: ArgumentHelp("Stop at the first program with this score, or unlimited.", valueName: "score"))
  var target: String?

  @Option(help: ArgumentHelp("Sandboxed worker processes. Default: one per core.", valueName: "n"))
  var workers: String?

  @OptionGroup var others: SettingOptions

  /// The settings given, in the order they are applied.
  func settings() throws -> [(key: String, value: String)] {
    try budgetSettings(others.assignments, steps: steps, maxTime: maxTime, target: target, workers: workers)
  }
}

/// The same flags where a run is there already, whose own values are the defaults.
struct ResumeBudgetOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("Steps of all islands in total, or unlimited. Default: the run's.", valueName: "n")
  )
  var steps: String?

  @Option(
    name: .customLong("max-time"),
    help: ArgumentHelp(
      "Time to run in total, such as 90, 90s, 15m or 2h, or unlimited. Default: the run's.",
      valueName: "time"
    )
  )
  var maxTime: String?

  @Option(
    help: ArgumentHelp(
      "Stop at the first program with this score, or unlimited. Default: the run's.",
      valueName: "score"
    )
  )
  var target: String?

  @Option(help: ArgumentHelp("Sandboxed worker processes. Default: the run's.", valueName: "n"))
  var workers: String?

  @OptionGroup var others: SettingOptions

  /// The settings given, in the order they are applied.
  func settings() throws -> [(key: String, value: String)] {
    try budgetSettings(others.assignments, steps: steps, maxTime: maxTime, target: target, workers: workers)
  }
}

/// Any setting by its name.
struct SettingOptions: ParsableArguments {
  @Option(
    name: .customLong("set"),
    parsing: .singleValue,
    help: ArgumentHelp(
      "Any setting by name; funsearch settings lists them. Repeatable.",
      valueName: "key=value"
    )
  )
  var assignments: [String] = []
}

/// Settings by name, then those with flags of their own.
func budgetSettings(
  _ assignments: [String],
  steps: String?,
  maxTime: String?,
  target: String?,
  workers: String?
) throws -> [(key: String, value: String)] {
  var settings: [(key: String, value: String)] = []
  for assignment in assignments {
    guard let equals = assignment.firstIndex(of: "="), equals > assignment.startIndex else {
      throw ValidationError("--set \(assignment): write --set key=value, such as --set search.lag=8")
    }
    settings.append((String(assignment[..<equals]), String(assignment[assignment.index(after: equals)...])))
  }
  if let steps { settings.append(("run.steps", steps)) }
  if let maxTime { settings.append(("run.max_seconds", try seconds(maxTime))) }
  if let target { settings.append(("run.target", target)) }
  if let workers { settings.append(("run.workers", workers)) }
  return settings
}

/// The seconds of a time such as 90, 90s, 15m or 2h, as text.
func seconds(_ text: String) throws -> String {
  guard text != "unlimited" else { return text }
  let units = ["s": 1.0, "m": 60, "h": 3600, "d": 86_400]
  let unit = text.last.flatMap { units[String($0)] }
  guard let number = Double(unit == nil ? text : String(text.dropLast())), number > 0, number.isFinite
  else {
    throw ValidationError("--max-time \(text): write a time such as 90, 90s, 15m or 2h")
  }
  return String(number * (unit ?? 1))
}
