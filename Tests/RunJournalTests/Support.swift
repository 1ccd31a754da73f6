import Foundation
import FunSearch
import RunJournal
import Testing

/// A folder that is gone when the test ends.
final class TemporaryFolder {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.path + "/journal-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  var journal: String { path + "/run.sqlite" }
}

/// A time that stands still, so that groups are closed by their size alone.
func still() -> @Sendable () -> ContinuousClock.Instant {
  let instant = ContinuousClock.now
  return { instant }
}

func newJournal(_ folder: TemporaryFolder, islands: Int = 4, group: Int = 256) throws -> SQLiteJournal {
  try SQLiteJournal.create(
    folder.journal,
    islands: islands,
    metadata: ["problem": "cap-set"],
    grouping: .init(events: group),
    now: still()
  )
}

/// All events of the journal at `path`, each as text that shows every field.
func journaled(_ path: String, withSources: Bool = true) throws -> [String] {
  var events: [String] = []
  try RunReader(path).events(withSources: withSources) { events.append(described($0)) }
  return events
}

/// Texts of events differ where any byte does; composed and decomposed letters too.
func described(_ event: SearchEvent) -> String {
  String(reflecting: event).unicodeScalars.map { $0.escaped(asASCII: true) }.joined()
}

/// The message of the ``JournalError`` that `body` throws, with `folder` left out.
func message(_ folder: TemporaryFolder, _ body: () throws -> Void) -> String {
  do {
    try body()
    return "nothing was thrown"
  } catch let error as JournalError {
    return error.description.replacingOccurrences(of: folder.path, with: "Results")
  } catch {
    return "thrown: \(error)"
  }
}

/// The first place where two histories differ, shortened; nil when they are equal.
func difference(_ read: [String], _ written: some Collection<SearchEvent>) -> String? {
  let written = written.map(described)
  for (place, (a, b)) in zip(read, written).enumerated() where a != b {
    let common = zip(a, b).prefix { $0 == $1 }.count
    return
      "event \(place): read …\(a.dropFirst(common).prefix(60)), written …\(b.dropFirst(common).prefix(60))"
  }
  return read.count == written.count ? nil : "\(read.count) events read, \(written.count) written"
}
