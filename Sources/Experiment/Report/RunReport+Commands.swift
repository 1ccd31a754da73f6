import FunSearch
import ProblemFiles
import PythonSyntax
import Reports

extension RunReport {
  /// Commands that check the run and make it again.
  static func commands(_ stored: StoredRun, _ problem: ProblemFolder?, _ steps: Int) -> [(
    purpose: String, command: String
  )] {
    let path = quoted(stored.folder.path)
    var commands = [
      ("Check the journal, evaluate the best program again and verify it:", "funsearch verify \(path)"),
      (
        "Check the certificate alone, which holds the problem too:",
        "funsearch verify \(quoted(stored.folder.certificate))"
      ),
      (
        "Make the whole search again and compare it, outcomes from the journal; --evaluate runs every program again:",
        "funsearch replay \(path)"
      ),
    ]
    if stored.origins.isEmpty {
      commands.append(("The same history in a new run:", again(stored, problem, steps)))
    }
    return commands.map { (purpose: $0.0, command: $0.1) }
  }

  /// The command that makes the same history in a new run, with every setting that is not the default.
  private static func again(_ stored: StoredRun, _ problem: ProblemFolder?, _ steps: Int) -> String {
    let metadata = stored.metadata
    var words = ["funsearch run", quoted(metadata["problem"] ?? stored.folder.problem)]
    let training = problem?.description.inputs["train"]?.map(\.json)
    if let inputs = try? stored.inputs, inputs != training {
      words.append("--inputs \(quoted(inputs.joined(separator: ",")))")
    }
    words.append("--seed \(metadata["search.seed"] ?? "0") --steps \(steps)")
    let own = Set(
      (problem?.description.search ?? []).map { $0.key.contains(".") ? $0.key : "search.\($0.key)" }
    )
    let defaults = RunConfiguration.scratch
    for setting in Setting.all {
      // Workers, time and isolation do not change a history.
      let isElsewhere = ["search.seed", "run.steps", "run.workers", "run.max_seconds", "run.isolation"]
        .contains(setting.key)
      guard !isElsewhere, let value = metadata[setting.key] else { continue }
      if value != setting.read(defaults) || own.contains(setting.key) {
        words.append("--set \(quoted("\(setting.key)=\(value)"))")
      }
    }
    return words.joined(separator: " ")
  }

  /// A word as a shell takes it.
  static func quoted(_ word: String) -> String {
    if !word.isEmpty, word.wholeMatch(of: /[A-Za-z0-9_.,:=\/+@%-]+/) != nil { return word }
    return "'" + word.replacing("'", with: "'\\''") + "'"
  }
}
