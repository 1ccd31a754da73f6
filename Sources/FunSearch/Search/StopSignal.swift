/// Asks a running search to end: what is in flight is finished, then it returns.
public struct StopSignal: Sendable {
  /// Why a search is asked to end.
  public enum Reason: String, Sendable {
    case interrupted
    case timeBudget = "time budget"
  }

  private let probe: @Sendable () -> Reason?
  let watch: Watch?

  /// Ends a search also while no answer comes that would make it ask for the reason.
  public struct Watch: Sendable {
    let untilReason: @Sendable () async -> Void
    let untilImpatient: @Sendable () async -> Void

    /// - Parameters:
    ///   - untilReason: returns once there is a reason to end, or when its task is cancelled.
    ///   - untilImpatient: returns after that, when proposers are not to be waited for any longer.
    public init(
      untilReason: @escaping @Sendable () async -> Void,
      untilImpatient: @escaping @Sendable () async -> Void
    ) {
      self.untilReason = untilReason
      self.untilImpatient = untilImpatient
    }
  }

  /// - Parameters:
  ///   - watch: for proposers whose answers may take long; nil where none does.
  ///   - probe: asked after each answer of a worker; once it gives a reason it must go on to.
  public init(watch: Watch? = nil, probe: @escaping @Sendable () -> Reason? = { nil }) {
    self.watch = watch
    self.probe = probe
  }

  /// Why to end; nil to go on.
  public var reason: Reason? { probe() }
}
