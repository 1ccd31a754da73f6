import Foundation
import FunSearch
import ProblemFiles
import PythonSyntax
import SandboxWorkers

/// A find that was put among the records.
package struct Record: Sendable {
  package let folder: RecordFolder
  package let certificate: Certificate
  /// The score that stood there before; nil where there was none.
  package let formerScore: Double?
  /// How the program is found again.
  package let command: String

  /// Checks a run and puts its best program among the records.
  ///
  /// - Parameters:
  ///   - run: the run.
  ///   - records: the folder of all records.
  ///   - force: take also what is not verified, or not better than what is there.
  ///   - installation: where the program's own files are.
  /// - Returns: the record as it stands now.
  /// - Throws: ``RunError`` when the claim does not hold, is not verified, or is not better; nothing is changed then.
  package static func make(
    _ run: RunFolder,
    records: String,
    force: Bool,
    installation: Installation
  ) async throws -> Record {
    let verification = try await Verification.make(run: run, installation: installation)
    if let failed = verification.checks.first(where: { !$0.holds }) {
      throw RunError("\(run.path): the check of its \(failed.name) fails: \(failed.detail)", in: .data)
    }
    guard verification.verified || force else {
      throw RunError("\(run.path): its best program is not verified; --force takes it all the same")
    }
    let stored = try StoredRun(run)
    let opened = try await stored.open(installation: installation)
    await opened.reader.stop()
    let configuration = try stored.configuration(changedBy: [], problem: opened.problem)
    let history = try HistorySummary(stored.reader, target: configuration.target)
    let certificate = try Certificate(
      stored,
      problem: opened.problem,
      files: opened.folder?.certified ?? [:],
      history: history
    )
    let folder = RecordFolder(records: records, problem: certificate.problem, inputs: opened.problem.inputs)
    let former = try formerScore(folder, below: certificate, force: force)
    let command = try ReproductionCommand.text(certificate, opened)
    let record = Record(
      folder: folder,
      certificate: certificate,
      formerScore: former,
      command: command
    )
    let code = try ProgramView.program(certificate.program, in: run).code
    try record.write(code, opened, sandbox: installation.sandbox)
    try RecordIndex.write(records)
    return record
  }

  /// The score of the record that is there.
  private static func formerScore(
    _ folder: RecordFolder,
    below certificate: Certificate,
    force: Bool
  ) throws(RunError) -> Double? {
    guard FileManager.default.fileExists(atPath: folder.certificate) else { return nil }
    let former: Double
    do {
      former = try Certificate(reading: folder.certificate).score
    } catch {
      // What cannot be read gives way only when forced.
      guard force else { throw error }
      return nil
    }
    guard certificate.score > former || force else {
      throw RunError(
        "\(folder.path) holds a program of score \(number(former)) already, and this one has "
          + "\(number(certificate.score)); --force puts it in its place all the same"
      )
    }
    return former
  }

  /// Writes all files beside the old ones, then takes their place.
  private func write(_ code: ProgramCode, _ opened: OpenProblem, sandbox: String) throws {
    let files = FileManager.default
    let place = URL(fileURLWithPath: folder.path)
    let parent = place.deletingLastPathComponent().path
    let new = RecordFolder(path: "\(parent)/.\(place.lastPathComponent).new")
    if files.fileExists(atPath: new.path) { try files.removeItem(atPath: new.path) }
    try files.createDirectory(atPath: new.path, withIntermediateDirectories: true)
    for (text, file) in [
      (certificate.text, new.certificate), (artifactText, new.artifact), (readme, new.readme),
      (try certificate.standAlone(code, opened, sandbox: sandbox), new.program),
    ] {
      try Data(text.utf8).write(to: URL(fileURLWithPath: file))
    }
    if files.fileExists(atPath: folder.path) { try files.removeItem(atPath: folder.path) }
    try files.moveItem(atPath: new.path, toPath: folder.path)
  }

  /// The objects, one line for each input.
  private var artifactText: String { Self.artifactText(certificate) }

  static func artifactText(_ certificate: Certificate) -> String {
    let lines = zip(zip(certificate.inputs, certificate.scores), certificate.artifacts).map {
      pair,
      artifact in
      let object = JSONValue.object(["input": pair.0, "score": .double(pair.1), "artifact": artifact])
      return "  " + String(decoding: object.serialized, as: UTF8.self)
    }
    return lines.isEmpty ? "[]\n" : "[\n" + lines.joined(separator: ",\n") + "\n]\n"
  }

  private var readme: String {
    let inputs = certificate.inputs.map { String(decoding: $0.serialized, as: UTF8.self) }
    let maker = "funsearch \(certificate.funsearch), Python \(certificate.python)"
    let verified =
      certificate.verified
      ? "recomputed by the specification's verifier from the object alone" : "not verified"
    let digest = certificate.digest
    return """
      # \(certificate.problem), inputs \(inputs.joined(separator: ", ")): \(Self.number(certificate.score))

      | | |
      |---|---|
      | score | \(Self.number(certificate.score)), \(verified) |
      | program | number \(certificate.program) of a run of \(certificate.steps) steps, seed \(certificate.seed) |
      | made by | \(maker), isolation \(certificate.isolation) |
      | digest of the run | `\(digest)` |

      To find it again:

          \(command)

      To check it: `funsearch verify` with this folder; `python3 best.py` prints the score of each input with nothing
      installed. `best.json` has all settings of the run, `artifact.json` the objects.

      """
  }

  /// A score as people write it: whole numbers without a point.
  static func number(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : "\(value)"
  }
}
