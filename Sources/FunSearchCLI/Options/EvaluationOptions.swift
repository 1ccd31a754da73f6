import ArgumentParser
import Experiment
import SandboxWorkers

/// Flags of commands that evaluate without a run.
struct EvaluationOptions: ParsableArguments {
  @OptionGroup var inputs: InputOptions

  @Option(help: ArgumentHelp("auto, kernel or none, as for run.", valueName: "kind"))
  var isolation = "auto"

  func validate() throws {
    guard IsolationChoice(rawValue: isolation) != nil else {
      throw ValidationError("--isolation \(isolation): write auto, kernel or none")
    }
  }

  func appraisal(problem: String, file: String?) async throws -> Appraisal {
    try await Appraisal.make(
      problem: problem,
      file: file,
      inputs: try inputs.choice(),
      isolation: IsolationChoice(rawValue: isolation) ?? .auto,
      installation: try Installation.find()
    )
  }
}
