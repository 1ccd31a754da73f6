import Foundation
import FunSearch
import ProblemFiles
import PythonSyntax
import RunJournal
import SandboxWorkers

/// A claim checked again: what was looked at, and whether it holds.
package struct Verification: Sendable {
  /// The run or file.
  package let subject: String
  package let score: Double
  package private(set) var checks: [Check] = []
  /// Whether the specification's verifier found the claimed scores in the stored artifacts.
  package private(set) var verified = false

  /// One thing that was looked at.
  package struct Check: Hashable, Sendable {
    package let name: String
    package let holds: Bool
    package let detail: String
  }

  package var holds: Bool { checks.allSatisfy(\.holds) }

  /// Checks a run: its file, its digest, its best program, its certificate, and every program that was once its
  /// best.
  package static func make(run folder: RunFolder, installation: Installation) async throws -> Verification {
    let stored = try StoredRun(folder)
    let opened = try await stored.open(installation: installation)
    let configuration = try stored.configuration(changedBy: [], problem: opened.problem)
    let history = try HistorySummary(stored.reader, target: configuration.target)
    let certificate = try Certificate(
      stored,
      problem: opened.problem,
      files: opened.folder?.certified ?? [:],
      history: history
    )
    var verification = Verification(subject: folder.path, score: certificate.score)
    verification.check("journal", try integrity(stored.reader))
    verification.checkDigest(history, stored: try stored.reader.runEvents())
    verification.checkFile(folder, certificate)
    let curve = try BestCurve(stored, founder: history.founder)
    try await verification.check(certificate, curve, opened, limits: configuration.limits)
    return verification
  }

  /// Checks a certificate with nothing but what it holds.
  package static func make(certificate path: String, installation: Installation) async throws -> Verification
  {
    let certificate = try Certificate(reading: path)
    var workspace: String?
    defer { if let workspace { try? FileManager.default.removeItem(atPath: workspace) } }
    if !certificate.files.isEmpty {
      let folder = FileManager.default.temporaryDirectory.path + "/funsearch-" + UUID().uuidString
      workspace = folder
      try certificate.files.map { ProblemFile(name: $0.key, text: $0.value) }.write(below: folder)
    }
    let opened = try await OpenProblem.open(
      certificate,
      path: path,
      workspace: workspace,
      installation: installation,
      environment: { ProcessInfo.processInfo.environment[$0] }
    )
    var verification = Verification(subject: path, score: certificate.score)
    try await verification.check(certificate, nil, opened, limits: opened.problem.limits)
    return verification
  }

  private init(subject: String, score: Double) {
    self.subject = subject
    self.score = score
  }

  mutating func check(_ name: String, _ finding: (holds: Bool, detail: String)) {
    checks.append(Check(name: name, holds: finding.holds, detail: finding.detail))
  }

  private static func integrity(_ reader: RunReader) throws -> (holds: Bool, detail: String) {
    do {
      try reader.checkIntegrity()
      return (true, "\(reader.path) is whole")
    } catch {
      return (false, "\(error)")
    }
  }

  private mutating func checkDigest(_ history: HistorySummary, stored events: [RunEvent]) {
    guard let last = events.last(where: { $0.digest != nil }), let digest = last.digest, events.last == last
    else {
      return check(
        "digest",
        (true, "\(history.digest) of \(history.tally.steps) steps (the run has not ended)")
      )
    }
    check(
      "digest",
      digest == history.digest
        ? (true, "\(digest) of \(history.tally.steps) steps")
        : (false, "the history's digest is \(history.digest), the run ended with \(digest)")
    )
  }

  /// Compares `best.json` with the journal; a run that was killed has an older one, or none.
  private mutating func checkFile(_ folder: RunFolder, _ certificate: Certificate) {
    guard FileManager.default.fileExists(atPath: folder.certificate) else {
      return check("best.json", (true, "not written yet: the run has not ended"))
    }
    do {
      let file = try Certificate(reading: folder.certificate)
      let isWhole = file.digest == certificate.digest
      var expected = certificate
      if file.files.isEmpty { expected.files = [:] }
      let agrees = isWhole ? file.text == expected.text : file.steps < certificate.steps
      check(
        "best.json",
        agrees
          ? (
            true, isWhole ? "says what the journal says" : "of an earlier session, after \(file.steps) steps"
          )
          : (false, "\(folder.certificate) does not say what the journal says; resume writes it again")
      )
    } catch {
      check("best.json", (false, "\(error)"))
    }
  }

  /// Runs the program again, and has the verifier look at the stored artifacts; the same for all of a curve.
  private mutating func check(
    _ certificate: Certificate,
    _ curve: BestCurve?,
    _ opened: OpenProblem,
    limits: EvaluationLimits
  ) async throws {
    let problem = opened.problem.with(limits)
    let pool = try opened.pool(for: problem, workers: 1)
    do {
      if let noise = problem.noise {
        try await checkNoisy(certificate, noise, opened, pool)
      } else {
        check("program", try await program(certificate, opened, pool))
        check("artifact", try await artifacts(certificate, problem, pool))
      }
      if let curve { check("curve", try await curve.verify(problem, pool)) }
      await pool.stop()
    } catch {
      await pool.stop()
      throw error
    }
  }

  /// The same for a noisy problem, where the artifacts are evidence.
  private mutating func checkNoisy(
    _ certificate: Certificate,
    _ noise: Noise,
    _ opened: OpenProblem,
    _ pool: SandboxPool
  ) async throws {
    let claimed = Scores(perInput: certificate.scores, total: certificate.score)
    let evidence = NoisyVerification(
      opened.problem,
      noise,
      claimed: claimed,
      artifacts: certificate.artifacts
    )
    guard let evidence else {
      return check("noise", (false, "there are not \(noise.repeats) scores of each input, measured twice"))
    }
    check("noise", evidence.arithmetic(amongMany: certificate.program != .founder))
    let (job, fault) = try await job(certificate, opened)
    if let job {
      check("program", try await evidence.evaluation(job, pool))
    } else {
      check("program", (false, fault))
    }
    guard pool.canVerify(evidence.evidence) else {
      return check("artifact", (true, "unverified: there is no verifier, or no artifact for it"))
    }
    if let failure = try await pool.verify(evidence.evidence) {
      return check("artifact", (false, failure.message))
    }
    verified = true
    check("artifact", (true, "every score measured again was found in its stored artifact alone"))
  }

  /// The certificate's program, ready to be evaluated, or what is wrong with its text.
  private func job(
    _ certificate: Certificate,
    _ opened: OpenProblem
  ) async throws -> (job: EvaluationJob?, fault: String) {
    switch try await opened.parse(certificate.source) {
    case .failure(let failure): return (nil, failure.message)
    case .success(let module):
      let code = try CandidateFile.candidate(
        module,
        specification: opened.problem.specification,
        file: "the certificate's program"
      )
      return (EvaluationJob(code: code, source: code.source), "")
    }
  }

  private func program(
    _ certificate: Certificate,
    _ opened: OpenProblem,
    _ pool: SandboxPool
  ) async throws -> (holds: Bool, detail: String) {
    let (known, fault) = try await job(certificate, opened)
    guard let job = known else { return (false, fault) }
    let evaluation = try await pool.evaluate(job)
    switch evaluation.outcome {
    case .failed(let failure): return (false, "it fails now (\(failure.kind.rawValue)): \(failure.message)")
    case .scored(let scores):
      guard scores.perInput == certificate.scores, scores.total == certificate.score else {
        return (false, "it scores \(scores.perInput) now, the claim is \(certificate.scores)")
      }
      return (true, "evaluated again, scores \(scores.perInput)")
    }
  }

  private mutating func artifacts(
    _ certificate: Certificate,
    _ problem: Problem,
    _ pool: SandboxPool
  ) async throws -> (holds: Bool, detail: String) {
    guard let name = problem.specification.verify else {
      return (true, "unverified: the specification has no verifier")
    }
    guard !certificate.artifacts.isEmpty else {
      return (true, "unverified: the evaluator gives no artifact")
    }
    let texts = certificate.artifacts.map { String(decoding: $0.serialized, as: UTF8.self) }
    if let failure = try await pool.verify(artifacts: texts, claimed: certificate.scores) {
      return (false, failure.message)
    }
    verified = true
    return (true, "\(name) finds \(certificate.scores) in the stored artifact alone")
  }
}
