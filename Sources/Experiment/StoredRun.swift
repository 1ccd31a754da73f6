import Foundation
package import FunSearch
import ProblemFiles
import PythonSyntax
import Reports
package import RunJournal
package import SandboxWorkers

/// A run as its folder tells it: configuration, problem, founder.
package struct StoredRun: Sendable {
  package let folder: RunFolder
  package let reader: RunReader
  package let metadata: [String: String]
  package let founder: FounderRecord?
  /// The runs it was forked from, oldest first.
  package let origins: [RunOrigin]

  package init(_ folder: RunFolder) throws {
    self.folder = folder
    reader = try RunReader(folder.journal)
    metadata = try reader.metadata()
    founder = try reader.founder()
    origins = try RunOrigin.all(metadata, path: reader.path)
  }

  /// Seconds that earlier sessions took; those that were killed left no word.
  package var elapsedSeconds: Double {
    get throws { try reader.runEvents().elapsedSeconds(isRunning: false, now: .distantPast) }
  }

  /// The inputs the run scores on, as JSON texts.
  package var inputs: [String] {
    get throws {
      let text = metadata["inputs"] ?? "[]"
      guard let values = try JSONValue(parsing: text).array else {
        throw RunError("\(reader.path): the run's inputs cannot be read: \(text)", in: .data)
      }
      return values.map { String(decoding: $0.serialized, as: UTF8.self) }
    }
  }

  package var isolation: IsolationChoice {
    IsolationChoice(rawValue: metadata["run.isolation"] ?? "") ?? .auto
  }

  /// The problem as it was when the run began.
  /// - Throws: also when the frozen files are not those the run began with.
  package func open(installation: Installation) async throws -> OpenProblem {
    let opened = try await OpenProblem.open(
      folder.frozenProblem,
      inputs: .values(try inputs),
      isolation: isolation,
      installation: installation,
      environment: { ProcessInfo.processInfo.environment[$0] }
    )
    let hashes = [opened.problem.hash, opened.folder?.hashWithoutFiles(opened.problem)]
    if let hash = metadata["problem_hash"], !hashes.contains(hash) {
      throw RunError(
        "\(folder.frozenProblem) was changed after the run began: its hash is \(opened.problem.hash.prefix(12))…, "
          + "the run's \(hash.prefix(12))…; put the files back, or start a new run"
          + changes(of: opened.problem, from: hash),
        in: .data
      )
    }
    guard opened.problem.vocabulary.text == metadata["vocabulary"] ?? "" else {
      throw RunError(
        "the vocabulary in \(folder.frozenProblem)/problem.yaml was changed after the run began; put it back, or "
          + "start a new run",
        in: .data
      )
    }
    return opened.named(metadata["problem"] ?? folder.problem)
  }

  /// What was changed in the problem's files, as far as the run's certificate tells.
  private func changes(of problem: Problem, from hash: String) -> String {
    guard let before = try? Certificate(reading: folder.certificate), before.problemHash == hash else {
      return ""
    }
    let diff = UnifiedDiff(from: before.specification, to: problem.specification.source)
    if diff.hunks.isEmpty { return "\nspecification.py is as it was; problem.yaml is not" }
    let lines = diff.hunks.flatMap { [$0.header] + $0.lines.map(\.text) }
    let rest = lines.count > 40 ? ["…"] : []
    let titles = ["", "--- the run's specification.py", "+++ now"]
    return (titles + lines.prefix(40) + rest).joined(separator: "\n")
  }

  /// The run's configuration, without a look at its problem.
  package var configuration: RunConfiguration {
    get throws { try configuration(metadata, over: .scratch) }
  }

  /// The configuration with all the settings that a journal holds.
  package func configuration(_ settings: [String: String], problem: Problem) throws -> RunConfiguration {
    try configuration(settings, over: RunConfiguration(problem: problem, workers: 1))
  }

  private func configuration(
    _ settings: [String: String],
    over defaults: RunConfiguration
  ) throws -> RunConfiguration {
    var configuration = defaults
    // Runs of versions that did not climb say nothing about it.
    configuration.search.climbShare = 0
    configuration.search.climbShareLater = 0
    for setting in Setting.all {
      guard let value = settings[setting.key] else { continue }
      do {
        try configuration.set(setting.key, to: value)
      } catch {
        throw SettingError(description: "\(reader.path): \(error)", isInFile: true)
      }
    }
    return configuration
  }

  /// The run's configuration with `settings` applied; only those that leave the history as it is may change.
  package func configuration(
    changedBy settings: [(key: String, value: String)],
    problem: Problem
  ) throws -> RunConfiguration {
    let configuration = try configuration(metadata, problem: problem)
    var changed = configuration
    for setting in settings { try changed.set(setting.key, to: setting.value) }
    let refused = Setting.all.filter { !$0.mayChange && $0.read(configuration) != $0.read(changed) }
    var differences = refused.map {
      "\($0.key) is \($0.read(configuration)) in this run and cannot become \($0.read(changed))"
    }
    let (before, after) = (configuration.models.historyText, changed.models.historyText)
    if before != after {
      differences.append("the models are \(before) in this run and cannot become \(after)")
    }
    guard differences.isEmpty else {
      throw RunError(
        differences.joined(separator: "; ")
          + ": the history would be another one; start a new run for that, or fork this one",
        in: .usage
      )
    }
    return changed
  }
}
