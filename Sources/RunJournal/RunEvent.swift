/// What happened to a run as a process; none of it is part of the history.
package struct RunEvent: Hashable, Sendable {
  package let kind: RunEventKind
  /// Seconds since 1970, for information only.
  package let wallTime: Double
  /// Why, or under which options: free text, or JSON of what changed.
  package let detail: String
  /// The digest of the history at this point, where it was computed.
  package let digest: String?

  package init(_ kind: RunEventKind, wallTime: Double, detail: String = "", digest: String? = nil) {
    self.kind = kind
    self.wallTime = wallTime
    self.detail = detail
    self.digest = digest
  }
}

/// The turns in the life of a run.
package enum RunEventKind: String, Hashable, Sendable, CaseIterable {
  case started
  case resumed
  case interrupted
  case finished
  /// Its journal was damaged, and what was whole of it put in its place.
  case salvaged
}
