import ArgumentParser
import Dashboard
import Experiment
import Foundation

struct ServeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: "Show all runs in a browser, live while they go on.",
    discussion: """
      Answers on 127.0.0.1 only, reads runs and writes nothing, and needs no network. Ctrl-C ends it. What the \
      pages show is there as JSON too, below /api/v1 (Documentation/Dashboard.md).

        funsearch serve --port 8080
        funsearch serve --port 0 --json
      """
  )

  @Option(help: ArgumentHelp("The port, or 0 for any that is free.", valueName: "n"))
  var port = 8080

  @Option(help: ArgumentHelp("The folder that holds all runs.", valueName: "dir"))
  var results = "Results"

  @Flag(help: "Print JSON on standard output and nothing else there.")
  var json = false

  func validate() throws {
    guard (0...65_535).contains(port) else {
      throw ValidationError("--port \(port): a port is a whole number from 0 to 65535")
    }
  }

  func run() async throws {
    #if Network
      var isFolder: ObjCBool = false
      guard unsafe FileManager.default.fileExists(atPath: results, isDirectory: &isFolder), isFolder.boolValue
      else { throw RunError("--results \(results): there is no such folder", in: .usage) }
      endAtOnceOnSignals()
      let server = DashboardServer(
        ResultsFolder(path: results),
        address: DashboardAddress(port: port),
        started: { [results, json] address in
          if json {
            // A text of letters, digits and colons can be encoded.
            try? Output.json(["url": address.url])
          } else {
            Output.line("\(results) is at \(address.url) until you press Ctrl-C")
          }
        }
      )
      try await server.run()
    #else
      throw RunError(
        "this funsearch was built without its trait \"Network\", which the dashboard needs; build it without "
          + "--disable-default-traits"
      )
    #endif
  }
}

/// Nothing is written, so nothing has to be finished: whoever listens is cut off.
private func endAtOnceOnSignals() {
  _ = signal(SIGPIPE, SIG_IGN)
  _ = signal(SIGINT) { _ in _exit(130) }
  _ = signal(SIGTERM) { _ in _exit(143) }
}
