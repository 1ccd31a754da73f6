import ArgumentParser
import Experiment
import Foundation

struct DoctorCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Check what this machine offers: Python, isolation, folders.",
    discussion: """
      With --model each model is asked one short question, which costs about as many tokens as it says.

        funsearch doctor
        funsearch doctor --model gemini-3.8-flash

      Exit code 0 when searches can run and models answer, 1 when something required is missing.
      """
  )

  @Option(help: ArgumentHelp("The folder that holds all runs.", valueName: "dir"))
  var results = "Results"

  @OptionGroup var choice: ModelChoiceOptions

  @Flag(help: "Print JSON on standard output and nothing else there.")
  var json = false

  func run() async throws {
    let examination = await Examination.make(installation: try Installation.find(), results: results)
    let models = try choice.selected()
    let trials =
      try await models.isEmpty
      ? [] : ModelTrial.make(models, environment: ProcessInfo.processInfo.environment)
    if json {
      try Output.json(DoctorObject(examination, trials))
    } else {
      for finding in examination.findings {
        let mark = finding.isFine ? "ok     " : finding.isRequired ? "MISSING" : "note   "
        Output.line("\(mark) \(finding.name): \(finding.detail)")
        if let remedy = finding.remedy { Output.line("        \(remedy)") }
      }
      for trial in trials { trial.lines.forEach(Output.line) }
    }
    if !examination.canRun || trials.contains(where: { !$0.isFine }) { throw ExitCode(1) }
  }
}

/// The object of `doctor --json`.
private struct DoctorObject: Encodable {
  let canRun: Bool
  let level: Int
  let python: PythonObject?
  let findings: [FindingObject]
  /// Of those asked for.
  let models: [TrialObject]

  struct PythonObject: Encodable {
    let path: String
    let version: String
    /// Whom programs run as.
    let uid: Int?
  }

  struct FindingObject: Encodable {
    let name: String
    let isFine: Bool
    let isRequired: Bool
    let detail: String
    let remedy: String?

    enum CodingKeys: String, CodingKey {
      case name, detail, remedy
      case isFine = "ok"
      case isRequired = "required"
    }
  }

  enum CodingKeys: String, CodingKey {
    case findings, level, python, models
    case canRun = "can_run"
  }

  init(_ examination: Examination, _ trials: [ModelTrial]) {
    models = trials.map(TrialObject.init)
    canRun = examination.canRun
    level = examination.level
    python = examination.python.map { PythonObject(path: $0.path, version: $0.version, uid: $0.userID) }
    findings = examination.findings.map {
      FindingObject(
        name: $0.name,
        isFine: $0.isFine,
        isRequired: $0.isRequired,
        detail: $0.detail,
        remedy: $0.remedy
      )
    }
  }
}
