import ArgumentParser
import Experiment
import Foundation
import LanguageModels
import ProblemFiles
import RunJournal
import SandboxWorkers

/// Exit codes beside 0 and 1, as in sysexits.h and the shells.
enum ExitStatus {
  static let usage = ExitCode(64)
  static let badData = ExitCode(65)
  static let interrupted = ExitCode(130)

  /// The exit code for an error of ours; nil for one that ArgumentParser explains.
  static func of(_ error: any Error) -> ExitCode? {
    switch error {
    case let error as RunError:
      switch error.cause {
      case .usage: usage
      case .data: badData
      case .circumstances: .failure
      }
    case let error as SettingError: error.isInFile ? badData : usage
    case is ModelConfigurationError: usage
    case ProblemFilesError.unknownInputs: usage
    case is ProblemFilesError: badData
    case let error as SandboxError:
      if case .specification = error { badData } else { .failure }
    case let error as JournalError:
      switch error {
      case .notAJournal, .newerFormat, .damaged, .lost: badData
      case .missing, .exists, .full, .readOnly, .refused, .locked, .failed: .failure
      }
    default: nil
    }
  }
}
