import ArgumentParser
import Experiment
import Foundation
import FunSearch
import Reports

struct WatchCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "watch",
    abstract: "Show how a run goes that another process works on.",
    discussion: """
      Shows what run shows, from the journal alone, until the run ends or Ctrl-C is pressed, which does not touch \
      the run. In a pipe it prints a line for each better best, and one every ten seconds.

        funsearch watch
        funsearch watch cap-set/0001 --once
      """
  )

  @OptionGroup var selection: RunSelection

  @Flag(help: "Show how it stands now, and end.")
  var once = false

  func run() async throws {
    let stored = try StoredRun(try selection.folder())
    var watch = try RunWatch(stored)
    var live = LiveRun(
      stored.folder,
      knownBest: watch.knownBest,
      target: watch.metadata["run.target"].flatMap(Double.init),
      steps: watch.metadata["run.steps"].flatMap { Int($0) },
      seconds: watch.metadata["run.max_seconds"].flatMap(Double.init)
    )
    let first = try watch.look()
    guard !once, first.state == .running else {
      return show(live.state(first.progress, note: first.state.text))
    }
    guard let terminal = LiveTerminal() else { return try await follow(&watch, first) }
    terminal.draw(terminal.view.lines(live.state(first.progress, note: "watching")))
    while true {
      try await Task.sleep(for: .milliseconds(500))
      let look = try watch.look()
      let view = terminal.view
      let isOver = look.state != .running
      let state = live.state(look.progress, note: isOver ? look.state.text : "watching")
      terminal.draw(view.lines(state), below: look.improvements.map(view.line))
      if isOver { return }
    }
  }

  /// The state on standard output, as wide as a page.
  private func show(_ state: LiveState) {
    let terminal = LiveTerminal()
    var view = terminal?.view ?? LiveView()
    view.rows = 1000
    for line in view.lines(state) { Output.line(line.plain) }
  }

  /// Plain lines, for pipes.
  private func follow(_ watch: inout RunWatch, _ first: RunWatch.Look) async throws {
    var look = first
    var last = ContinuousClock.now - .seconds(60)
    while true {
      let view = LiveView(columns: 1000)
      for improvement in look.improvements {
        Output.line(view.line(improvement).plain)
      }
      let isOver = look.state != .running
      if isOver || last.duration(to: .now) >= .seconds(10) {
        let tally = look.progress.tally
        let models = look.progress.models.map { "  " + LiveState.Models($0).text } ?? ""
        Output.line(
          "\(look.state.text): step \(tally.steps)  best \(numberText(tally.best.total))\(models)"
        )
        last = .now
      }
      if isOver { return }
      try await Task.sleep(for: .milliseconds(500))
      look = try watch.look()
    }
  }
}
