/// Which inputs programs are scored on.
package enum InputChoice: Hashable, Sendable {
  /// The problem's set `train`.
  case training
  /// Some of the problem's sets, one after the other.
  case sets([String])
  /// JSON texts, one for each input.
  case values([String])
  /// What the problem's reader makes of a file.
  case file(path: String)
}
