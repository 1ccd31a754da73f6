import ArgumentParser
import Experiment

struct DoctorCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Check what this machine offers: Python, isolation, folders.",
    discussion: "Exit code 0 when searches can run, 1 when something required is missing."
  )

  @Option(help: ArgumentHelp("The folder that holds all runs.", valueName: "dir"))
  var results = "Results"

  @Flag(help: "Print JSON on standard output and nothing else there.")
  var json = false

  func run() async throws {
    let examination = await Examination.make(installation: try Installation.find(), results: results)
    if json {
      try Output.json(DoctorObject(examination))
    } else {
      for finding in examination.findings {
        let mark = finding.isFine ? "ok     " : finding.isRequired ? "MISSING" : "note   "
        Output.line("\(mark) \(finding.name): \(finding.detail)")
        if let remedy = finding.remedy { Output.line("        \(remedy)") }
      }
    }
    if !examination.canRun { throw ExitCode(1) }
  }
}

/// The object of `doctor --json`.
private struct DoctorObject: Encodable {
  let canRun: Bool
  let level: Int
  let python: PythonObject?
  let findings: [FindingObject]

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
    case findings, level, python
    case canRun = "can_run"
  }

  init(_ examination: Examination) {
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
