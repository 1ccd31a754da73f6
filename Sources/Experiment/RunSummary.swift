package import FunSearch
import LanguageModels
package import RunJournal

/// How a session of a run ended.
package struct RunSummary: Sendable {
  /// Why it ended.
  package enum Ending: String, Sendable {
    case finished
    case target
    case interrupted
    case timeBudget = "time budget"
    case evaluationBudget = "evaluation budget"
    case requestBudget = "request budget"
    case tokenBudget = "token budget"
    case moneyBudget = "money budget"
    /// A model cannot be asked; ``RunSummary/notice`` says why.
    case modelError = "model error"

    /// Whether a larger budget lets the run go on.
    package var isBudget: Bool {
      switch self {
      case .timeBudget, .evaluationBudget, .requestBudget, .tokenBudget, .moneyBudget: true
      case .finished, .target, .interrupted, .modelError: false
      }
    }

    init(_ models: ModelEnding) {
      self =
        switch models {
        case .budget(.requests): .requestBudget
        case .budget(.promptTokens), .budget(.outputTokens), .budget(.tokens): .tokenBudget
        case .budget(.money): .moneyBudget
        case .refused, .failing: .modelError
        }
    }
  }

  package let folder: RunFolder
  package let seed: UInt64
  package let ending: Ending
  /// Why a model cannot be asked, where that ended the session.
  package let notice: String?
  /// Whether an earlier session ended the run, so that this one had nothing to do.
  package let isEarlier: Bool
  /// Over the canonical history of all sessions.
  package let tally: RunTally
  /// What the models did; nil for a run without.
  package let models: ModelReport?
  package let digest: String
  package let wallSeconds: Double
  package let engineSeconds: Double
  package let workerSeconds: Double
  /// The part of ``workerSeconds`` that evaluated bests again and verified them, start of these workers included.
  package let checkSeconds: Double
  /// The part of ``engineSeconds`` that went into the journal's commits.
  package let journalSeconds: Double
}

/// What a session tells while it runs.
package enum RunUpdate: Sendable {
  case started(RunFolder, RunConfiguration, isolation: String, resumedAt: Int, knownBest: Double?)
  /// The journal's last commit was cut off, by so many bytes; what it held is made again.
  case torn(bytes: Int)
  /// The journal was damaged; what was whole of it is in its place.
  case salvaged(Salvage.Report)
  /// Something to know, once: a budget that is nearly used, what a model's server does not take.
  case notice(String)
  /// Something beside the search failed; the run is none the worse.
  case warned(String)
  /// The run's best so far got better.
  case improved(Improvement)
  case reset(ResetRecord)
  case progress(RunProgress)
}

/// How far a run is.
package struct RunProgress: Sendable {
  package let tally: RunTally
  package let islands: IslandProgress
  /// Over all sessions.
  package let elapsedSeconds: Double
  /// Whenever the best got better in the order in which it did: steps committed and score.
  package let curve: [(steps: Int, score: Double)]
  /// Nil for a run that asks no model.
  package let models: ModelProgress?
}
