import ArgumentParser
import Experiment
import Foundation
import FunSearch
import Reports

struct ReportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Write what came of a run as one HTML page, with its figures as SVG and CSV.",
    discussion: """
      Every run writes its report when it ends, to report.html in its folder and the folder report beside it; this \
      writes it again, also while the run goes on. The page needs no network and no script. Documentation/Reports.md \
      says what is in it.

        funsearch report
        funsearch report cap-set/0001 --open
        funsearch report cap-set/0001 --output cap-set.html
      """
  )

  @OptionGroup var selection: RunSelection

  @Option(
    name: [.short, .long],
    help: ArgumentHelp("Write the page to this file, without figures beside it.", valueName: "file"),
    completion: .file(extensions: ["html"])
  )
  var output: String?

  @Flag(help: "Show the page in the browser.")
  var open = false

  @Flag(help: "Print JSON on standard output and nothing else there.")
  var json = false

  func run() async throws {
    let folder = try selection.folder()
    let stored = try StoredRun(folder)
    let drawings = await ArtifactDrawings.make(stored, installation: try Installation.find())
    let report = try RunReport(stored, drawings: drawings, isRunning: folder.isRunning)
    if let output {
      try folder.write(report.page.document, to: output)
    } else {
      try folder.write(report)
    }
    let path = output ?? folder.report
    if json {
      try Output.json(ReportObject(report: path, figures: output == nil ? report.figures.map(\.name) : []))
    } else {
      Output.line(path)
    }
    if open { try show(path) }
  }

  /// Opens a file as the desktop does.
  private func show(_ path: String) throws {
    #if os(macOS)
      let opener = "open"
    #else
      let opener = "xdg-open"
    #endif
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [opener, URL(fileURLWithPath: path).path]
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw RunError("\(path) was written, but \(opener) cannot show it here; open it in a browser")
    }
  }
}

/// The object of `report --json`.
private struct ReportObject: Encodable {
  let report: String
  /// Within the run's folder.
  let figures: [String]
}
