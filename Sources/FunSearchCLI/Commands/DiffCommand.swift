import ArgumentParser
import Experiment
import Foundation
import FunSearch
import Reports

struct DiffCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Show what differs between two programs of a run.",
    discussion: """
      In the form of diff -u, coloured on terminals unless NO_COLOR is set. --canonical compares the canonical \
      forms, in which names of locals and other spellings that change nothing are the same.
      """
  )

  @Argument(help: "The number of the first program.")
  var first: Int

  @Argument(help: "The number of the second program.")
  var second: Int

  @OptionGroup var selection: RunSelection

  @Flag(help: "Compare the canonical forms.")
  var canonical = false

  @Flag(help: "Print JSON on standard output and nothing else there.")
  var json = false

  func run() throws {
    let folder = try selection.folder()
    let (old, new) = (
      try ProgramView.program(ProgramID(first), in: folder),
      try ProgramView.program(ProgramID(second), in: folder)
    )
    let diff = UnifiedDiff(from: try text(old), to: try text(new))
    if json { return try Output.json(DiffObject(old, new, diff)) }
    guard !diff.hunks.isEmpty else {
      return Output.note(
        "programs \(first) and \(second) are the same\(canonical ? " in canonical form" : "")"
      )
    }
    let paint = Paint()
    Output.coloured(paint.bold("--- program \(first)  \(old.outcome.shortText)"))
    Output.coloured(paint.bold("+++ program \(second)  \(new.outcome.shortText)"))
    for hunk in diff.hunks {
      Output.coloured(paint.cyan(hunk.header))
      for line in hunk.lines {
        switch line {
        case .same: Output.line(line.text)
        case .removed: Output.coloured(paint.red(line.text))
        case .added: Output.coloured(paint.green(line.text))
        }
      }
    }
  }

  private func text(_ view: ProgramView) throws -> String {
    canonical ? try view.canonicalSource : view.source
  }
}

/// Colours for terminals.
private struct Paint {
  private let isTerminal = isatty(1) == 1
  private let isOn = isatty(1) == 1 && (ProcessInfo.processInfo.environment["NO_COLOR"] ?? "").isEmpty

  func bold(_ text: String) -> String { paint(text, 1) }
  func red(_ text: String) -> String { paint(text, 31) }
  func green(_ text: String) -> String { paint(text, 32) }
  func cyan(_ text: String) -> String { paint(text, 36) }

  private func paint(_ text: String, _ code: Int) -> String {
    let text = isTerminal ? ReportText.visible(text) : text
    return isOn ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }
}

/// The object of `diff --json`.
private struct DiffObject: Encodable {
  let first: Int
  let second: Int
  let equal: Bool
  let firstScore: Double?
  let secondScore: Double?
  let hunks: [HunkObject]

  struct HunkObject: Encodable {
    let header: String
    let lines: [String]
  }

  enum CodingKeys: String, CodingKey {
    case first, second, equal, hunks
    case firstScore = "first_score"
    case secondScore = "second_score"
  }

  init(_ old: ProgramView, _ new: ProgramView, _ diff: UnifiedDiff) {
    first = old.program.number
    second = new.program.number
    equal = diff.hunks.isEmpty
    firstScore = old.outcome.total
    secondScore = new.outcome.total
    hunks = diff.hunks.map { HunkObject(header: $0.header, lines: $0.lines.map(\.text)) }
  }
}
