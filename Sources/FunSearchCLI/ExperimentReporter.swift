import Experiment
import PythonSyntax
import Synchronization

/// Tells how far an experiment is, one line a run.
final class ExperimentReporter: Sendable {
  private let json: Bool
  private let quiet: Bool
  private let count = Mutex<(ended: Int, all: Int, found: Int)>((0, 0, 0))

  init(_ options: OutputOptions) {
    json = options.json
    quiet = options.quiet || options.json
  }

  /// Shows one update.
  @Sendable func show(_ update: ExperimentUpdate) {
    if json, let event = ExperimentEvent(update) { emit(event) }
    guard !quiet else { return }
    switch update {
    case .found: count.withLock { $0.found += 1 }
    case .started(let folder, let runs, let jobs):
      let found = count.withLock { count in
        (count.all, count.ended) = (runs, count.found)
        return count.found
      }
      let there = found > 0 ? ", \(found) of them there already" : ""
      Output.note("\(folder.path): \(runs) runs\(there), \(jobs) side by side")
    case .began(let cell, let resumed):
      if resumed { Output.note("\(cell.run): going on") }
    case .ended(let cell, let summary): ended(cell, summary)
    case .holdingOut(let names):
      Output.note("best programs on held-out inputs: \(names.joined(separator: ", "))")
    }
  }

  private func ended(_ cell: ExperimentPlan.Cell, _ summary: RunSummary) {
    let (ended, all) = count.withLock { count in
      count.ended += 1
      return (count.ended, count.all)
    }
    let ending = summary.ending == .target ? "target reached" : summary.ending.rawValue
    let seconds = Int(summary.wallSeconds.rounded())
    Output.note(
      "[\(ended)/\(all)] \(cell.run): \(ending), best \(numberText(summary.tally.best.total)) after "
        + "\(summary.tally.steps) steps, \(seconds) s"
    )
  }

  /// Shows the end: the table, or the content of experiment.json as the last line.
  func finish(_ report: ExperimentReport) {
    guard json else { return ExperimentTable(report).print() }
    var object = report.json.object ?? [:]
    object["event"] = "finished"
    Output.line(String(decoding: JSONValue.object(object).serialized, as: UTF8.self))
  }

  private func emit(_ event: ExperimentEvent) {
    do {
      try Output.json(event)
    } catch {
      Output.note("an event cannot be written as JSON: \(error)")
    }
  }
}

/// A JSON line of `experiment --json` before the last.
private struct ExperimentEvent: Encodable {
  let event: String
  var folder: String?
  var runs: Int?
  var method: String?
  var seed: UInt64?
  var ending: String?
  var score: Double?
  var steps: Int?
  var digest: String?

  /// Nil for what is not told.
  init?(_ update: ExperimentUpdate) {
    switch update {
    case .found, .holdingOut: return nil
    case .started(let folder, let runs, _):
      event = "started"
      self.folder = folder.path
      self.runs = runs
    case .began(let cell, _):
      event = "run began"
      (method, seed) = (cell.method.name, cell.seed)
    case .ended(let cell, let summary):
      event = "run ended"
      (method, seed) = (cell.method.name, cell.seed)
      ending = summary.ending.rawValue
      score = summary.tally.best.total
      steps = summary.tally.steps
      digest = summary.digest
    }
  }
}
