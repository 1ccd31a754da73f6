/// Asks a running search to end: what is in flight is finished, then it returns.
public struct StopSignal: Sendable {
  /// Why a search is asked to end.
  public enum Reason: String, Sendable {
    case interrupted
    case timeBudget = "time budget"
  }

  private let probe: @Sendable () -> Reason?

  /// - Parameter probe: asked after each answer of a worker; once it gives a reason it must go on to.
  public init(probe: @escaping @Sendable () -> Reason? = { nil }) {
    self.probe = probe
  }

  /// Why to end; nil to go on.
  public var reason: Reason? { probe() }
}
