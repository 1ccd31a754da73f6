import LanguageModels
import Synchronization

/// What a budget warned of.
final class Warnings: Sendable {
  private let state = Mutex<[SpendWarning]>([])

  var all: [SpendWarning] { state.withLock { $0 } }

  func add(_ warning: SpendWarning) { state.withLock { $0.append(warning) } }
}
