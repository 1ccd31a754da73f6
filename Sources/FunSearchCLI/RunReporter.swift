import Experiment
import Foundation
import FunSearch
import Reports
import RunJournal
import SandboxWorkers
import Synchronization

/// Shows a running search: a live block on terminals, plain lines elsewhere, JSON lines for programs.
final class RunReporter: Sendable {
  private let json: Bool
  private let quiet: Bool
  /// Nil where lines are all there is.
  private let terminal: LiveTerminal?
  private let shown = Mutex(Shown())

  private struct Shown {
    var last = ContinuousClock.now
    var first: (seconds: Double, steps: Int)?
    var live: LiveRun?
    /// Improvements that are shown with the next block.
    var waiting: [Improvement] = []
    var isEnding = false
  }

  init(_ options: OutputOptions) {
    json = options.json
    quiet = options.quiet || options.json
    terminal = quiet ? nil : LiveTerminal()
  }

  /// Shows one update.
  @Sendable func show(_ update: RunUpdate) {
    switch update {
    case .started(let folder, let configuration, let isolation, let resumedAt, let knownBest):
      started(folder, configuration, isolation, resumedAt)
      shown.withLock {
        $0.live = LiveRun(
          folder,
          knownBest: knownBest,
          target: configuration.target,
          steps: configuration.steps,
          seconds: configuration.maxSeconds
        )
      }
    case .salvaged(let report):
      Output.note(
        "the journal was damaged: its first \(report.steps) steps are kept, and the rest is made again; the damaged "
          + "file is \(report.damaged)"
      )
    case .torn(let bytes):
      Output.note(
        "the end of the journal is torn: \(bytes) bytes of a commit that was cut off are dropped, and its steps "
          + "are made again"
      )
    case .notice(let text):
      terminal?.clear()
      if json { emit(NoticeEvent(text: text)) }
      Output.note("note: \(text)")
    case .warned(let message):
      terminal?.clear()
      Output.note("warning: \(message)")
    case .improved(let improvement): improved(improvement)
    case .reset(let record): reset(record)
    case .progress(let progress): self.progress(progress)
    }
  }

  private func started(
    _ folder: RunFolder,
    _ configuration: RunConfiguration,
    _ isolation: String,
    _ resumedAt: Int
  ) {
    let search = configuration.search
    if json {
      emit(
        StartedEvent(
          run: folder.name,
          directory: folder.path,
          problem: folder.problem,
          seed: search.seed,
          isolation: isolation,
          resumedAt: resumedAt
        )
      )
    }
    guard !quiet else { return }
    let budget = configuration.steps.map { "\($0) steps" } ?? "no limit of steps"
    Output.note(
      "\(folder.path): \(search.islands) islands, \(budget), seed \(search.seed), "
        + "\(configuration.workers) workers"
    )
    Output.note("isolation: \(isolation)")
    if configuration.isolation == .none {
      Output.note("WARNING: --isolation none: candidates run with all your rights and are not contained")
    }
    if resumedAt > 0 { Output.note("going on after step \(resumedAt)") }
  }

  private func improved(_ improvement: Improvement) {
    if json {
      emit(
        ImprovedEvent(
          program: improvement.program.number,
          island: improvement.island,
          step: improvement.step,
          score: improvement.score,
          verified: improvement.verified
        )
      )
    }
    guard !quiet else { return }
    guard terminal == nil else { return shown.withLock { $0.waiting.append(improvement) } }
    let mark = improvement.verified ? "" : "  (unverified)"
    Output.note(
      "best \(numberText(improvement.score))  program \(improvement.program)  island \(improvement.island)  "
        + improvement.operators.joined(separator: " + ") + mark
    )
  }

  private func reset(_ record: ResetRecord) {
    guard json else { return }
    emit(ResetEvent(epoch: record.epoch, islands: record.foundings.map(\.island.number)))
  }

  private func progress(_ progress: RunProgress) {
    guard !quiet else { return }
    let interval: Duration = terminal == nil ? .seconds(10) : .milliseconds(200)
    let now = ContinuousClock.now
    let isDue = shown.withLock { shown in
      if shown.first == nil { shown.first = (progress.elapsedSeconds, progress.tally.steps) }
      guard shown.last.duration(to: now) >= interval else { return false }
      shown.last = now
      return true
    }
    guard isDue else { return }
    if let terminal { draw(progress, on: terminal) } else { note(progress) }
  }

  /// One line of where the run is.
  private func note(_ progress: RunProgress) {
    let first = shown.withLock { $0.first } ?? (seconds: 0, steps: 0)
    let seconds = progress.elapsedSeconds - first.seconds
    let rate = seconds > 0 ? Double(progress.tally.steps - first.steps) / seconds : 0
    let failed = progress.tally.failures.values.reduce(0, +)
    let islands = progress.islands.islands.prefix(8).map { numberText($0.best) }.joined(separator: " ")
    Output.note(
      "step \(progress.tally.steps)  best \(numberText(progress.tally.best.total))  \(Int(rate))/s  "
        + "failed \(failed)  epoch \(progress.islands.epoch)  islands \(islands)"
        + (progress.models.map { "  " + LiveState.Models($0).text } ?? "")
    )
  }

  private func draw(_ progress: RunProgress, on terminal: LiveTerminal) {
    let (state, improvements) = shown.withLock { shown in
      if Interruption.isRequested, !shown.isEnding {
        // What was written about it stands below the block, which is drawn anew beneath.
        shown.isEnding = true
        terminal.leave()
      }
      defer { shown.waiting = [] }
      return (shown.live?.state(progress, note: shown.isEnding ? "ending" : ""), shown.waiting)
    }
    guard let state else { return }
    let view = terminal.view
    terminal.draw(view.lines(state), below: improvements.map(view.line))
  }

  /// Takes the block away, after the improvements that it has not shown.
  private func clear() {
    guard let terminal else { return }
    let improvements = shown.withLock { shown in
      defer { shown.waiting = [] }
      if Interruption.isRequested, !shown.isEnding { terminal.leave() }
      return shown.waiting
    }
    terminal.clear()
    let view = terminal.view
    if !improvements.isEmpty {
      terminal.draw([], below: improvements.map(view.line))
    }
  }

  /// Shows the end; the last line of JSON output is always `finished`.
  func finish(_ summary: RunSummary) throws {
    clear()
    let how: String? =
      switch summary.ending {
      case .interrupted: "go on with: funsearch resume \(summary.folder.path)"
      case .timeBudget: "go on with: funsearch resume \(summary.folder.path) --max-time TIME, a longer total"
      case .evaluationBudget:
        "go on with: funsearch resume \(summary.folder.path) --set run.max_evaluations=N, a larger total"
      case .requestBudget:
        "go on with: funsearch resume \(summary.folder.path) --max-requests N, a larger total"
      case .tokenBudget: "go on with: funsearch resume \(summary.folder.path) --max-tokens N, a larger total"
      case .moneyBudget: "go on with: funsearch resume \(summary.folder.path) --max-usd USD, a larger total"
      case .modelError:
        "when that is mended, go on with: funsearch resume \(summary.folder.path); nothing that was answered is asked again"
      case .finished, .target: nil
      }
    if let notice = summary.notice { Output.note("Error: \(notice)") }
    if json {
      if let how { Output.note(how) }
      return try Output.json(FinishedEvent(summary))
    }
    if summary.isEarlier {
      let state =
        summary.ending == .timeBudget ? "has used its time" : "is finished"
      let more =
        summary.ending == .timeBudget ? "--max-time with a longer total" : "--steps N with a larger N"
      Output.line("\(summary.folder.path) \(state) and was left as it is; \(more) goes on")
    }
    let tally = summary.tally
    let best = tally.best
    Output.line(
      "\(summary.ending == .target ? "target reached" : summary.ending.rawValue): best \(numberText(best.total)) "
        + "(program \(best.program), \(best.verified ? "verified" : "unverified")) after \(tally.steps) steps, "
        + "\(tally.evaluations) evaluations, \(tally.duplicates) duplicates"
    )
    if !tally.failures.isEmpty {
      let failures = tally.failures.sorted { $0.key.rawValue < $1.key.rawValue }
      Output.line("failed: " + failures.map { "\($0.value) \($0.key.rawValue)" }.joined(separator: ", "))
    }
    if let models = summary.models { Output.line(ModelTable.line(models)) }
    Output.line("digest \(summary.digest)")
    Output.line("\(summary.folder.bestProgram) runs with plain Python; funsearch top shows the best programs")
    if FileManager.default.fileExists(atPath: summary.folder.report) {
      Output.line("\(summary.folder.report) shows what came of the run")
    }
    if let how { Output.line(how) }
  }

  private func emit(_ event: some Encodable) {
    do {
      try Output.json(event)
    } catch {
      Output.note("an event cannot be written as JSON: \(error)")
    }
  }
}

/// A score as people write it: whole numbers without a point.
func numberText(_ value: Double) -> String { ReportNumber.score(value) }
