import LanguageModels
import Synchronization

/// Collects what models' clients have to say.
final class NoticeList: Sendable {
  private let notices = Mutex<[ModelNotice]>([])

  func add(_ notice: ModelNotice) {
    notices.withLock { $0.append(notice) }
  }

  func of(_ model: String) -> [String] {
    notices.withLock { $0.filter { $0.model == model }.map(\.text) }
  }
}
