import Foundation
import FunSearch
import ProblemFiles
import PythonSyntax
import SandboxWorkers

extension Verification {
  /// Checks one record: the certificate as for a run, that the files beside it say the same, and that the objects
  /// have these scores for the problem as it is installed here.
  package static func make(record folder: RecordFolder, installation: Installation) async throws
    -> Verification
  {
    let certificate = try Certificate(reading: folder.certificate)
    var verification = try await make(certificate: folder.certificate, installation: installation)
    verification.check("artifact.json", artifactFile(folder, certificate))
    let opened = try await OpenProblem.open(
      certificate,
      path: folder.certificate,
      workspace: nil,
      installation: installation,
      environment: { ProcessInfo.processInfo.environment[$0] }
    )
    await opened.reader.stop()
    verification.check("best.py", try await programFile(folder, certificate, opened, installation))
    verification.check("problem", try await installedProblem(certificate, installation))
    return verification
  }

  private static func artifactFile(_ folder: RecordFolder, _ certificate: Certificate)
    -> (holds: Bool, detail: String)
  {
    guard let data = FileManager.default.contents(atPath: folder.artifact) else {
      return (false, "\(folder.artifact) is missing; record the run again")
    }
    guard data == Data(Record.artifactText(certificate).utf8) else {
      return (false, "\(folder.artifact) does not say what best.json says")
    }
    return (true, "has the objects of best.json")
  }

  /// Compares `best.py` with the program made from the certificate, as trees; what stands in it for the
  /// files beside a specification may be otherwise where another version made it, or where there are such files.
  private static func programFile(
    _ folder: RecordFolder,
    _ certificate: Certificate,
    _ opened: OpenProblem,
    _ installation: Installation
  ) async throws -> (holds: Bool, detail: String) {
    guard let text = try? String(contentsOfFile: folder.program, encoding: .utf8) else {
      return (false, "\(folder.program) is missing or no text; record the run again")
    }
    guard case .success(let program) = try await opened.parse(certificate.source) else {
      return (false, "the program in best.json cannot be read")
    }
    let code = try CandidateFile.candidate(
      program,
      specification: opened.problem.specification,
      file: "the certificate's program"
    )
    let made = try certificate.standAlone(code, opened, sandbox: installation.sandbox)
    guard case .success(let expected) = try await opened.parse(made) else {
      return (false, "no program can be made from best.json")
    }
    switch try await opened.parse(text) {
    case .failure(let failure): return (false, "\(folder.program): \(failure.message)")
    case .success(let found):
      if found == expected { return (true, "is the program of best.json with its specification") }
      guard certificate.funsearch != funsearchVersion || !certificate.files.isEmpty,
        found.filter({ !$0.isStandIn }) == expected.filter({ !$0.isStandIn })
      else { return (false, "\(folder.program) is not the program of best.json with its specification") }
      return (true, "is that of best.json but for copies of modules, by version \(certificate.funsearch)")
    }
  }

  /// Has today's verifier look at the objects: the certificate holds a specification of its own, which could be any.
  private static func installedProblem(
    _ certificate: Certificate,
    _ installation: Installation
  ) async throws -> (holds: Bool, detail: String) {
    let name = certificate.problem
    guard ProblemFolder.names(in: installation.problems).contains(name) else {
      return (false, "there is no problem \(name) here; install it, or run this where it is")
    }
    let opened = try await OpenProblem.open(
      name,
      inputs: .values(certificate.inputs.map { String(decoding: $0.serialized, as: UTF8.self) }),
      isolation: .auto,
      installation: installation,
      environment: { ProcessInfo.processInfo.environment[$0] }
    )
    let isSame = opened.problem.specification.source == certificate.specification
    let version = "the specification " + (isSame ? "is that of \(name)" : "of \(name) has changed since")
    guard let verifier = opened.problem.specification.verify, !certificate.artifacts.isEmpty else {
      await opened.reader.stop()
      return (isSame, version)
    }
    let pool = try opened.pool(workers: 1)
    do {
      let texts = certificate.artifacts.map { String(decoding: $0.serialized, as: UTF8.self) }
      let failure = try await pool.verify(artifacts: texts, claimed: certificate.scores)
      await pool.stop()
      if let failure { return (false, "\(version), and \(failure.message)") }
      return (true, "\(version), and its \(verifier) finds \(certificate.scores)")
    } catch {
      await pool.stop()
      throw error
    }
  }
}

extension Statement {
  /// The statement of `best.py` that holds copies of what stood beside the specification.
  fileprivate var isStandIn: Bool {
    guard case .conditional(.comparison(.name("__name__"), let links), _, _) = self else { return false }
    return links == [Comparison(.notEqual, .constant(.string("specification")))]
  }
}
