/// Where a candidate runs (DESIGN §5).
package enum Lane: String, Hashable, Sendable, CaseIterable {
  /// Inside the warm evaluator: its tree shows that it is harmless.
  case proven
  /// In a jailed child, called through a pipe.
  case split
  /// Together with the evaluator in one jailed child.
  case shared
}
