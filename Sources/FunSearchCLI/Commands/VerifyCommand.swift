import ArgumentParser
import Experiment
import Foundation

struct VerifyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Check the claim of a run, or of a best.json alone, again in fresh processes.",
    discussion: """
      Checks the journal file and its digest (for a run), evaluates the program again, and has the verifier \
      recompute every score from the stored artifact alone. Exit code 0 when all of it holds, else 1.
      """
  )

  @Argument(
    help: ArgumentHelp("A run, as for other commands, or a certificate (best.json).", valueName: "run|file"),
    completion: .file()
  )
  var subject: String?

  @Option(help: ArgumentHelp("The folder that holds all runs.", valueName: "dir"))
  var results = "Results"

  @Flag(help: "Print JSON on standard output and nothing else there.")
  var json = false

  func run() async throws {
    let installation = try Installation.find()
    let verification: Verification
    if let subject, subject.hasSuffix(".json") {
      verification = try await Verification.make(certificate: subject, installation: installation)
    } else {
      let folder = try ResultsFolder(path: results).run(named: subject)
      verification = try await Verification.make(run: folder, installation: installation)
    }
    if json {
      try Output.json(VerificationObject(verification))
    } else {
      Output.line("\(verification.subject): score \(numberText(verification.score))")
      for check in verification.checks {
        Output.line("  \(check.holds ? "ok    " : "FAILED") \(check.name): \(check.detail)")
      }
    }
    if !verification.holds { throw ExitCode(1) }
  }
}

/// The object of `verify --json`.
private struct VerificationObject: Encodable {
  let subject: String
  let holds: Bool
  let verified: Bool
  let score: Double
  let checks: [CheckObject]

  struct CheckObject: Encodable {
    let name: String
    let holds: Bool
    let detail: String
  }

  init(_ verification: Verification) {
    subject = verification.subject
    holds = verification.holds
    verified = verification.verified
    score = verification.score
    checks = verification.checks.map { CheckObject(name: $0.name, holds: $0.holds, detail: $0.detail) }
  }
}
