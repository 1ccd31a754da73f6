import ArgumentParser
import Experiment
import Foundation

struct VerifyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Check the claim of a run, of a best.json alone, or of records, again in fresh processes.",
    discussion: """
      Checks the journal file and its digest (for a run), evaluates the program again, and has the verifier \
      recompute every score from the stored artifact alone. A folder of records has all records in it checked so, \
      and also the files beside each certificate, and the objects by the problem as it is installed here. Exit code \
      0 when all of it holds, else 1.

        funsearch verify
        funsearch verify Results/records
      """
  )

  @Argument(
    help: ArgumentHelp(
      "A run, as for other commands, a certificate (best.json), or a folder of records.",
      valueName: "run|file|records"
    ),
    completion: .file()
  )
  var subject: String?

  @Option(help: ArgumentHelp("The folder that holds all runs.", valueName: "dir"))
  var results = "Results"

  @Flag(help: "Print JSON on standard output and nothing else there.")
  var json = false

  func run() async throws {
    let installation = try Installation.find()
    if let subject, case let records = RecordFolder.all(below: subject), !records.isEmpty {
      return try await verify(records, installation)
    }
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
      show(verification)
    }
    if !verification.holds { throw ExitCode(1) }
  }

  private func verify(_ records: [RecordFolder], _ installation: Installation) async throws {
    var verifications: [Verification] = []
    for record in records {
      let verification = try await Verification.make(record: record, installation: installation)
      if !json { show(verification) }
      verifications.append(verification)
    }
    let failed = verifications.count { !$0.holds }
    if json {
      try Output.json(RecordsObject(holds: failed == 0, records: verifications.map(VerificationObject.init)))
    } else {
      let result = failed == 0 ? "all hold" : "\(failed) do not hold"
      let count = verifications.count == 1 ? "1 record" : "\(verifications.count) records"
      Output.line("\(count) checked, \(result)")
    }
    if failed > 0 { throw ExitCode(1) }
  }

  private func show(_ verification: Verification) {
    Output.line("\(verification.subject): score \(numberText(verification.score))")
    for check in verification.checks {
      Output.line("  \(check.holds ? "ok    " : "FAILED") \(check.name): \(check.detail)")
    }
  }
}

/// The object of `verify --json` for a folder of records.
private struct RecordsObject: Encodable {
  let holds: Bool
  let records: [VerificationObject]
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
