package import FunSearch
import RunJournal

extension Replay {
  /// The first place where a replay went another way.
  package struct Difference: Sendable {
    package let program: ProgramID
    /// Nil for the specification's own program.
    package let step: StepID?
    /// What differs, by the names of `history`.
    package private(set) var fields: [Field]
    /// What the replay did.
    let found: StepRecord?

    /// One thing that was otherwise.
    package struct Field: Hashable, Sendable {
      package let name: String
      package let was: String
      package let `is`: String
    }

    /// A step of the replay that differs, or the reset before it.
    init(_ found: StepRecord, islands: Int, reset: (was: ResetRecord?, is: ResetRecord?)?) {
      program = found.step.program(islands: islands)
      step = found.step
      self.found = found
      fields =
        reset.map {
          [Field(name: "reset", was: Self.text($0.was), is: Self.text($0.is))]
        } ?? []
    }

    /// The specification's own program, evaluated again.
    init(founder was: Outcome, is outcome: Outcome) {
      program = .founder
      step = nil
      found = nil
      fields = [Field(name: "outcome", was: Self.text(was), is: Self.text(outcome))]
    }

    /// Fills in what differs from what the journal holds.
    mutating func compare(_ was: StepRecord?) {
      guard fields.isEmpty, let found else { return }
      guard let was else {
        fields = [Field(name: "step", was: "not in the journal", is: Self.text(found.outcome))]
        return
      }
      let pairs: [(String, String, String)] = [
        ("epoch", "\(was.epoch)", "\(found.epoch)"), ("redraws", "\(was.redraws)", "\(found.redraws)"),
        ("parents", Self.text(was.parents), Self.text(found.parents)),
        ("operators", was.operators.joined(separator: ", "), found.operators.joined(separator: ", ")),
        ("program", "\(was.hash)", "\(found.hash)"),
        ("outcome", Self.text(was.outcome), Self.text(found.outcome)),
        ("registration", was.registration.rawValue, found.registration.rawValue),
        ("claim", was.claim == nil ? "no" : "yes", found.claim == nil ? "no" : "yes"),
      ]
      fields = pairs.filter { $0.1 != $0.2 }.map { Field(name: $0.0, was: $0.1, is: $0.2) }
    }

    private static func text(_ parents: [ProgramID]) -> String {
      parents.map(\.description).joined(separator: ", ")
    }

    private static func text(_ reset: ResetRecord?) -> String {
      guard let reset else { return "none" }
      return reset.foundings.map { "island \($0.island) from program \($0.founder)" }.joined(separator: ", ")
    }

    private static func text(_ outcome: Outcome) -> String {
      switch outcome {
      case .scored(let scores):
        let behaviour = scores.behaviour.map { ", behaviour \($0)" } ?? ""
        return "score \(scores.total) \(scores.perInput)\(behaviour)"
      case .failed(let failure): return "\(failure.kind.rawValue): \(failure.message)"
      }
    }
  }
}
