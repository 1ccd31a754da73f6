import FunSearch
import Synchronization

/// The features of table programs, read once for each: a search learns from the same ones again and again.
///
/// What it answers is a function of the program alone, so that it changes no history.
final class FeatureCache: Sendable {
  private struct Entry {
    let encodedFunction: [UInt8]
    let features: [Feature]
  }

  private static let limit = 4096
  private let entries = Mutex<[ProgramID: Entry]>([:])

  /// The features of the program, by `read` if it is met for the first time.
  func features(of program: Program, _ read: () throws -> [Feature]) rethrows -> [Feature] {
    let known = entries.withLock { $0[program.id] }
    if let known, known.encodedFunction == program.encodedFunction { return known.features }
    let features = try read()
    entries.withLock { entries in
      if entries.count >= Self.limit { entries.removeAll(keepingCapacity: true) }
      entries[program.id] = Entry(encodedFunction: program.encodedFunction, features: features)
    }
    return features
  }
}
