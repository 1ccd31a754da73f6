import FunSearch
import ProblemFiles

/// The command that finds a certificate's program again.
enum ReproductionCommand {
  /// Settings that change no history.
  private static let free = ["run.workers", "run.steps", "run.max_seconds", "run.isolation", "search.seed"]

  /// The command that finds the program again; for a run that was forked, the last of its commands.
  ///
  /// It has the run's seed, what the run has otherwise than the problem's defaults, and as many steps as the
  /// program's number: a history does not depend on where it ends.
  ///
  /// - Parameters:
  ///   - certificate: of the program.
  ///   - opened: the problem as the run has it.
  /// - Returns: one line for a shell.
  /// - Throws: what is wrong with the settings in the problem's file.
  static func text(_ certificate: Certificate, _ opened: OpenProblem) throws -> String {
    var words = ["funsearch"]
    if let origin = certificate.origin {
      words += ["fork", quoted(origin.run), "--at", String(origin.at)]
    } else {
      words += ["run", quoted(certificate.problem)]
      let inputs = opened.problem.inputs
      if opened.folder?.description.inputs["train"] != inputs {
        words += ["--inputs", quoted(inputs.map(\.json).joined(separator: ","))]
      }
    }
    words += ["--seed", String(certificate.seed), "--steps", certificate.program.description]
    var defaults = RunConfiguration(problem: opened.problem, workers: 1)
    if let folder = opened.folder { try defaults.apply(problem: folder) }
    for setting in Setting.all where !free.contains(setting.key) {
      guard let value = certificate.settings[setting.key], value != setting.read(defaults) else { continue }
      words += ["--set", quoted("\(setting.key)=\(value)")]
    }
    return words.joined(separator: " ")
  }

  /// A word as a shell takes it.
  private static func quoted(_ word: String) -> String {
    let isPlain = word.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_./=,:".contains($0)) }
    return isPlain ? word : "'" + word.replacing("'", with: "'\\''") + "'"
  }
}
