import FunSearch
import PythonSyntax
import RunJournal

/// What a resumed run has otherwise than before.
package struct SettingChanges: Hashable, Sendable {
  /// Sorted by key.
  package let changes: [Change]

  /// One setting and its two values.
  package struct Change: Hashable, Sendable {
    package let key: String
    package let before: String
    package let after: String
  }

  /// As it stands in the journal: `{"run.steps":["50","130"]}`; empty for no change.
  var text: String {
    guard !changes.isEmpty else { return "" }
    let members = changes.map { ($0.key, JSONValue.array([.string($0.before), .string($0.after)])) }
    let object = JSONValue.object(Dictionary(uniqueKeysWithValues: members))
    return String(decoding: object.serialized, as: UTF8.self)
  }
}

extension StoredRun {
  /// What `configuration` has otherwise than the run so far.
  func changes(to configuration: RunConfiguration) -> SettingChanges {
    let settings = configuration.settings.sorted { $0.key < $1.key }
    return SettingChanges(
      changes: settings.compactMap { key, after in
        guard let before = metadata[key], before != after else { return nil }
        return SettingChanges.Change(key: key, before: before, after: after)
      }
    )
  }

  /// Refuses a budget that the run has passed: what it has done cannot be taken back.
  func checkBudget(_ configuration: RunConfiguration) throws {
    if let seconds = configuration.maxSeconds, try elapsedSeconds >= seconds,
      !changes(to: configuration).changes.isEmpty
    {
      throw RunError(
        "run.max_seconds=\(seconds): \(folder.path) has run \(Int(try elapsedSeconds)) s in all sittings; give a longer "
          + "total with --max-time, or --max-time unlimited",
        in: .usage
      )
    }
    guard let steps = configuration.steps, metadata["run.steps"] != String(steps) else { return }
    let done = try reader.lastProgram()
    guard steps < done else { return }
    throw RunError(
      "run.steps=\(steps): \(folder.path) has \(done) steps already, and they stay; name a larger total, or go on "
        + "from there in a new run by: funsearch fork \(folder.path) --at \(steps)",
      in: .usage
    )
  }
}
