import Experiment
import Foundation
import FunSearch
import Reports
import RunJournal
import SandboxWorkers
import Synchronization

/// Shows a running search: a live line on terminals, plain lines elsewhere, JSON lines for programs.
final class RunReporter: Sendable {
  private let json: Bool
  private let quiet: Bool
  private let isTerminal = Output.isTerminal
  private let shown = Mutex(Shown())

  private struct Shown {
    var last = ContinuousClock.now
    var hasLiveLine = false
  }

  init(_ options: OutputOptions) {
    json = options.json
    quiet = options.quiet || options.json
  }

  /// Shows one update.
  @Sendable func show(_ update: RunUpdate) {
    switch update {
    case .started(let folder, let configuration, let isolation, let resumedAt):
      started(folder, configuration, isolation, resumedAt)
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
    case .warned(let message): Output.note("warning: \(message)")
    case .improved(let record, let program, let score): improved(record, program, score)
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

  private func improved(_ record: StepRecord, _ program: ProgramID, _ score: Double) {
    if json {
      emit(
        ImprovedEvent(
          program: program.number,
          island: record.step.island.number,
          step: record.step.step,
          score: score,
          verified: record.claim?.verified ?? false
        )
      )
    }
    guard !quiet else { return }
    clearLiveLine()
    let mark = record.claim?.verified == true ? "" : "  (unverified)"
    Output.note(
      "best \(numberText(score))  program \(program)  island \(record.step.island)  "
        + record.operators.joined(separator: " + ") + mark
    )
  }

  private func reset(_ record: ResetRecord) {
    guard json else { return }
    emit(ResetEvent(epoch: record.epoch, islands: record.foundings.map(\.island.number)))
  }

  private func progress(_ progress: RunProgress) {
    guard !quiet else { return }
    let due = shown.withLock { shown in
      let now = ContinuousClock.now
      guard shown.last.duration(to: now) >= (isTerminal ? .milliseconds(200) : .seconds(10)) else {
        return false
      }
      shown.last = now
      shown.hasLiveLine = isTerminal
      return true
    }
    guard due else { return }
    let rate = progress.elapsedSeconds > 0 ? Double(progress.sessionSteps) / progress.elapsedSeconds : 0
    let failed = progress.tally.failures.values.reduce(0, +)
    let islands = progress.islands.prefix(8).map(numberText).joined(separator: " ")
    let text =
      "step \(progress.tally.steps)  best \(numberText(progress.tally.best.total))  \(Int(rate))/s  "
      + "failed \(failed)  epoch \(progress.epoch)  islands \(islands)"
    if isTerminal {
      Output.live(String(text.prefix(79)))
    } else {
      Output.note(text)
    }
  }

  private func clearLiveLine() {
    let live = shown.withLock { shown in
      defer { shown.hasLiveLine = false }
      return shown.hasLiveLine
    }
    if live { Output.live("") }
  }

  /// Shows the end; the last line of JSON output is always `finished`.
  func finish(_ summary: RunSummary) throws {
    clearLiveLine()
    let how: String? =
      switch summary.ending {
      case .interrupted: "go on with: funsearch resume \(summary.folder.path)"
      case .timeBudget: "go on with: funsearch resume \(summary.folder.path) --max-time TIME, a longer total"
      case .finished, .target: nil
      }
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
    Output.line("digest \(summary.digest)")
    Output.line("\(summary.folder.bestProgram) runs with plain Python; funsearch top shows the best programs")
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
