import PythonSyntax

/// Where a run was forked from.
///
/// Its first `at` programs are those of the other run, made under `settings`; the run's own settings hold from
/// the next one on.
package struct RunOrigin: Hashable, Sendable {
  /// PROBLEM/RUN of the run it came from.
  package let run: String
  /// How many programs were taken over.
  package let at: Int
  /// Digest of the history of these programs.
  package let digest: String
  /// All settings of the run while it made these programs.
  package let settings: [String: String]

  package init(run: String, at: Int, digest: String, settings: [String: String]) {
    self.run = run
    self.at = at
    self.digest = digest
    self.settings = settings
  }

  /// `cap-set/0001 at 500`.
  package var text: String { "\(run) at \(at)" }

  /// As it stands in a journal and in a certificate.
  var json: JSONValue {
    .object([
      "run": .string(run), "at": .int(at), "digest": .string(digest),
      "settings": .object(settings.mapValues(JSONValue.string)),
    ])
  }

  /// Reads ``json`` back; nil when it is something else.
  init?(_ json: JSONValue) {
    guard let run = json["run"]?.string, let at = json["at"]?.int, let digest = json["digest"]?.string,
      let settings = json["settings"]?.object
    else { return nil }
    self.init(run: run, at: at, digest: digest, settings: settings.compactMapValues(\.string))
  }

  /// The origins in the metadata of a run, oldest first; none for a run that was started from nothing.
  /// - Throws: ``RunError`` when they cannot be read.
  static func all(_ metadata: [String: String], path: String) throws(RunError) -> [RunOrigin] {
    guard let text = metadata["origins"] else { return [] }
    let items = (try? JSONValue(parsing: text))?.array ?? []
    let origins = items.compactMap(RunOrigin.init)
    guard !origins.isEmpty, origins.count == items.count else {
      throw RunError("\(path): the run's origin cannot be read: \(text.prefix(80))", in: .data)
    }
    return origins
  }

  /// The text that ``all(_:path:)`` reads.
  static func text(_ origins: [RunOrigin]) -> String {
    String(decoding: JSONValue.array(origins.map(\.json)).serialized, as: UTF8.self)
  }
}
