import ArgumentParser
import Experiment

struct SettingsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "settings",
    abstract: "List what --set can set, with the defaults.",
    discussion: "A problem can set its own defaults under search: in problem.yaml."
  )

  @Flag(help: "Print JSON on standard output and nothing else there.")
  var json = false

  func run() throws {
    let rows = RunConfiguration.documentedDefaults
    if json {
      return try Output.json(rows.map { SettingObject(key: $0.key, value: $0.value, meaning: $0.meaning) })
    }
    Output.line(
      TextTable(["setting", "default", "meaning"]).text(rows.map { [$0.key, $0.value, $0.meaning] })
    )
  }

  private struct SettingObject: Encodable {
    let key: String
    let value: String
    let meaning: String
  }
}
