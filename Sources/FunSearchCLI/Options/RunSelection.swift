import ArgumentParser
import Experiment
import Foundation

/// Names a run; the newest one when nothing is named.
struct RunSelection: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      "The run: a folder, PROBLEM/RUN, or PROBLEM for its newest run. Default: the newest run of all.",
      valueName: "run"
    )
  )
  var run: String?

  @Option(help: ArgumentHelp("The folder that holds all runs.", valueName: "dir"))
  var results = "Results"

  /// The folder meant.
  func folder() throws -> RunFolder {
    try ResultsFolder(path: results).run(named: run)
  }
}
