import Foundation
import FunSearch
import RunJournal
import SandboxWorkers

/// A new run that begins with the first programs of another.
package enum Fork {
  /// Settings that the islands of a state were built by, so that a fork keeps them.
  private static let kept = [
    "search.islands", "search.epoch_steps", "search.cluster_size", "search.cluster_by_behaviour",
  ]

  /// Makes the folder of a new run that holds the first programs of `origin`; it can be resumed.
  ///
  /// - Parameters:
  ///   - origin: the run to begin with.
  ///   - programs: how many of its programs are taken over.
  ///   - settings: what is otherwise from there on, by name.
  ///   - name: of the new run; nil for the next free number.
  ///   - results: the folder of all runs.
  ///   - installation: where the program's own files are.
  /// - Returns: the new run.
  /// - Throws: what is wrong with the run or the settings; then nothing is made.
  package static func make(
    _ origin: RunFolder,
    at programs: Int,
    settings: [(key: String, value: String)],
    name: String?,
    results: String,
    installation: Installation
  ) async throws -> RunFolder {
    let stored = try StoredRun(origin)
    guard let founder = stored.founder else {
      throw RunError("\(origin.path) holds no program yet: the run ended before its first evaluation")
    }
    let length = try stored.historyLength
    guard (0...length).contains(programs) else {
      throw RunError("--at \(programs): \(origin.path) has steps 0 to \(length)", in: .usage)
    }
    let opened = try await stored.open(installation: installation)
    let before = try stored.configuration(stored.metadata, problem: opened.problem)
    var configuration = before
    for setting in settings { try configuration.set(setting.key, to: setting.value) }
    for key in kept where configuration.settings[key] != before.settings[key] {
      throw RunError(
        "\(key) is \(before.settings[key] ?? "") in \(origin.path) and its islands are built by it; a fork keeps it, "
          + "so start a new run to change it",
        in: .usage
      )
    }
    let folder = try ResultsFolder(path: results).makeRun(problem: origin.problem, name: name)
    let lock = try RunLock(folder.path, started: Date())
    defer { withExtendedLifetime(lock) {} }
    let files = FileManager.default
    if files.fileExists(atPath: folder.frozenProblem) { try files.removeItem(atPath: folder.frozenProblem) }
    try files.copyItem(atPath: origin.frozenProblem, toPath: folder.frozenProblem)
    try write(folder, stored, founder, at: programs, configuration)
    return folder
  }

  private static func write(
    _ folder: RunFolder,
    _ stored: StoredRun,
    _ founder: FounderRecord,
    at programs: Int,
    _ configuration: RunConfiguration
  ) throws {
    var digest = HistoryDigest(founder: founder)
    try stored.reader.history(length: programs) { event in
      switch event {
      case .founded: break
      case .committed(let record): digest.add(record)
      case .reset(let record): digest.add(record)
      }
    }
    let own = stored.metadata.filter { Setting.named($0.key) != nil }
    let origin = RunOrigin(
      run: "\(stored.folder.problem)/\(stored.folder.name)",
      at: programs,
      digest: digest.finish(),
      settings: stored.origins.first { $0.at >= programs }?.settings ?? own
    )
    var metadata = stored.metadata.merging(configuration.settings) { $1 }
    metadata["origins"] = RunOrigin.text(stored.origins.filter { $0.at < programs } + [origin])
    let unfinished = folder.journal + ".fork"
    for file in ["", "-wal", "-shm"].map({ unfinished + $0 })
    where FileManager.default.fileExists(atPath: file) {
      try FileManager.default.removeItem(atPath: file)
    }
    let journal = try SQLiteJournal.create(
      unfinished,
      islands: stored.reader.islands,
      metadata: metadata,
      now: { ContinuousClock.now }
    )
    try journal.record(
      RunEvent(.started, wallTime: Date().timeIntervalSince1970, detail: "forked from \(origin.text)")
    )
    try journal.append([.founded(founder)])
    try stored.reader.history(length: programs, withSources: true) { try journal.append([$0]) }
    // Those of later steps too: where nothing else is asked, nothing is paid for again.
    let run = origin.run
    try stored.reader.modelCalls { call in
      guard call.state == .answered || call.state == .failed else { return }
      var call = call
      call.takenFrom = call.takenFrom ?? run
      try journal.keep(call, wallTime: Date().timeIntervalSince1970)
    }
    try journal.close()
    // It takes its place when it is whole, so that no kill leaves a fork with a part of its past.
    try FileManager.default.moveItem(atPath: unfinished, toPath: folder.journal)
  }
}
